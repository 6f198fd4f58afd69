// PSCI (DEN0022): CPU_ON from two CPUs at once, what a CPU starts with, CPU_OFF and AFFINITY_INFO, again and again.
#include "guest.h"

enum { CPUS = 4, ROUNDS = 100, SUCCESS = 0, INVALID_PARAMETERS = -2, ALREADY_ON = -4, ON_PENDING = -5 };

static volatile u64 started, result[CPUS], strange_state, strange_context, phase[CPUS];
static struct { u64 sctlr, daif, level, spsel, context; } volatile state;

// Starts without the runtime's set-up: stores what it was started with, then goes off.
asm(".text\n .globl bare_start\nbare_start:\n"
    " adrp x1, state\n add x1, x1, :lo12:state\n mrs x2, sctlr_el1\n mrs x3, daif\n stp x2, x3, [x1]\n mrs x2, currentel\n mrs x3, spsel\n"
    " stp x2, x3, [x1, #16]\n str x0, [x1, #32]\n dmb ish\n adrp x1, started\n add x1, x1, :lo12:started\n mov x2, #1\n str x2, [x1]\n"
    " dsb ish\n movz x0, #2\n movk x0, #0x8400, lsl #16\n hvc #0\n b .");
void bare_start(void);

static u64 power_of(u64 cpu) { return hvc(AFFINITY_INFO, cpu, 0, 0); }

// CPU_ON leaves the CPU pending or on, so that it is off again only once it has run.
static void wait_until_off(u64 cpu, u64 runs)
{
    while (power_of(cpu) != 1) asm volatile("yield");
    if (qemu_lacks("ON_PENDING before the CPU starts")) {
        while (load_acquire(&started) < runs || power_of(cpu) != 1) asm volatile("yield");
    }
}

static void race(u64 round)
{
    started = 0;
    result[1] = result[2] = 99;
    asm volatile("dmb ish" ::: "memory");
    store_release(&phase[1], round);
    store_release(&phase[2], round);
    u64 mine = hvc(CPU_ON, 3, (u64)bare_start, 0x1000 + round);
    while (load_acquire(&result[1]) == 99 || load_acquire(&result[2]) == 99) asm volatile("wfe");
    u64 successes = 0;
    u64 results[] = { mine, result[1], result[2] };
    for (u32 i = 0; i < 3; i++) {
        if (results[i] == SUCCESS) successes++;
        else if (results[i] != (u64)ALREADY_ON && results[i] != (u64)ON_PENDING) check("CPU_ON of a CPU that is on", ALREADY_ON, results[i]);
    }
    // A loser that came after CPU 3 had gone off again has won, too.
    check("somebody won", 1, successes >= 1);
    wait_until_off(3, 1);
    check("it ran", 1, started);
    if ((state.context & ~0x3000ul) != round && state.context >> 12 == 0) strange_context++;
    if (state.sctlr & 0x1005 || state.daif != MASKED || state.level != 4 || state.spsel != 1) strange_state++;
}

static void contender(u64 cpu)
{
    for (u64 round = 1; round <= ROUNDS; round++) {
        while (load_acquire(&phase[cpu]) < round) asm volatile("wfe");
        store_release(&result[cpu], hvc(CPU_ON, 3, (u64)bare_start, (cpu + 1) << 12 | round));
        asm volatile("dsb ish\n sev" ::: "memory");
    }
}

static void returns(u64 context)
{
    if (context != 0x1234567890 + cpu_number()) strange_context++;
    add_exclusive(&started, 1);
}

int main(void)
{
    check("CPU 1 is off", 1, power_of(1));
    check("CPU 0 is on", 0, power_of(0));
    check("itself", (u64)ALREADY_ON, hvc(CPU_ON, 0, (u64)bare_start, 0));
    check("nobody", (u64)INVALID_PARAMETERS, hvc(CPU_ON, 100, (u64)bare_start, 0));
    check("nobody's power", (u64)INVALID_PARAMETERS, power_of(100));
    on_secondary = contender;
    check("CPU_ON", SUCCESS, hvc(CPU_ON, 1, (u64)secondary_start, 1));
    check("CPU_ON", SUCCESS, hvc(CPU_ON, 2, (u64)secondary_start, 2));
    for (u64 round = 1; round <= ROUNDS; round++) race(round);
    while (power_of(1) != 1 || power_of(2) != 1) asm volatile("yield");
    check("state at the start", 0, strange_state);
    check("context", 0, strange_context);
    on_secondary = returns;
    started = 0;
    for (u64 round = 1; round <= ROUNDS; round++) {
        for (u64 cpu = 1; cpu < CPUS; cpu++) check("CPU_ON", SUCCESS, hvc(CPU_ON, cpu, (u64)secondary_start, 0x1234567890 + cpu));
        for (u64 cpu = 1; cpu < CPUS; cpu++) wait_until_off(cpu, round * (CPUS - 1));
        check("all ran", round * (CPUS - 1), started);
    }
    check("contexts", 0, strange_context);
    return 0;
}
