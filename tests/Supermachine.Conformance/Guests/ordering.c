// Memory order between two CPUs, in the shapes of the literature (ARM ARM B2.3, K11): MP, SB, LB, 2+2W and S, plain and with all that orders.
#include "litmus.h"

enum { CPUS = 2 };

static inline __attribute__((always_inline)) void mp(u32 variant, u64 cpu, u32 i)
{
    if (cpu == 0) {
        put_cell(variant, &cells[i].x, 1);
        between(variant, 0);
        put_cell(variant, &cells[i].y, 1);
    } else {
        results[1][0][i] = get_cell(variant, &cells[i].y);
        between(variant, 1);
        results[1][1][i] = get_cell(variant, &cells[i].x);
    }
}
EACH_VARIANT(mp)
static int mp_target(u32 i) { return results[1][0][i] == 1 && results[1][1][i] == 0; }

static inline __attribute__((always_inline)) void sb(u32 variant, u64 cpu, u32 i)
{
    put_cell(variant, cpu ? &cells[i].y : &cells[i].x, 1);
    between(variant, 0);
    results[cpu][0][i] = get_cell(variant, cpu ? &cells[i].x : &cells[i].y);
}
EACH_VARIANT(sb)
static int sb_target(u32 i) { return results[0][0][i] == 0 && results[1][0][i] == 0; }

static inline __attribute__((always_inline)) void lb(u32 variant, u64 cpu, u32 i)
{
    results[cpu][0][i] = get_cell(variant, cpu ? &cells[i].y : &cells[i].x);
    between(variant, 1);
    put_cell(variant, cpu ? &cells[i].x : &cells[i].y, 1);
}
EACH_VARIANT(lb)
static int lb_target(u32 i) { return results[0][0][i] == 1 && results[1][0][i] == 1; }

static inline __attribute__((always_inline)) void two_writes(u32 variant, u64 cpu, u32 i)
{
    put_cell(variant, cpu ? &cells[i].y : &cells[i].x, 1);
    between(variant, 0);
    put_cell(variant, cpu ? &cells[i].x : &cells[i].y, 2);
}
EACH_VARIANT(two_writes)
static int two_writes_target(u32 i) { return cells[i].x == 1 && cells[i].y == 1; }

// CPU 0 stores x = 2, then y = 1; CPU 1 sees that y and stores x = 1: x ends as 2 only if CPU 0's stores came in the other order.
static inline __attribute__((always_inline)) void s(u32 variant, u64 cpu, u32 i)
{
    if (cpu == 0) {
        put_cell(variant, &cells[i].x, 2);
        between(variant, 0);
        put_cell(variant, &cells[i].y, 1);
    } else {
        results[1][0][i] = get_cell(variant, &cells[i].y);
        between(variant, 1);
        put_cell(variant, &cells[i].x, 1);
    }
}
EACH_VARIANT(s)
static int s_target(u32 i) { return results[1][0][i] == 1 && cells[i].x == 2; }

static const struct litmus tests[] = {
    { "SB", sb_all, sb_target, 1 << PLAIN | 1 << LIGHT, 1 << PLAIN },
    { "MP", mp_all, mp_target, 1 << PLAIN, 0 },
    { "LB", lb_all, lb_target, 1 << PLAIN, 0 },
    { "2+2W", two_writes_all, two_writes_target, 1 << PLAIN, 0 },
    { "S", s_all, s_target, 1 << PLAIN, 0 },
};

static void all(u64 cpu) { all_litmus(tests, sizeof tests / sizeof tests[0], cpu, CPUS); }

int main(void)
{
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    return 0;
}
