// What the kernel does: system calls, pipes, processes, page faults.
#include "suite.h"
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t getppid_run(void) {
    uint64_t parent = getppid(), same = 0;
    for (int i = 0; i < 300000; i++) same += (uint64_t)syscall(SYS_getppid) == parent;
    return same;
}

static void pass(int fd, void *byte, ssize_t (*how)(int, void *, size_t)) {
    if (how(fd, byte, 1) != 1) fail("pipe");
}

static ssize_t put(int fd, void *byte, size_t length) { return write(fd, byte, length); }

// A byte goes to another process and comes back.
static uint64_t pipe_run(void) {
    enum { PASSES = 4000 };
    int there[2], back[2];
    if (pipe(there) != 0 || pipe(back) != 0) fail("pipe");
    uint8_t byte = 1;
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        for (int i = 0; i < PASSES; i++) {
            pass(there[0], &byte, read);
            byte++;
            pass(back[1], &byte, put);
        }
        _exit(0);
    }
    uint64_t sum = 0;
    for (int i = 0; i < PASSES; i++) {
        pass(there[1], &byte, put);
        pass(back[0], &byte, read);
        sum += byte;
    }
    waitpid(child, NULL, 0);
    return sum;
}

static uint64_t children(int count, int execute) {
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        pid_t child = fork();
        if (child < 0) fail("fork");
        if (child == 0) {
            if (execute) execl(program, program, "nothing", (char *)NULL);
            _exit(execute ? 1 : i & 127);
        }
        int status;
        if (waitpid(child, &status, 0) != child) fail("waitpid");
        sum = sum * 31 + WEXITSTATUS(status) + 1;
    }
    return sum;
}

static uint64_t fork_run(void) { return children(300, 0); }

static uint64_t exec_run(void) { return children(100, 1); }

static uint64_t faults_run(void) {
    enum { BYTES = 4 << 20, PAGE = 4096 };
    uint64_t sum = 0;
    for (int round = 0; round < 40; round++) {
        uint8_t *memory = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) fail("mmap");
        for (int i = 0; i < BYTES; i += PAGE) memory[i] = i / PAGE + round;
        for (int i = 0; i < BYTES; i += PAGE) sum = sum * 31 + memory[i];
        munmap(memory, BYTES);
    }
    return sum;
}

const struct row system_rows[] = {
    { "getppid", NULL, getppid_run }, { "pipe", NULL, pipe_run }, { "fork-exit", NULL, fork_run }, { "fork-exec", NULL, exec_run }, { "page-faults", NULL, faults_run }, { 0 },
};
