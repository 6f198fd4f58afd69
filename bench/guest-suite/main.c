// The guest's side of bench/guest-suite.sh: runs the rows named on the command line, each in a process of its own, and prints
// `NAME nanoseconds checksum` for each; CLOCK_MONOTONIC times what the row does after it is prepared. `suite list` prints the names.
#include "suite.h"
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const char *program;

static const struct row *const groups[] = { integer_rows, memory_rows, floating_rows, neon_rows, compress_rows, llsc_rows, lse_rows, system_rows, thread_rows, disk_rows };

void fail(const char *what) {
    printf("suite: %s: %s\n", what, strerror(errno));
    fflush(stdout);
    _exit(1);
}

void *allocate(size_t bytes) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) fail("mmap");
    return memory;
}

uint64_t checksum(const void *bytes, size_t length) {
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < length; i += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, (const char *)bytes + i, sizeof word);
        hash = (hash ^ word) * 0x100000001b3;
    }
    return hash;
}

void on_threads(int count, void *(*body)(void *)) {
    pthread_t threads[count];
    for (intptr_t i = 0; i < count; i++)
        if ((errno = pthread_create(&threads[i], NULL, body, (void *)i)) != 0) fail("pthread_create");
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
}

static uint64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ull + now.tv_nsec;
}

static void time_row(const struct row *row) {
    if (row->prepare) row->prepare();
    uint64_t start = nanoseconds();
    uint64_t sum = row->run();
    uint64_t end = nanoseconds();
    printf("%s %llu %016llx\n", row->name, (unsigned long long)(end - start), (unsigned long long)sum);
    fflush(stdout);
}

static const struct row *find(const char *name) {
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        for (const struct row *row = groups[i]; row->name; row++)
            if (strcmp(row->name, name) == 0) return row;
    printf("suite: there is no row %s\n", name);
    exit(2);
}

int main(int count, char **words) {
    program = words[0];
    if (count == 2 && strcmp(words[1], "nothing") == 0) return 0;
    if (count == 2 && strcmp(words[1], "list") == 0) {
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
            for (const struct row *row = groups[i]; row->name; row++) puts(row->name);
        return 0;
    }
    for (int i = 1; i < count; i++) {
        const struct row *row = find(words[i]);
        pid_t child = fork();
        if (child < 0) fail("fork");
        if (child == 0) {
            time_row(row);
            _exit(0);
        }
        int status;
        if (waitpid(child, &status, 0) != child || status != 0) {
            printf("suite: row %s ended with status %x\n", row->name, status);
            return 1;
        }
    }
    return 0;
}
