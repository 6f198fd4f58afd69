// Code that one CPU changes and others run: told by a flag, under their feet, and by a new mapping.
#include "tables.h"

enum { CPUS = 4, ROUNDS = 60 };

#define MOVZ(rd, imm) (0xd2800000u | (u32)(imm) << 5 | (rd))
#define B(words) (0x14000000u | ((u32)(words) & 0x3ffffff))
#define RET 0xd65f03c0u

static u32 code[2048] __attribute__((aligned(1 << 13)));
static struct space low, high;
static volatile u64 version, answers, wrong[CPUS], stop, calls[CPUS];

#define FUNCTION 0x800000000000ul

static void sync_code(u64 address)
{
    asm volatile("dc cvau, %0\n dsb ish\n ic ivau, %0\n dsb ish\n isb" :: "r"(address) : "memory");
}

static void put(u32 index, u32 word)
{
    store32((u64)&code[index], word);
    sync_code((u64)&code[index]);
}

static u64 call(u64 address) { return ((u64 (*)(u64))address)(0); }

// The writer patches, does the maintenance and raises the flag; the others see the flag, do ISB, and run the new code.
static void handshakes(u64 cpu)
{
    for (u64 round = 1; round <= ROUNDS; round++) {
        if (cpu == 0) {
            store32((u64)&code[0], MOVZ(0, round));
            store32((u64)&code[1023], MOVZ(0, round + 1)); // the last of the page; its RET is in the next
            sync_code((u64)&code[0]);
            sync_code((u64)&code[1023]);
            store_release(&version, round);
            wait_until(&answers, round * (CPUS - 1));
            if (call((u64)code) != round) wrong[0]++;
        } else {
            wait_until(&version, round);
            isb();
            if (call((u64)code) != round) wrong[cpu]++;
            if (call((u64)&code[1023]) != round + 1) wrong[cpu]++;
            add_exclusive(&answers, 1);
        }
    }
}

// A branch changes while others run it (B is one of the instructions that may, B2.2.5): they see the old or the new one, and after
// their next synchronization the new one.
static void under_feet(u64 cpu)
{
    if (cpu == 0) {
        for (u64 i = 0; i < ROUNDS * 2; i++) {
            put(16, B(i & 1 ? 4 : 8));
            store_release(&version, ROUNDS + 1 + i);
            for (u32 j = 0; j < 200; j++) asm volatile("yield");
        }
        put(16, B(8));
        store_release(&stop, 1);
        return;
    }
    while (!load_acquire(&stop)) {
        u64 result = call((u64)&code[16]);
        if (result != 101 && result != 102) wrong[cpu]++;
        calls[cpu]++;
    }
    isb();
    if (call((u64)&code[16]) != 102) wrong[cpu]++;
}

// The page of a function is exchanged: unmapped, TLBI, mapped elsewhere, while others call it. They fault or get one of the answers;
// after the flag they get the new one.
static void remapped(u64 cpu)
{
    const u64 base = 3 * ROUNDS; // what the parts before leave: whoever comes late would read the first round's
    for (u64 round = 1; round <= ROUNDS; round++) {
        u64 expected = round & 1 ? 201 : 202;
        if (cpu == 0) {
            u64 slot = descriptor_of(&low, FUNCTION, 3);
            store64(slot, 0);
            asm volatile("dsb ish\n tlbi vaae1is, %0\n dsb ish" :: "r"(FUNCTION >> 12) : "memory");
            store64(slot, (u64)&code[round & 1 ? 0 : 1024] | DATA | AP_RO | AP_EL0 | TABLE);
            asm volatile("dsb ish\n isb" ::: "memory");
            store_release(&version, base + round);
            if (call(FUNCTION + 0x80) != expected) wrong[0]++;
            wait_until(&answers, round * (CPUS - 1));
        } else {
            while (load_acquire(&version) < base + round) {
                u64 result = attempt((void *)(FUNCTION + 0x80), 0, 0, 0);
                if (taken()->vector == (u64)NOTHING) {
                    if (result != 201 && result != 202) wrong[cpu]++;
                } else if (taken()->esr != syndrome(0x21, 7)) wrong[cpu]++;
                calls[cpu]++;
            }
            isb();
            if (attempt((void *)(FUNCTION + 0x80), 0, 0, 0) != expected) wrong[cpu]++;
            add_exclusive(&answers, 1);
        }
    }
}

static void report(const char *what)
{
    for (u64 cpu = 0; cpu < CPUS; cpu++) {
        scene(0, "CPU", cpu);
        check(what, 0, wrong[cpu]);
    }
}

static void all(u64 cpu)
{
    mmu_use(&low, &high, 2ul << 32);
    meet(CPUS);
    handshakes(cpu);
    meet(CPUS);
    if (cpu == 0) {
        report("stale code after a flag");
        put(16, B(8));
        put(20, MOVZ(0, 101));
        put(21, RET);
        put(24, MOVZ(0, 102));
        put(25, RET);
    }
    meet(CPUS);
    under_feet(cpu);
    meet(CPUS);
    if (cpu == 0) {
        report("a branch that changed");
        answers = 0;
        put(32, MOVZ(0, 201));
        put(33, RET);
        put(1024 + 32, MOVZ(0, 202));
        put(1024 + 33, RET);
    }
    meet(CPUS);
    remapped(cpu);
    meet(CPUS);
    if (cpu == 0) report("code of the page mapped before");
}

int main(void)
{
    low = new_space(12, 48, 1);
    high = new_space(12, 48, 0);
    descriptor_of(&low, FUNCTION, 3);
    put(1, RET);
    put(1024, RET);
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    for (u64 cpu = 1; cpu < CPUS; cpu++) check("calls meanwhile", 1, calls[cpu] > 0);
    return 0;
}
