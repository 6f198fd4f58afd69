// SGIs between four CPUs, WFI that they end, WFE that SEV, SEVL and the exclusive monitor end.
#include "guest.h"

enum { CPUS = 4, ROUNDS = 300 };

static volatile u64 received[CPUS][16], turn, strays;

static void handle(u64 vector)
{
    (void)vector;
    u64 intid = read_register(ICC_IAR1_EL1);
    if (intid < 16) received[cpu_number()][intid]++;
    write_register(ICC_EOIR1_EL1, intid);
    isb();
}

static void send(u64 targets, u64 intid)
{
    dsb();
    write_register(ICC_SGI1R_EL1, intid << 24 | targets);
    isb();
}

static void let_in(void) { asm volatile("msr daifclr, #2\n isb\n nop\n msr daifset, #2" ::: "memory"); }

// Waits, with interrupts masked, until this CPU has had so many of one SGI.
static void wait_for(u64 intid, u64 count)
{
    while (received[cpu_number()][intid] < count) {
        asm volatile("wfi" ::: "memory");
        let_in();
    }
}

// A token goes round: each CPU sleeps until its predecessor's SGI wakes it.
static void ring(u64 cpu)
{
    for (u64 round = 1; round <= ROUNDS; round++) {
        if (cpu != 0) wait_for(1, round);
        if (turn % CPUS != cpu) strays++;
        turn++;
        send(1ul << ((cpu + 1) % CPUS), 1);
        if (cpu == 0) wait_for(1, round);
    }
}

// Everyone to everyone, with another INTID for each sender; each SGI is taken before the next is sent.
static void everyone(u64 cpu)
{
    for (u64 round = 1; round <= ROUNDS / 3; round++) {
        send(0xf, 4 + cpu);
        for (u64 other = 0; other < CPUS; other++) wait_for(4 + other, round);
        meet(CPUS);
    }
}

// All but the sender (IRM).
static void broadcast(u64 cpu)
{
    for (u64 round = 1; round <= 50; round++) {
        for (u64 sender = 0; sender < CPUS; sender++) {
            if (sender == cpu) write_register(ICC_SGI1R_EL1, 1ul << 40 | 9ul << 24);
            else wait_for(9, (round - 1) * (CPUS - 1) + sender - (sender > cpu) + 1);
            meet(CPUS);
        }
    }
    let_in();
}

// WFE: an event that is there ends it at once; SEV on another CPU, and a store to a monitored address, end it too.
static void events(u64 cpu)
{
    static volatile u64 cell, answers;
    asm volatile("sevl\n wfe\n sev\n wfe" ::: "memory");
    for (u64 round = 1; round <= ROUNDS; round++) {
        meet(CPUS);
        if (cpu == 0) {
            store_release(&cell, round);
            asm volatile("dsb ish\n sev" ::: "memory");
            wait_until(&answers, round * (CPUS - 1));
        } else if (cpu == 1) {
            while (load_acquire(&cell) < round) asm volatile("wfe" ::: "memory");
            add_exclusive(&answers, 1);
        } else {
            wait_until(&cell, round);
            add_exclusive(&answers, 1);
        }
    }
    if (cpu == 0) check("answers", ROUNDS * (CPUS - 1), answers);
}

static void all(u64 cpu)
{
    gic_start_cpu();
    for (u32 intid = 0; intid < 16; intid++) gic_enable(intid, 0x80);
    meet(CPUS);
    ring(cpu);
    meet(CPUS);
    everyone(cpu);
    meet(CPUS);
    broadcast(cpu);
    meet(CPUS);
    events(cpu);
    meet(CPUS);
}

int main(void)
{
    on_interrupt = handle;
    on_secondary = all;
    gic_start();
    start_cpus(CPUS);
    all(0);
    check("the token was always where it should be", 0, strays);
    check("turns", ROUNDS * CPUS, turn);
    for (u64 cpu = 0; cpu < CPUS; cpu++) {
        scene(0, "CPU", cpu);
        check("tokens", ROUNDS, received[cpu][1]);
        for (u64 other = 0; other < CPUS; other++) check("from everyone", ROUNDS / 3, received[cpu][4 + other]);
        check("broadcasts", 50 * (CPUS - 1), received[cpu][9]);
        check("nothing else", 0, received[cpu][0] + received[cpu][2] + received[cpu][3] + received[cpu][15]);
    }
    return 0;
}
