// Block devices, past the guest's page cache: /dev/vda is read, /dev/vdb is written.
#define _GNU_SOURCE
#include "suite.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { DISK = 64 << 20, CHUNK = 128 << 10, PAGE = 4096 };

static int disk;
static uint8_t *buffer;

static void open_disk(const char *path, int flags) {
    buffer = allocate(CHUNK);
    disk = open(path, flags | O_DIRECT);
    if (disk < 0) fail(path);
}

static void read_prepare(void) { open_disk("/dev/vda", O_RDONLY); }

static void write_prepare(void) { open_disk("/dev/vdb", O_RDWR); }

static uint64_t read_run(void) {
    uint64_t sum = 0;
    for (int round = 0; round < 3; round++)
        for (off_t at = 0; at < DISK; at += CHUNK) {
            if (pread(disk, buffer, CHUNK, at) != CHUNK) fail("read");
            sum = sum * 31 + checksum(buffer, 64);
        }
    return sum;
}

static uint64_t write_run(void) {
    uint64_t state = 31, sum = 0;
    for (int i = 0; i < CHUNK; i++) buffer[i] = next_random(&state);
    for (int round = 0; round < 2; round++)
        for (off_t at = 0; at < DISK; at += CHUNK) {
            memcpy(buffer + round * PAGE, &at, sizeof at);
            if (pwrite(disk, buffer, CHUNK, at) != CHUNK) fail("write");
        }
    for (off_t at = 0; at < DISK; at += DISK / 16) {
        if (pread(disk, buffer, CHUNK, at) != CHUNK) fail("read");
        sum = sum * 31 + checksum(buffer, CHUNK);
    }
    return sum;
}

static uint64_t random_run(void) {
    uint64_t state = 37, sum = 0;
    for (int i = 0; i < 3000; i++) {
        off_t at = (off_t)(next_random(&state) % (DISK / PAGE)) * PAGE;
        if (pread(disk, buffer, PAGE, at) != PAGE) fail("read");
        sum = sum * 31 + checksum(buffer, 64);
    }
    return sum;
}

const struct row disk_rows[] = { { "disk-read", read_prepare, read_run }, { "disk-write", write_prepare, write_run }, { "disk-random", read_prepare, random_run }, { 0 } };
