// IRIW (ARM ARM K11): two CPUs that read must not disagree about the order of stores by two others. On a host with fewer than four cores
// the four seldom run at once, so that little can be seen: there this is a test that ordered code makes progress, and no more.
// Beside it, counters that four CPUs add to by exclusives of every size, by LSE, and by both at once.
#include "litmus.h"

enum { CPUS = 4, ADDITIONS = 4000 };

static inline __attribute__((always_inline)) void iriw(u32 variant, u64 cpu, u32 i)
{
    volatile u64 *first = cpu & 1 ? &cells[i].y : &cells[i].x, *second = cpu & 1 ? &cells[i].x : &cells[i].y;
    if (cpu < 2) {
        put_cell(variant, first, 1);
        return;
    }
    results[cpu][0][i] = get_cell(variant, first);
    between(variant, 1);
    results[cpu][1][i] = get_cell(variant, second);
}
EACH_VARIANT(iriw)

static int iriw_target(u32 i)
{
    return results[2][0][i] == 1 && results[2][1][i] == 0 && results[3][0][i] == 1 && results[3][1][i] == 0;
}

static const struct litmus tests[] = { { "IRIW", iriw_all, iriw_target, 1 << PLAIN, 0 } };

static volatile u64 counters[8] __attribute__((aligned(64))); // side by side: their neighbours are hit as well

static void add_word(volatile u64 *cell)
{
    u32 value, failed;
    asm volatile("1: ldxr %w0, [%2]\n add %w0, %w0, #1\n stlxr %w1, %w0, [%2]\n cbnz %w1, 1b" : "=&r"(value), "=&r"(failed) : "r"(cell) : "memory");
}

static void add_pair(volatile u64 *cell)
{
    u64 low, high;
    u32 failed;
    asm volatile("1: ldaxp %0, %1, [%3]\n add %0, %0, #1\n add %1, %1, #2\n stxp %w2, %0, %1, [%3]\n cbnz %w2, 1b"
                 : "=&r"(low), "=&r"(high), "=&r"(failed) : "r"(cell) : "memory");
}

static void add_lse(volatile u64 *cell) { asm volatile("ldadd %0, xzr, [%1]" :: "r"(1ul), "r"(cell) : "memory"); }

static void counting(void)
{
    for (u64 i = 0; i < ADDITIONS; i++) {
        add_exclusive(&counters[0], 1);
        add_word(&counters[1]);
        add_pair(&counters[2]);
        if (!has_lse()) continue;
        add_lse(&counters[4]);
        if (i & 1) add_lse(&counters[5]);
        else add_exclusive(&counters[5], 1);
    }
}

static void all(u64 cpu)
{
    all_litmus(tests, 1, cpu, CPUS);
    counting();
    meet(CPUS);
}

int main(void)
{
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    check("LDAXR and STLXR", CPUS * ADDITIONS, counters[0]);
    check("LDXR and STLXR of a word", CPUS * ADDITIONS, counters[1]);
    check("LDAXP and STXP, low", CPUS * ADDITIONS, counters[2]);
    check("LDAXP and STXP, high", 2 * CPUS * ADDITIONS, counters[3]);
    if (has_lse()) {
        check("LDADD", CPUS * ADDITIONS, counters[4]);
        check("LDADD and LDAXR", CPUS * ADDITIONS, counters[5]);
    }
    return 0;
}
