// Litmus tests: the same few accesses by several CPUs on many cells one after another, so that the CPUs run into each other without
// a meeting in every round. A test's target is an outcome that some order of its accesses would give.
#pragma once
#include "guest.h"

asm(".arch_extension lse");

enum { CELLS = 512, BATCHES = 40, MILLISECONDS = 80, PATIENCE = 10000 };

// What orders a CPU's two accesses.
enum { PLAIN, ORDERED, FULL, LIGHT, ATOMIC, EXCLUSIVE, VARIANTS };
static const char *const variants[] = { "plain", "LDAR and STLR", "DMB ISH", "DMB ISHLD and ISHST", "SWPAL and LDAR", "STLXR and LDAR" };

static struct cell { volatile u64 x, apart[15], y, apart_too[15]; } cells[CELLS];
static u64 results[4][2][CELLS];
static u64 seen, rounds, rounds_at_once;
static volatile u64 ended;
static struct { volatile u64 value, waits, apart[30]; } arrived[4];

static inline int has_lse(void) { return read_register(id_aa64isar0_el1) >> 20 & 15; }

// How much longer than usual it all goes on: a number that whoever loads the guest may leave at the end of the RAM before it.
static inline u64 times(void) { u64 option = load64(RAM + 0x1ff000); return option ? option : 1; }

static inline u64 milliseconds(void) { isb(); return read_register(cntvct_el0) / (read_register(cntfrq_el0) / 1000); }

// A meeting that the CPUs leave as close to each other as can be: who waits spins, and only when that takes long lets others run.
static void together(u64 cpu, u64 cpus)
{
    static u64 numbers[4];
    u64 number = ++numbers[cpu];
    store_release(&arrived[cpu].value, number);
    for (u64 other = 0; other < cpus; other++) {
        u64 spins = 0;
        while (load_acquire(&arrived[other].value) < number && ++spins < 20000) { }
        if (spins < 20000) continue;
        arrived[cpu].waits++;
        wait_until(&arrived[other].value, number);
    }
}

// How often a CPU has had to let others run, because one of them was not running.
static u64 waits(u64 cpus)
{
    u64 sum = 0;
    for (u64 cpu = 0; cpu < cpus; cpu++) sum += arrived[cpu].waits;
    return sum;
}

// One goes first by a little, each time by another.
static inline void stagger(u64 cpu, u64 cpus, u64 time)
{
    for (u64 i = time % cpus == cpu ? time / cpus * 7 % 128 : 0; i; i--) asm volatile("nop");
}

static inline __attribute__((always_inline)) void put_cell(u32 variant, volatile u64 *cell, u64 value)
{
    u64 old;
    u32 failed;
    if (variant == ORDERED) store_release(cell, value);
    else if (variant == EXCLUSIVE) asm volatile("1: ldxr %0, [%3]\n stlxr %w1, %2, [%3]\n cbnz %w1, 1b" : "=&r"(old), "=&r"(failed) : "r"(value), "r"(cell) : "memory");
    else if (variant == ATOMIC) asm volatile("swpal %1, %0, [%2]" : "=&r"(old) : "r"(value), "r"(cell) : "memory");
    else asm volatile("str %0, [%1]" :: "r"(value), "r"(cell) : "memory");
}

static inline __attribute__((always_inline)) u64 get_cell(u32 variant, volatile u64 *cell)
{
    u64 value;
    if (variant == ORDERED || variant == ATOMIC || variant == EXCLUSIVE) return load_acquire(cell);
    asm volatile("ldr %0, [%1]" : "=r"(value) : "r"(cell) : "memory");
    return value;
}

// Between two accesses of which the first is a load, or a store.
static inline __attribute__((always_inline)) void between(u32 variant, int load)
{
    if (variant == FULL) asm volatile("dmb ish" ::: "memory");
    if (variant == LIGHT && load) asm volatile("dmb ishld" ::: "memory");
    if (variant == LIGHT && !load) asm volatile("dmb ishst" ::: "memory");
}

// What a CPU does with some cells, once for each variant so that nothing is decided among the accesses.
#define EACH_VARIANT(name) \
    static noinline void name##_all(u32 variant, u64 cpu, u32 from, u32 to) \
    { \
        switch (variant) { \
        case PLAIN: for (u32 i = from; i < to; i++) name(PLAIN, cpu, i); break; \
        case ORDERED: for (u32 i = from; i < to; i++) name(ORDERED, cpu, i); break; \
        case FULL: for (u32 i = from; i < to; i++) name(FULL, cpu, i); break; \
        case LIGHT: for (u32 i = from; i < to; i++) name(LIGHT, cpu, i); break; \
        case ATOMIC: for (u32 i = from; i < to; i++) name(ATOMIC, cpu, i); break; \
        default: for (u32 i = from; i < to; i++) name(EXCLUSIVE, cpu, i); break; \
        } \
    }

struct litmus {
    const char *name;
    void (*run)(u32 variant, u64 cpu, u32 from, u32 to);
    int (*target)(u32 cell);
    u32 allowed; // a bit for each variant that may end there
    u32 sought;  // and for each that goes on until it has, or patience is at an end
};

// All cells once, in runs of 64 to 512 between meetings.
static void run_batch(const struct litmus *test, u32 variant, u64 cpu, u32 cpus, u64 batch)
{
    u32 length = 64 << batch % 4;
    if (cpu == batch % cpus)
        for (u32 i = 0; i < CELLS; i++) cells[i].x = cells[i].y = 0;
    for (u32 from = 0; from < CELLS; from += length) {
        together(cpu, cpus);
        stagger(cpu, cpus, batch + from / length);
        test->run(variant, cpu, from, from + length);
    }
    together(cpu, cpus);
}

// Whether there has been enough: so many rounds with all CPUs running, or what fits in a time, for the host may have other things to do.
static int has_ended(const struct litmus *test, u32 variant, u64 since)
{
    u64 elapsed = milliseconds() - since;
    if (test->sought >> variant & 1 && !seen && elapsed < PATIENCE) return 0;
    return rounds_at_once >= CELLS * BATCHES * times() || elapsed >= MILLISECONDS * times();
}

// One test in one variant, by so many CPUs; CPU 0 counts, and says when it ends. Between batches only.
static void run_litmus(const struct litmus *test, u32 variant, u64 cpu, u32 cpus)
{
    u64 since = milliseconds();
    for (u64 batch = 0;; batch++) {
        u64 before = waits(cpus);
        run_batch(test, variant, cpu, cpus, batch);
        if (cpu == 0) {
            for (u32 i = 0; i < CELLS; i++) seen += test->target(i);
            rounds += CELLS;
            if (waits(cpus) == before) rounds_at_once += CELLS;
            ended = has_ended(test, variant, since);
        }
        together(cpu, cpus);
        if (ended) return;
    }
}

// What came of it: a forbidden outcome fails, an allowed one is told.
static void report_litmus(const struct litmus *test, u32 variant)
{
    print(test->name);
    print(", ");
    print(variants[variant]);
    print(test->allowed >> variant & 1 ? ": allowed, seen " : ": forbidden, seen ");
    print_number(seen);
    print(" of ");
    print_number(rounds);
    print(", at once ");
    print_number(rounds_at_once);
    print("\n");
    if (!(test->allowed >> variant & 1)) check(test->name, 0, seen);
    seen = rounds = rounds_at_once = 0;
}

static void all_litmus(const struct litmus *tests, u32 count, u64 cpu, u32 cpus)
{
    for (u32 test = 0; test < count; test++) {
        for (u32 variant = 0; variant < VARIANTS; variant++) {
            if (variant == ATOMIC && !has_lse()) continue;
            if (variant == ORDERED && qemu_lacks("order of STLR before LDAR")) continue;
            run_litmus(&tests[test], variant, cpu, cpus);
            if (cpu == 0) report_litmus(&tests[test], variant);
            together(cpu, cpus);
        }
    }
}
