// TLBI broadcast under load: once the DSB after it has ended, no other CPU reads or writes through the old translation.
#include "tables.h"

enum { CPUS = 4, ROUNDS = 100, POISON = 0xdead };

#define SHARED 0x800000000000ul

static u64 pages[4][512] __attribute__((aligned(4096)));
static struct space low, high;
static volatile u64 stop, poisoned[CPUS], faults[CPUS], accesses[CPUS], strange[CPUS], late;

static noinline u64 load_at(u64 address) { return load64(address); }
static noinline u64 store_at(u64 address, u64 value) { store64(address, value); return 0; }
static noinline u64 add_at(u64 address) { return add_exclusive((u64 *)address, 1); }

static void user(u64 cpu)
{
    while (!load_acquire(&stop)) {
        for (u32 i = 0; i < 50; i++) {
            u64 value = cpu == 1 ? attempt(load_at, SHARED, 0, 0)
                : cpu == 2 ? attempt(store_at, SHARED + 8, accesses[cpu], 0) : attempt(add_at, SHARED + 16, 0, 0);
            if (taken()->vector == (u64)NOTHING) {
                if (cpu == 1 && value == POISON) poisoned[cpu]++;
                else if (cpu == 1 && value - 1 > 3) strange[cpu]++;
            } else {
                faults[cpu]++;
                // Of LDAXR and STLXR either can be the one that faults.
                u64 write = cpu == 2 || (cpu == 3 && taken()->esr & 0x40) ? 0x40 : 0;
                if (taken()->esr != syndrome(0x25, 7 | write) || taken()->far != SHARED + (cpu - 1) * 8) strange[cpu]++;
            }
            accesses[cpu]++;
        }
    }
}

static void maintain(u32 how)
{
    switch (how) {
    case 0: asm volatile("dsb ishst\n tlbi vaae1is, %0\n dsb ish\n isb" :: "r"(SHARED >> 12) : "memory"); break;
    case 1: asm volatile("dsb ishst\n tlbi vaale1is, %0\n dsb ish\n isb" :: "r"(SHARED >> 12) : "memory"); break;
    case 2: asm volatile("dsb ishst\n tlbi vmalle1is\n dsb ish\n isb" ::: "memory"); break;
    default: asm volatile("dsb ishst\n tlbi vae1is, %0\n dsb ish\n isb" :: "r"(SHARED >> 12) : "memory"); break;
    }
}

static void owner(void)
{
    u64 slot = descriptor_of(&low, SHARED, 3);
    // Under load a CPU may come late: the rounds are worth nothing before all are at it.
    for (u64 cpu = 1; cpu < CPUS; cpu++) {
        while (!accesses[cpu]) asm volatile("yield");
    }
    for (u64 round = 1; round <= ROUNDS; round++) {
        u64 *now = pages[round % 4], *before = pages[(round - 1) % 4];
        store64(slot, 0);
        maintain(round % 4);
        u64 stored = load64((u64)&before[1]), counted = load64((u64)&before[2]);
        store64((u64)&before[0], POISON);
        for (u32 i = 0; i < 300; i++) {
            if (load64((u64)&before[1]) != stored || load64((u64)&before[2]) != counted) late++;
        }
        now[0] = round % 4 + 1;
        store64(slot, (u64)now | DATA | TABLE);
        asm volatile("dsb ishst\n isb" ::: "memory");
        for (u32 i = 0; i < 300; i++) asm volatile("yield");
    }
    store_release(&stop, 1);
}

static void all(u64 cpu)
{
    mmu_use(&low, &high, 2ul << 32);
    meet(CPUS);
    if (cpu == 0) owner();
    else user(cpu);
    meet(CPUS);
}

int main(void)
{
    low = new_space(12, 48, 1);
    high = new_space(12, 48, 0);
    descriptor_of(&low, SHARED, 3);
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    check("stores through the old translation", 0, late);
    for (u64 cpu = 1; cpu < CPUS; cpu++) {
        scene(0, "CPU", cpu);
        check("loads through the old translation", 0, poisoned[cpu]);
        check("strange values or syndromes", 0, strange[cpu]);
        check("accesses meanwhile", 1, accesses[cpu] > 0);
    }
    return 0;
}
