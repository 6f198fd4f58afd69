// Atomic operations, on one thread and on four that want the same line. Compiled twice: with -march=armv8-a, where each is a loop of
// LDXR and STXR, and with -march=armv8.1-a, where each is one instruction of the Large System Extensions.
#include "suite.h"

#ifdef __ARM_FEATURE_ATOMICS
#define ROWS lse_rows
#define NAME "lse"
#else
#define ROWS llsc_rows
#define NAME "llsc"
#endif

enum { THREADS = 4, ALONE = 8000000, TOGETHER = 1200000 };

static _Alignas(64) struct { uint64_t count, set, swapped, locked; uint32_t lock; } shared;

static uint64_t operate(uint64_t rounds, uint64_t mark) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < rounds; i++) {
        __atomic_fetch_add(&shared.count, i, __ATOMIC_SEQ_CST);
        __atomic_fetch_or(&shared.set, mark << (i & 31), __ATOMIC_RELAXED);
        sum += __atomic_exchange_n(&shared.swapped, 1, __ATOMIC_ACQ_REL);
        uint64_t old = __atomic_load_n(&shared.locked, __ATOMIC_RELAXED);
        while (!__atomic_compare_exchange_n(&shared.locked, &old, old + 3, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) { }
    }
    return sum;
}

static void *together(void *index) {
    operate(TOGETHER, 1 + (uintptr_t)index);
    return NULL;
}

static uint64_t alone_run(void) { return operate(ALONE, 1) + checksum(&shared, 32); }

static uint64_t together_run(void) {
    on_threads(THREADS, together);
    return checksum(&shared, 32);
}

const struct row ROWS[] = { { NAME, NULL, alone_run }, { NAME "-contended", NULL, together_run }, { 0 } };
