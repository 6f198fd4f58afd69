// Exclusives and LSE atomics of all sizes from four CPUs at once: the totals are exact. Locks, queues, 128-bit pairs.
#include "guest.h"

enum { CPUS = 4, ROUNDS = 20000 };

asm(".arch_extension lse");

static struct cell { volatile u64 value; u64 pad[15]; } cells[24] __attribute__((aligned(128)));
static volatile u64 lock_word, protected_value, torn, next_ticket, now_serving, served;
static volatile u64 pair[2] __attribute__((aligned(16)));
static volatile u64 seen_xor, swap_cell = 1000, swap_sum;

#define EXCLUSIVE(name, load, store, register) \
    static void name(volatile void *cell, u64 operand) \
    { \
        u64 value; u32 failed; \
        asm volatile("1: " load " %" register "0, [%2]\n add %0, %0, %3\n " store " %w1, %" register "0, [%2]\n cbnz %w1, 1b" \
                     : "=&r"(value), "=&r"(failed) : "r"(cell), "r"(operand) : "memory"); \
    }

EXCLUSIVE(exclusive8, "ldxrb", "stxrb", "w")
EXCLUSIVE(exclusive16, "ldaxrh", "stxrh", "w")
EXCLUSIVE(exclusive32, "ldxr", "stlxr", "w")
EXCLUSIVE(exclusive64, "ldaxr", "stlxr", "x")

#define LSE(name, instruction, register) \
    static u64 name(volatile void *cell, u64 operand) \
    { \
        u64 old; \
        asm volatile(".arch_extension lse\n " instruction " %" register "1, %" register "0, [%2]" : "=&r"(old) : "r"(operand), "r"(cell) : "memory"); \
        return old; \
    }

LSE(ldadd8, "ldaddb", "w")
LSE(ldadd16, "ldaddalh", "w")
LSE(ldadd32, "ldadda", "w")
LSE(ldadd64, "ldaddl", "x")
LSE(ldset64, "ldset", "x")
LSE(ldclr64, "ldclral", "x")
LSE(ldeor64, "ldeor", "x")
LSE(ldumax64, "ldumax", "x")
LSE(ldsmin64, "ldsmin", "x")
LSE(swp64, "swpal", "x")
LSE(stadd32_, "ldadd", "w")

static u64 cas64(volatile u64 *cell, u64 expected, u64 value)
{
    asm volatile(".arch_extension lse\n casal %0, %1, [%2]" : "+r"(expected) : "r"(value), "r"(cell) : "memory");
    return expected;
}

// Adds to both halves at once; a pair whose halves differ has been torn.
static void add_pair(u64 operand)
{
    u64 a, b;
    u32 failed;
    asm volatile("1: ldaxp %0, %1, [%3]\n cmp %0, %1\n b.ne 2f\n add %0, %0, %4\n add %1, %1, %4\n stlxp %w2, %0, %1, [%3]\n cbnz %w2, 1b\n2:"
                 : "=&r"(a), "=&r"(b), "=&r"(failed) : "r"(pair), "r"(operand) : "memory", "cc");
    if (a != b) torn = 1;
}

static void casp_pair(u64 operand)
{
    for (;;) {
        register u64 x0 asm("x0") = pair[0];
        register u64 x1 asm("x1") = x0;
        register u64 x2 asm("x2") = x0 + operand;
        register u64 x3 asm("x3") = x0 + operand;
        u64 expected = x0;
        asm volatile(".arch_extension lse\n caspal x0, x1, x2, x3, [%4]" : "+r"(x0), "+r"(x1) : "r"(x2), "r"(x3), "r"(pair) : "memory");
        if (x0 != x1) torn = 2;
        if (x0 == expected) return;
    }
}

static void spin_lock(void)
{
    u32 value;
    asm volatile("sevl\n1: wfe\n2: ldaxr %0, [%1]\n cbnz %0, 1b\n stxr %w0, %2, [%1]\n cbnz %w0, 2b" : "=&r"(value) : "r"(&lock_word), "r"(1ul) : "memory");
}

static void spin_unlock(void) { store_release(&lock_word, 0); }

static void locks(void)
{
    for (u64 i = 0; i < ROUNDS / 10; i++) {
        spin_lock();
        protected_value++;
        spin_unlock();
        u64 ticket = ldadd64(&next_ticket, 1);
        wait_until(&now_serving, ticket);
        served++;
        store_release(&now_serving, ticket + 1);
    }
}

static void bits(u64 cpu)
{
    u64 mine = 0xful << 4 * cpu, sum = 0;
    for (u64 i = 0; i < ROUNDS; i++) {
        ldset64(&cells[8].value, mine);
        if ((cells[8].value & mine) != mine) torn = 3;
        ldclr64(&cells[8].value, mine);
        if (cells[8].value & mine) torn = 4;
        ldeor64(&cells[9].value, 1ul << (i * 7 + cpu) % 64);
        ldumax64(&cells[10].value, i * 4 + cpu);
        ldsmin64(&cells[11].value, -(i * 4 + cpu));
        sum += swp64(&swap_cell, cpu * ROUNDS + i);
        u64 found = cells[12].value;
        while (cas64(&cells[12].value, found, found + 3) != found) found = cells[12].value;
    }
    ldadd64(&swap_sum, sum);
}

static void all(u64 cpu)
{
    meet(CPUS);
    for (u64 i = 0; i < ROUNDS; i++) {
        exclusive8((u8 *)&cells[0].value + 3, 1);
        exclusive16((u8 *)&cells[1].value + 2, 1);
        exclusive32((u8 *)&cells[2].value + 4, 1);
        exclusive64(&cells[3].value, 0x100000001);
        ldadd8((u8 *)&cells[4].value + 5, 1);
        ldadd16((u8 *)&cells[5].value + 6, 1);
        ldadd32((u8 *)&cells[6].value, 1);
        ldadd64(&cells[7].value, 0x100000001);
        // Neighbours of different widths in one doubleword.
        ldadd8((u8 *)&cells[13].value, 1);
        exclusive16((u8 *)&cells[13].value + 2, 1);
        stadd32_((u8 *)&cells[13].value + 4, 1);
    }
    meet(CPUS);
    for (u64 i = 0; i < ROUNDS / 2; i++) add_pair(1);
    for (u64 i = 0; i < ROUNDS / 2; i++) casp_pair(1);
    meet(CPUS);
    bits(cpu);
    meet(CPUS);
    locks();
    meet(CPUS);
}

// One CPU alone: when a store-exclusive has to fail.
static void monitors(void)
{
    u64 value, failed;
    volatile u64 *cell = &cells[20].value;
    asm volatile("ldxr %0, [%2]\n clrex\n stxr %w1, %0, [%2]" : "=&r"(value), "=&r"(failed) : "r"(cell) : "memory");
    check("after CLREX", 1, (u32)failed);
    asm volatile("ldxr %0, [%2]\n stxr %w1, %0, [%2]\n stxr %w1, %0, [%2]" : "=&r"(value), "=&r"(failed) : "r"(cell) : "memory");
    check("twice", 1, (u32)failed);
}

int main(void)
{
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    u64 total = CPUS * ROUNDS;
    check("LDXRB", (total & 0xff) << 24, cells[0].value);
    check("LDAXRH", (total & 0xffff) << 16, cells[1].value);
    check("LDXR W", total << 32, cells[2].value);
    check("LDAXR X", total * 0x100000001, cells[3].value);
    check("LDADDB", (total & 0xff) << 40, cells[4].value);
    check("LDADDALH", (total & 0xffff) << 48, cells[5].value);
    check("LDADDA W", total, cells[6].value);
    check("LDADDL X", total * 0x100000001, cells[7].value);
    check("neighbours", (total & 0xff) | (total & 0xffff) << 16 | total << 32, cells[13].value);
    check("a pair was torn, or a bit lost", 0, torn);
    check("pair, low", total, pair[0]);
    check("pair, high", total, pair[1]);
    check("LDSET and LDCLR", 0, cells[8].value);
    u64 parity = 0;
    for (u64 cpu = 0; cpu < CPUS; cpu++)
        for (u64 i = 0; i < ROUNDS; i++) parity ^= 1ul << (i * 7 + cpu) % 64;
    check("LDEOR", parity, cells[9].value);
    check("LDUMAX", (ROUNDS - 1) * 4 + CPUS - 1, cells[10].value);
    check("LDSMIN", -((ROUNDS - 1) * 4ul + CPUS - 1), cells[11].value);
    check("SWP: what went in came out", total * (total - 1) / 2 + 1000, swap_sum + swap_cell);
    check("CAS", total * 3, cells[12].value);
    check("under a spinlock", total / 10, protected_value);
    check("under a ticket lock", total / 10, served);
    monitors();
    return 0;
}
