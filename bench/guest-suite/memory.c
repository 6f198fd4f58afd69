// Memory rows: memcpy of 2 MiB, a chase of pointers over 4 MiB.
#include "suite.h"

enum { COPIED = 2 << 20, LINE = 64, LINES = (4 << 20) / LINE };

static uint64_t *from, *to;
static void **ring;

static void memcpy_prepare(void) {
    from = allocate(COPIED);
    to = allocate(COPIED);
    uint64_t state = 5;
    for (int i = 0; i < COPIED / 8; i++) from[i] = next_random(&state);
}

static uint64_t memcpy_run(void) {
    for (int round = 0; round < 150; round++) {
        from[round] = round;
        memcpy(to, from, COPIED);
        __asm__ volatile("" ::: "memory");
    }
    return checksum(to, COPIED);
}

// One cycle through all lines in a random order (Sattolo's algorithm).
static void chase_prepare(void) {
    uint32_t *order = allocate(LINES * sizeof *order);
    ring = allocate(LINES * LINE);
    uint64_t state = 7;
    for (int i = 0; i < LINES; i++) order[i] = i;
    for (int i = LINES - 1; i > 0; i--) {
        int j = next_random(&state) % i;
        uint32_t swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
    }
    for (int i = 0; i < LINES; i++) ring[(size_t)order[i] * LINE / sizeof(void *)] = &ring[(size_t)order[(i + 1) % LINES] * LINE / sizeof(void *)];
}

static uint64_t chase_run(void) {
    void **at = ring;
    for (int step = 0; step < 2000001; step++) at = *at;
    return (char *)at - (char *)ring;
}

const struct row memory_rows[] = { { "memcpy", memcpy_prepare, memcpy_run }, { "pointer-chase", chase_prepare, chase_run }, { 0 } };
