// The generic timer (ARM ARM D11): counters, both timers, their lines as PPIs, masks, and WFI that ends when they fire.
#include "guest.h"

enum { PHYSICAL = 30, VIRTUAL = 27, ENABLE = 1, IMASK = 2, ISTATUS = 4 };

static volatile u64 fired[2], vectors[2];
static u64 hertz;

static u64 count(int is_virtual)
{
    isb();
    return is_virtual ? read_register(cntvct_el0) : read_register(cntpct_el0);
}

static u64 control(int is_virtual)
{
    isb();
    return is_virtual ? read_register(cntv_ctl_el0) : read_register(cntp_ctl_el0);
}

static void set_control(int is_virtual, u64 value)
{
    if (is_virtual) write_register(cntv_ctl_el0, value);
    else write_register(cntp_ctl_el0, value);
    isb();
}

static void set_compare(int is_virtual, u64 value)
{
    if (is_virtual) write_register(cntv_cval_el0, value);
    else write_register(cntp_cval_el0, value);
    isb();
}

static void set_value(int is_virtual, u64 value)
{
    if (is_virtual) write_register(cntv_tval_el0, value);
    else write_register(cntp_tval_el0, value);
    isb();
}

static u64 compare(int is_virtual) { return is_virtual ? read_register(cntv_cval_el0) : read_register(cntp_cval_el0); }

// The level stays until the timer is told otherwise: the handler masks it.
static void handle(u64 vector)
{
    u64 intid = read_register(ICC_IAR1_EL1);
    int is_virtual = intid == VIRTUAL;
    if (intid == PHYSICAL || is_virtual) {
        fired[is_virtual]++;
        vectors[is_virtual] = vector;
        set_control(is_virtual, ENABLE | IMASK);
    }
    write_register(ICC_EOIR1_EL1, intid);
    isb();
}

static void counters(void)
{
    hertz = read_register(cntfrq_el0);
    check("CNTFRQ_EL0 is 1 MHz at least", 1, hertz >= 1000000);
    for (int i = 0; i < 2; i++) {
        u64 last = count(i), same = 0;
        for (int j = 0; j < 100000; j++) {
            u64 now = count(i);
            if (now < last) check("a counter goes back", last, now);
            same = now == last ? same + 1 : 0;
            last = now;
        }
        check("a counter stands still", 0, same > 50000);
    }
    u64 physical = count(0), virtual = count(1), again = count(0);
    check("CNTVCT is not ahead of CNTPCT", 1, virtual <= again);
    (void)physical;
}

static void conditions(int is_virtual)
{
    scene(0, "virtual", is_virtual);
    set_control(is_virtual, IMASK);
    check("control", IMASK, control(is_virtual));
    set_compare(is_virtual, ~0ul);
    check("compare value", ~0ul, compare(is_virtual));
    set_control(is_virtual, ENABLE | IMASK);
    check("far away: no status", ENABLE | IMASK, control(is_virtual));
    set_compare(is_virtual, 0);
    check("in the past: status", ENABLE | IMASK | ISTATUS, control(is_virtual));
    set_control(is_virtual, ~0ul);
    check("only ENABLE and IMASK can be written", ENABLE | IMASK | ISTATUS, control(is_virtual));
    set_value(is_virtual, hertz);
    u64 left = compare(is_virtual) - count(is_virtual);
    check("TVAL counts down from now", 1, left <= hertz && left > hertz / 2);
    set_value(is_virtual, 0xffffff00);
    check("TVAL is signed", ENABLE | IMASK | ISTATUS, control(is_virtual));
    u64 behind = count(is_virtual) - compare(is_virtual);
    check("and lies in the past", 1, behind >= 256 && behind < hertz);
    set_control(is_virtual, 0);
}

static u32 pending(u32 intid) { return load32(SGI_FRAME(0) + 0x200) >> intid & 1; }

static void lines(int is_virtual)
{
    u32 intid = is_virtual ? VIRTUAL : PHYSICAL;
    set_compare(is_virtual, 0);
    check("disabled: no line", 0, pending(intid));
    set_control(is_virtual, ENABLE | IMASK);
    check("masked: no line", 0, pending(intid));
    set_control(is_virtual, ENABLE);
    check("a line", 1, pending(intid));
    set_compare(is_virtual, ~0ul);
    check("the line follows the condition", 0, pending(intid));
    set_compare(is_virtual, 0);
    check("both ways", 1, pending(intid));
    set_control(is_virtual, ENABLE | IMASK);
    check("and the mask", 0, pending(intid));
    fired[is_virtual] = 0;
    set_control(is_virtual, ENABLE);
    asm volatile("msr daifclr, #2\n isb\n nop\n msr daifset, #2" ::: "memory");
    check("fired once", 1, fired[is_virtual]);
    check("vector", 5, vectors[is_virtual]);
    // A level that stays comes again after its end.
    set_control(is_virtual, ENABLE);
    check("acknowledged", intid, read_register(ICC_IAR1_EL1));
    check("active, still pending", 1, pending(intid));
    check("not again while active", 1023, read_register(ICC_IAR1_EL1));
    write_register(ICC_EOIR1_EL1, intid);
    isb();
    check("again after its end", intid, read_register(ICC_IAR1_EL1));
    set_control(is_virtual, 0);
    write_register(ICC_EOIR1_EL1, intid);
    isb();
    check("gone with the level", 1023, read_register(ICC_IAR1_EL1));
}

// Sleeps while a condition that an interrupt's handler ends holds. Masked between the look and WFI, or the interrupt could come there.
#define SLEEP_WHILE(condition) \
    for (int again = 1; again;) { \
        asm volatile("msr daifset, #2" ::: "memory"); \
        again = (condition); \
        if (again) asm volatile("wfi" ::: "memory"); \
        asm volatile("msr daifclr, #2" ::: "memory"); \
    }

// WFI ends when the timer fires, masked by PSTATE.I or not, and not before.
static void waiting(int is_virtual)
{
    for (u64 ticks = hertz / 20000; ticks < hertz / 20; ticks *= 3) {
        scene(1, "ticks", ticks);
        fired[is_virtual] = 0;
        u64 deadline = count(is_virtual) + ticks;
        set_compare(is_virtual, deadline);
        set_control(is_virtual, ENABLE);
        while (!(control(is_virtual) & ISTATUS)) asm volatile("wfi" ::: "memory");
        check("slept until the deadline", 1, count(is_virtual) >= deadline);
        check("masked: not taken", 0, fired[is_virtual]);
        asm volatile("msr daifclr, #2" ::: "memory");
        // The line may be a moment behind the condition.
        while (!fired[is_virtual] && count(is_virtual) < deadline + hertz) { }
        asm volatile("msr daifset, #2" ::: "memory");
        check("then taken", 1, fired[is_virtual]);
        deadline = count(is_virtual) + ticks;
        set_control(is_virtual, 0);
        set_compare(is_virtual, deadline);
        asm volatile("msr daifclr, #2" ::: "memory");
        set_control(is_virtual, ENABLE);
        SLEEP_WHILE(fired[is_virtual] == 1)
        check("woken by the handler, on time", 1, count(is_virtual) >= deadline);
        // A busy loop is interrupted as well.
        deadline = count(is_virtual) + ticks;
        set_compare(is_virtual, deadline);
        set_control(is_virtual, ENABLE);
        while (fired[is_virtual] == 2) { }
        check("a loop is interrupted on time", 1, count(is_virtual) >= deadline);
        asm volatile("msr daifset, #2" ::: "memory");
        set_control(is_virtual, 0);
    }
    scene(1, 0, 0);
}

// Both at once, many times: none is lost.
static void both(void)
{
    scene(0, 0, 0);
    fired[0] = fired[1] = 0;
    asm volatile("msr daifclr, #2" ::: "memory");
    for (u64 i = 0; i < 200; i++) {
        set_value(0, hertz / 20000);
        set_value(1, hertz / 15000);
        set_control(0, ENABLE);
        set_control(1, ENABLE);
        SLEEP_WHILE(fired[0] == i || fired[1] == i)
    }
    asm volatile("msr daifset, #2" ::: "memory");
    check("physical", 200, fired[0]);
    check("virtual", 200, fired[1]);
}

int main(void)
{
    on_interrupt = handle;
    gic_start();
    gic_start_cpu();
    gic_enable(PHYSICAL, 0xa0);
    gic_enable(VIRTUAL, 0xa0);
    counters();
    for (int i = 0; i < 2; i++) {
        conditions(i);
        lines(i);
        waiting(i);
    }
    both();
    return 0;
}
