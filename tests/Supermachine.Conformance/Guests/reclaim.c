// More code than any cache of translated code holds, run by two CPUs at once, with calls between old and new code.
#include "guest.h"

enum { CPUS = 2, BYTES = 1 << 20, RUN = 64, PASSES = 3 };

#define ADD1 0x91000400u // ADD X0, X0, #1
#define RET 0xd65f03c0u

static u32 *const code = (u32 *)(RAM + 0x1000000);
static volatile u64 wrong[CPUS];

// Enters at every instruction: each entry is a block of its own.
static void all(u64 cpu)
{
    meet(CPUS);
    for (u32 pass = 0; pass < PASSES; pass++) {
        u64 errors = 0;
        for (u64 i = 0; i < BYTES / 4; i++) {
            u64 at = cpu ? BYTES / 4 - 1 - i : i;
            errors += ((u64 (*)(u64))(code + at))(at) != at + RUN - 1 - at % RUN;
        }
        wrong[cpu] += errors;
    }
    meet(CPUS);
}

int main(void)
{
    for (u64 i = 0; i < BYTES / 4; i++) store32((u64)(code + i), i % RUN == RUN - 1 ? RET : ADD1);
    asm volatile("dsb ish\n ic iallu\n dsb ish\n isb" ::: "memory");
    on_secondary = all;
    start_cpus(CPUS);
    all(0);
    check("CPU 0", 0, wrong[0]);
    check("CPU 1", 0, wrong[1]);
    return 0;
}
