#include "guest.h"

#define UARTDR 0x09000000ul
#define SCENES 6

static struct { const char *name; u64 value; } scenes[SCENES];
static u64 checks, failures;

void (*on_interrupt)(u64 vector);
void (*on_secondary)(u64 cpu);

static void put(char c) { store32(UARTDR, (u8)c); }

void print(const char *text)
{
    while (*text) put(*text++);
}

void print_number(u64 value)
{
    int digits = 1;
    while (digits < 16 && value >> (4 * digits)) digits++;
    print("0x");
    while (digits--) put("0123456789abcdef"[value >> (4 * digits) & 15]);
}

void scene(u32 slot, const char *name, u64 value)
{
    scenes[slot].name = name;
    scenes[slot].value = value;
}

void check(const char *what, u64 expected, u64 actual)
{
    checks++;
    if (expected == actual) return;
    if (++failures > 40) return;
    print("FAIL ");
    print(what);
    for (int i = 0; i < SCENES; i++) {
        if (!scenes[i].name) continue;
        print(", ");
        print(scenes[i].name);
        print(" ");
        print_number(scenes[i].value);
    }
    print(": expected ");
    print_number(expected);
    print(", was ");
    print_number(actual);
    print("\n");
}

void finish(void)
{
    print(failures ? "failed " : "passed ");
    print_number(failures ? failures : checks);
    print("\n");
    hvc(SYSTEM_OFF, 0, 0, 0);
    for (;;) asm volatile("wfi");
}

void unexpected(void)
{
    print("UNEXPECTED exception, CPU ");
    print_number(cpu_number());
    print(" vector ");
    print_number(taken()->vector);
    print(" ESR ");
    print_number(taken()->esr);
    print(" FAR ");
    print_number(taken()->far);
    print(" ELR ");
    print_number(taken()->elr);
    print("\n");
    failures++;
    finish();
}

void interrupt(u64 vector)
{
    if (on_interrupt) {
        on_interrupt(vector);
        return;
    }
    print("UNEXPECTED interrupt, vector ");
    print_number(vector);
    print("\n");
    failures++;
    finish();
}

void expect(const char *what, u64 vector, u64 esr, u64 elr)
{
    check(what, vector, taken()->vector);
    if (taken()->vector != vector) return;
    check(what, esr, taken()->esr);
    check(what, elr, taken()->elr);
}

void expect_at(const char *what, u64 vector, u64 esr, u64 elr, u64 far)
{
    expect(what, vector, esr, elr);
    if (taken()->vector == vector) check(what, far, taken()->far);
}

void expect_nothing(const char *what)
{
    check(what, (u64)NOTHING, taken()->vector);
    if (taken()->vector != (u64)NOTHING) check("syndrome of that", 0, taken()->esr);
}

void expect_done(const char *what, u64 vector)
{
    check(what, vector, taken()->vector);
    check(what, DONE, taken()->esr);
}

// 4 KiB granule, 39 bits: devices, RAM for EL1, RAM for EL0 to execute, RAM for EL0 to write.
u64 default_tables[512] __attribute__((aligned(4096))) = {
    0x00000000 | 1 | 1 << 10 | 3ul << 53,                                   // Device, AF, XN
    RAM | 1 | 1 << 2 | 3 << 8 | 1 << 10 | 1ul << 54,                        // Normal, Inner Shareable, AF, UXN
    RAM | 1 | 1 << 2 | 3 << 6 | 3 << 8 | 1 << 10,                           // read-only for both
    RAM | 1 | 1 << 2 | 1 << 6 | 3 << 8 | 1 << 10 | 1ul << 53 | 1ul << 54,   // read and write for both, XN
};

void mmu_off(void)
{
    dsb();
    write_register(sctlr_el1, read_register(sctlr_el1) & ~(1ul | 1 << 2 | 1 << 12));
    isb();
    asm volatile("tlbi vmalle1\n dsb nsh\n isb" ::: "memory");
}

void mmu_default(void)
{
    write_register(mair_el1, 0x44ff00);                                     // Device-nGnRnE, Normal, Normal Non-cacheable
    write_register(tcr_el1, 25 | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23 | 2ul << 32); // 39 bits, 4 KiB, no TTBR1, 40 bits out
    write_register(ttbr0_el1, default_tables);
    isb();
    asm volatile("tlbi vmalle1\n dsb nsh\n isb" ::: "memory");
    // Armv8.0's RES1 bits are ones; SA and SA0 are on, and EL0 may do nothing but use WFI and WFE.
    write_register(sctlr_el1, 0x30d00800 | 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 12 | 1 << 16 | 1 << 18);
    isb();
}

u64 hvc(u64 function, u64 a, u64 b, u64 c)
{
    register u64 x0 asm("x0") = function;
    register u64 x1 asm("x1") = a;
    register u64 x2 asm("x2") = b;
    register u64 x3 asm("x3") = c;
    asm volatile("hvc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) :: "memory", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
                 "x12", "x13", "x14", "x15", "x16", "x17");
    return x0;
}

void secondary(u64 context)
{
    on_secondary(context);
    hvc(CPU_OFF, 0, 0, 0);
}

void start_cpus(u32 count)
{
    for (u64 cpu = 1; cpu < count; cpu++) check("CPU_ON", 0, hvc(CPU_ON, cpu, (u64)secondary_start, cpu));
}

void meet(u32 count)
{
    static volatile u64 arrived;
    u64 round = (add_exclusive(&arrived, 1) + count - 1) / count * count;
    wait_until(&arrived, round);
}

void gic_start(void)
{
    store32(GICD, 0x10 | 0x02); // ARE, EnableGrp1
}

void gic_start_cpu(void)
{
    u64 cpu = cpu_number();
    store32(GICR(cpu) + 0x14, load32(GICR(cpu) + 0x14) & ~2u); // GICR_WAKER.ProcessorSleep
    while (load32(GICR(cpu) + 0x14) & 4) { }
    store32(SGI_FRAME(cpu) + 0x80, 0xffffffff);                // GICR_IGROUPR0
    write_register(ICC_SRE_EL1, 1);
    isb();
    write_register(ICC_PMR_EL1, 0xff);
    write_register(ICC_BPR1_EL1, 0);
    write_register(ICC_CTLR_EL1, 0);
    write_register(ICC_IGRPEN1_EL1, 1);
    isb();
}

// The private ones are the calling CPU's; SPIs go to CPU 0.
void gic_enable(u32 intid, u32 priority)
{
    u64 frame = intid < 32 ? SGI_FRAME(cpu_number()) : GICD;
    u64 shift = intid % 4 * 8, at = frame + 0x400 + intid / 4 * 4;
    store32(at, (load32(at) & ~(0xffu << shift)) | priority << shift);
    if (intid >= 32) {
        u64 group = GICD + 0x80 + intid / 32 * 4;
        store32(group, load32(group) | 1u << intid % 32);
        store64(GICD + 0x6000 + 8 * intid, 0);
    }
    store32(frame + 0x100 + intid / 32 * 4, 1u << intid % 32);
}

void gic_pend(u32 intid)
{
    u64 frame = intid < 32 ? SGI_FRAME(cpu_number()) : GICD;
    store32(frame + 0x200 + intid / 32 * 4, 1u << intid % 32);
}
