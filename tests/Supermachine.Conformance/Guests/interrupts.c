// The GIC as one CPU sees it (IHI 0069): acknowledging, preemption by priority, masks, binary points, EOI modes, pending and active.
#include "guest.h"

enum { LOW = 0xa0, MIDDLE = 0x80, HIGH = 0x40, SPURIOUS = 1023 };
enum { SPI_A = 40, SPI_B = 41, SPI_C = 75 };

static u32 log_[64];
static u32 logged;
static u64 vectors[64];

static void note(u32 what) { if (logged < 64) log_[logged++] = what; }

static void expect_log(const char *what, u32 count, const u32 *expected)
{
    check(what, count, logged);
    for (u32 i = 0; i < count && i < logged; i++) {
        scene(0, "entry", i);
        check(what, expected[i], log_[i]);
    }
    scene(0, 0, 0);
    logged = 0;
}

#define LOG(what, ...) do { static const u32 expected_[] = { __VA_ARGS__ }; expect_log(what, sizeof(expected_) / 4, expected_); } while (0)

static void let_in(void) { asm volatile("msr daifclr, #2\n isb\n nop\n nop\n msr daifset, #2" ::: "memory"); }

static u64 acknowledge(void)
{
    u64 intid = read_register(ICC_IAR1_EL1);
    dsb();
    return intid;
}

static void end(u64 intid)
{
    write_register(ICC_EOIR1_EL1, intid);
    isb();
}

static void simple(u64 vector)
{
    vectors[logged] = vector;
    u64 intid = acknowledge();
    note(intid);
    end(intid);
}

// Pends a more urgent one of SPI_A, SPI_B, SPI_C from within the handler, and lets it in.
static void nesting(u64 vector)
{
    (void)vector;
    u64 intid = acknowledge();
    note(intid);
    note(read_register(ICC_RPR_EL1));
    if (intid == SPI_A) gic_pend(SPI_B);
    if (intid == SPI_B) gic_pend(SPI_C);
    let_in();
    note(0x1000 | intid);
    end(intid);
}

static void basics(void)
{
    on_interrupt = simple;
    check("ICC_SRE_EL1.SRE", 1, read_register(ICC_SRE_EL1) & 1);
    check("idle priority", 0xff, read_register(ICC_RPR_EL1));
    check("nothing to acknowledge", SPURIOUS, acknowledge());
    let_in();
    LOG("nothing");
    gic_enable(SPI_A, LOW);
    gic_enable(3, MIDDLE);
    gic_pend(SPI_A);
    check("pending", 1u << (SPI_A - 32), load32(GICD + 0x204));
    check("ICC_HPPIR1_EL1", SPI_A, read_register(ICC_HPPIR1_EL1));
    dsb();
    check("ISR_EL1.I", 0x80, read_register(isr_el1) & 0x80);
    let_in();
    LOG("one SPI", SPI_A);
    check("vector", 5, vectors[0]);
    check("no longer pending", 0, load32(GICD + 0x204));
    check("no longer active", 0, load32(GICD + 0x304));
    check("ISR_EL1.I", 0, read_register(isr_el1) & 0x80);
    gic_pend(3);
    gic_pend(SPI_A);
    let_in();
    LOG("the more urgent first", 3, SPI_A);
    write_register(ICC_SGI1R_EL1, 1 | 3ul << 24);
    isb();
    let_in();
    LOG("an SGI to itself", 3);
    write_register(ICC_SGI1R_EL1, 1ul << 40 | 3ul << 24);
    isb();
    let_in();
    LOG("an SGI to all others");
    // From EL1t and EL0 the vectors are others.
    gic_pend(SPI_A);
    logged = 0;
}

STUB(idle, "nop\n nop\n nop");

static void vectors_of_levels(void)
{
    attempt_at(EL0t, user_code(idle), 0, 0);
    LOG("from EL0", SPI_A);
    check("vector from EL0", 9, vectors[0]);
    expect_done("goes on at EL0", LOWER);
    gic_pend(SPI_A);
    write_register(sp_el0, (u64)log_ + sizeof(log_));
    attempt_at(EL1t, (u64)idle, 0, 0);
    LOG("from EL1t", SPI_A);
    check("vector from EL1t", 1, vectors[0]);
    gic_pend(SPI_A);
    attempt_at(EL0t | 0x80, user_code(idle), 0, 0);
    LOG("masked at EL0");
    let_in();
    LOG("later", SPI_A);
}

static void masks(void)
{
    gic_pend(SPI_A);
    write_register(ICC_PMR_EL1, LOW);
    isb();
    let_in();
    LOG("a priority equal to the mask");
    check("cannot be acknowledged either", SPURIOUS, acknowledge());
    check("is still the highest pending", SPI_A, read_register(ICC_HPPIR1_EL1));
    write_register(ICC_PMR_EL1, LOW + 8);
    isb();
    let_in();
    LOG("a priority below the mask", SPI_A);
    write_register(ICC_PMR_EL1, 0xff);
    check("five bits of priority", 0xf8, read_register(ICC_PMR_EL1));
    gic_pend(SPI_A);
    store32(GICD + 0x184, 1u << (SPI_A - 32));
    let_in();
    LOG("disabled");
    store32(GICD + 0x104, 1u << (SPI_A - 32));
    let_in();
    LOG("enabled again", SPI_A);
    gic_pend(SPI_A);
    store32(GICD + 0x284, 1u << (SPI_A - 32));
    let_in();
    LOG("no longer pending");
    gic_pend(SPI_A);
    write_register(ICC_IGRPEN1_EL1, 0);
    isb();
    let_in();
    LOG("the group is off");
    write_register(ICC_IGRPEN1_EL1, 1);
    isb();
    store32(GICD, 0x10);
    let_in();
    LOG("the distributor is off");
    gic_start();
    let_in();
    LOG("on again", SPI_A);
    store64(GICD + 0x6000 + 8 * SPI_A, 7);
    gic_pend(SPI_A);
    let_in();
    LOG("routed to nobody");
    store64(GICD + 0x6000 + 8 * SPI_A, 0);
    let_in();
    LOG("routed back", SPI_A);
}

static void preemption(void)
{
    on_interrupt = nesting;
    gic_enable(SPI_B, MIDDLE);
    gic_enable(SPI_C, HIGH);
    gic_pend(SPI_A);
    let_in();
    LOG("three deep", SPI_A, LOW, SPI_B, MIDDLE, SPI_C, HIGH, 0x1000 | SPI_C, 0x1000 | SPI_B, 0x1000 | SPI_A);
    gic_enable(SPI_B, LOW);
    gic_pend(SPI_A);
    let_in();
    LOG("equals do not preempt", SPI_A, LOW, 0x1000 | SPI_A, SPI_B, LOW, SPI_C, HIGH, 0x1000 | SPI_C, 0x1000 | SPI_B);
    // Bits [7:6] alone decide: 0x80 does not preempt 0xa0, 0x40 preempts both.
    gic_enable(SPI_B, MIDDLE);
    write_register(ICC_BPR1_EL1, 6);
    isb();
    check("ICC_BPR1_EL1", 6, read_register(ICC_BPR1_EL1));
    gic_pend(SPI_A);
    let_in();
    LOG("a binary point of 6", SPI_A, MIDDLE, 0x1000 | SPI_A, SPI_B, MIDDLE, SPI_C, HIGH, 0x1000 | SPI_C, 0x1000 | SPI_B);
    write_register(ICC_BPR1_EL1, 7);
    isb();
    gic_pend(SPI_A);
    let_in();
    LOG("a binary point of 7", SPI_A, 0x80, 0x1000 | SPI_A, SPI_B, 0x80, SPI_C, 0, 0x1000 | SPI_C, 0x1000 | SPI_B);
    write_register(ICC_BPR1_EL1, 0);
    isb();
    on_interrupt = simple;
}

static u32 active(u32 intid) { return load32(GICD + 0x300 + intid / 32 * 4) >> intid % 32 & 1; }

// ICC_CTLR_EL1.EOImode: 0 drops and deactivates by EOIR; 1 drops by EOIR and deactivates by DIR.
static void end_modes(void)
{
    gic_pend(SPI_A);
    check("acknowledged", SPI_A, acknowledge());
    check("active", 1, active(SPI_A));
    check("running priority", LOW, read_register(ICC_RPR_EL1));
    gic_pend(SPI_A);
    check("active and pending is not offered", SPURIOUS, acknowledge());
    end(SPI_A);
    check("mode 0: inactive", 0, active(SPI_A));
    check("mode 0: dropped", 0xff, read_register(ICC_RPR_EL1));
    check("offered again", SPI_A, acknowledge());
    end(SPI_A);

    write_register(ICC_CTLR_EL1, 2);
    isb();
    check("EOImode", 2, read_register(ICC_CTLR_EL1) & 2);
    gic_pend(SPI_A);
    check("acknowledged", SPI_A, acknowledge());
    gic_pend(SPI_A);
    end(SPI_A);
    check("mode 1: still active", 1, active(SPI_A));
    check("mode 1: dropped", 0xff, read_register(ICC_RPR_EL1));
    check("mode 1: not offered while active", SPURIOUS, acknowledge());
    gic_pend(SPI_B);
    check("mode 1: another is", SPI_B, acknowledge());
    end(SPI_B);
    write_register(ICC_DIR_EL1, SPI_B);
    write_register(ICC_DIR_EL1, SPI_A);
    isb();
    check("mode 1: inactive", 0, active(SPI_A));
    check("mode 1: offered again", SPI_A, acknowledge());
    end(SPI_A);
    write_register(ICC_DIR_EL1, SPI_A);
    // Deactivation in another order than the drops.
    gic_pend(SPI_A);
    check("first", SPI_A, acknowledge());
    gic_pend(SPI_C);
    check("second", SPI_C, acknowledge());
    write_register(ICC_DIR_EL1, SPI_A);
    isb();
    check("deactivated before its drop", 0, active(SPI_A));
    check("running", HIGH, read_register(ICC_RPR_EL1));
    end(SPI_C);
    check("running", LOW, read_register(ICC_RPR_EL1));
    end(SPI_A);
    check("idle", 0xff, read_register(ICC_RPR_EL1));
    write_register(ICC_DIR_EL1, SPI_C);
    write_register(ICC_CTLR_EL1, 0);
    isb();
    store32(GICD + 0x304, 1u << (SPI_A - 32));
    check("made active by the distributor", 1, active(SPI_A));
    store32(GICD + 0x384, 1u << (SPI_A - 32));
    check("and inactive", 0, active(SPI_A));
}

static void registers(void)
{
    check("GICD_TYPER.ITLinesNumber is enough for SPIs", 1, (load32(GICD + 4) & 31) >= 7);
    check("GICR_TYPER of CPU 0: affinity and number", 0, load64(GICR(0) + 8) >> 32);
    check("GICR_TYPER.Last", 0x10, load64(GICR(0) + 8) & 0x10);
    check("GICD_PIDR2.ArchRev", 0x30, load32(GICD + 0xffe8) & 0xf0);
    check("GICR_PIDR2.ArchRev", 0x30, load32(GICR(0) + 0xffe8) & 0xf0);
    store32(GICD + 0x400 + SPI_A, 0x11223344);
    check("priorities keep their upper five bits", 0x10203040, load32(GICD + 0x400 + SPI_A) & 0xf8f8f8f8);
    store32(GICD + 0xc00 + SPI_A / 16 * 4, 0xffffffff);
    check("GICD_ICFGR", 0xaaaaaaaa, load32(GICD + 0xc00 + SPI_A / 16 * 4));
    check("SGIs are edges", 0xaaaaaaaa, load32(SGI_FRAME(0) + 0xc00));
    check("SGI and PPI groups", 0xffffffff, load32(SGI_FRAME(0) + 0x80));
    check("nobody reads SGIs in the distributor", 0, load32(GICD + 0x100));
}

int main(void)
{
    gic_start();
    gic_start_cpu();
    basics();
    vectors_of_levels();
    masks();
    preemption();
    end_modes();
    registers();
    return 0;
}
