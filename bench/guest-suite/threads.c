// Four threads: one that computes between barriers, one that does little else than wait at them.
#include "suite.h"
#include <pthread.h>

enum { THREADS = 4, CELLS = 1 << 15, STEPS = 1000, MEETINGS = 3000 };

static uint32_t *cells[2];
static uint64_t met[THREADS];
static pthread_barrier_t barrier;

static void threads_prepare(void) {
    uint64_t state = 29;
    for (int k = 0; k < 2; k++) cells[k] = allocate(CELLS * sizeof(uint32_t));
    for (int i = 0; i < CELLS; i++) cells[0][i] = next_random(&state);
    if (pthread_barrier_init(&barrier, NULL, THREADS) != 0) fail("pthread_barrier_init");
}

// Each cell becomes a function of its neighbours; each thread has a quarter of them.
static void *diffuse(void *index) {
    int first = (intptr_t)index * (CELLS / THREADS);
    for (int step = 0; step < STEPS; step++) {
        const uint32_t *old = cells[step & 1];
        uint32_t *new = cells[~step & 1];
        for (int i = first; i < first + CELLS / THREADS; i++) {
            uint32_t left = old[(i - 1) & (CELLS - 1)], right = old[(i + 1) & (CELLS - 1)];
            new[i] = (old[i] ^ (left << 7 | left >> 25)) * 5 + (right > left ? right : (uint32_t)step);
        }
        pthread_barrier_wait(&barrier);
    }
    return NULL;
}

static uint64_t diffuse_run(void) {
    on_threads(THREADS, diffuse);
    return checksum(cells[STEPS & 1], CELLS * sizeof(uint32_t));
}

static void *meet(void *index) {
    for (int i = 0; i < MEETINGS; i++) {
        met[(intptr_t)index] += i;
        pthread_barrier_wait(&barrier);
    }
    return NULL;
}

static uint64_t meet_run(void) {
    on_threads(THREADS, meet);
    return checksum(met, sizeof met);
}

const struct row thread_rows[] = { { "threads-compute", threads_prepare, diffuse_run }, { "threads-barrier", threads_prepare, meet_run }, { 0 } };
