// Exceptions and returns (ARM ARM D1.3): syndromes, preferred returns, saved state, what is UNDEFINED and what is trapped.
#include "guest.h"

STUB(do_svc, "svc #0x1234");
STUB(do_brk, "brk #0xbeef");
STUB(do_udf, ".inst 0");
STUB(do_hlt, "hlt #1");
STUB(do_smc, "smc #0");
STUB(do_hvc, "hvc #0");
STUB(do_eret, "eret");
STUB(do_unallocated, ".inst 0xffffffff");
STUB(read_sctlr, "mrs x0, sctlr_el1");
STUB(write_vbar, "msr vbar_el1, x0");
STUB(read_isar0, "mrs x0, id_aa64isar0_el1");
STUB(read_sp_el0, "mrs x0, sp_el0");
STUB(read_sp_el1, "mrs x0, sp_el1");
STUB(read_nobody, "mrs x0, s3_0_c15_c15_7");
STUB(read_current_el, "mrs x0, currentel");
STUB(read_spsel, "mrs x0, spsel");
STUB(write_tpidrro, "msr tpidrro_el0, x0");
STUB(use_tpidr, "msr tpidr_el0, x0\n mrs x0, tpidr_el0");
STUB(do_tlbi, "tlbi vmalle1");
STUB(do_dc_isw, "dc isw, x0");
STUB(do_dc_ivac, "dc ivac, x0");
STUB(do_at, "at s1e1r, x0");
STUB(do_ic_iallu, "ic iallu");
STUB(do_fmov, ".inst 0x9e6703e0"); // FMOV D0, XZR
STUB(do_ldr_q, ".inst 0x3dc00000"); // LDR Q0, [X0]
STUB(read_fpcr, "mrs x0, fpcr");
STUB(write_fpsr, "msr fpsr, x0");
STUB(fp_undefined, ".inst 0x1e2a4000"); // a hole among FMOV, FABS, FNEG, ...
STUB(read_ctr, "mrs x7, ctr_el0");
STUB(read_dczid, "mrs x7, dczid_el0");
STUB(do_dc_cvau, "dc cvau, x0");
STUB(do_dc_civac, "dc civac, x0");
STUB(do_ic_ivau, "ic ivau, x1");
STUB(do_dc_zva, "dc zva, x0");
STUB(read_daif, "mrs x3, daif");
STUB(write_daif, "msr daif, x3");
STUB(set_daif, "msr daifset, #5");
STUB(clear_daif, "msr daifclr, #5");
STUB(read_cntvct, "mrs x9, cntvct_el0");
STUB(read_cntpct, "mrs x9, cntpct_el0");
STUB(read_cntfrq, "mrs x9, cntfrq_el0");
STUB(write_cntv_ctl, "msr cntv_ctl_el0, xzr");
STUB(read_cntp_tval, "mrs x11, cntp_tval_el0");
STUB(do_wfi, "wfi");
STUB(do_wfe, "wfe");
STUB(load_sp, "ldr x0, [sp]");
STUB(push_sp, "stp x0, x1, [sp, #-16]!");
STUB(load_sp_8, "ldr x0, [sp, #8]");
STUB(misalign_and_load, "mov x2, sp\n add sp, sp, #8\n ldr x0, [sp]");
STUB(jump, "br x0");
STUB(call, "blr x0");
STUB(flags_back, "nop");
STUB(misalign_sp_only, "mov x2, sp\n add sp, sp, #8\n mov x3, sp\n mov sp, x2");

static u8 user_stack[256] __attribute__((aligned(64)));
static u8 user_block[256] __attribute__((aligned(64)));

static u64 system_trap(u32 op0, u32 op1, u32 crn, u32 crm, u32 op2, u32 rt, u32 read)
{
    return syndrome(0x18, op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | rt << 5 | crm << 1 | read);
}

static void run(const u8 *code, u64 level, u64 argument)
{
    write_register(sp_el0, user_data(user_stack + 128));
    attempt_at(level | MASKED, level == EL0t ? user_code(code) : (u64)code, argument, argument);
}

static u64 vector_of(u64 level) { return level == EL0t ? LOWER : level == EL1t ? CURRENT_SP0 : CURRENT_SPX; }

static u64 address(const u8 *code, u64 level, u64 offset) { return (level == EL0t ? user_code(code) : (u64)code) + offset; }

static void generating(void)
{
    static const u64 levels[] = { EL0t, EL1t, EL1h };
    for (int i = 0; i < 3; i++) {
        u64 level = levels[i], vector = vector_of(level);
        scene(0, "PSTATE.M", level);
        run(do_svc, level, 0);
        expect("SVC", vector, syndrome(0x15, 0x1234), address(do_svc, level, 4));
        run(do_brk, level, 0);
        expect("BRK", vector, syndrome(0x3c, 0xbeef), address(do_brk, level, 0));
        static const u8 *const undefined[] = { do_udf, do_hlt, do_smc, do_unallocated, read_nobody, read_sp_el1 };
        for (int j = 0; j < 6; j++) {
            scene(1, "number", j);
            run(undefined[j], level, 0);
            expect("UNDEFINED", vector, syndrome(0, 0), address(undefined[j], level, 0));
        }
        scene(1, 0, 0);
    }
    scene(0, 0, 0);
    run(read_sp_el0, EL1t, 0);
    expect("SP_EL0 while it is the stack pointer", CURRENT_SP0, syndrome(0, 0), (u64)read_sp_el0);
    run(read_current_el, EL1h, 0);
    check("CurrentEL", 4, taken()->x0);
    run(read_spsel, EL1t, 0);
    check("SPSel at EL1t", 0, taken()->x0);
    run(read_spsel, EL1h, 0);
    check("SPSel at EL1h", 1, taken()->x0);
    check("PSCI_VERSION", 1, hvc(0x84000000, 0, 0, 0) >= 0x10000 ? 1 : 0);
}

static void privileged(void)
{
    static const u8 *const codes[] = {
        do_hvc, do_eret, read_sctlr, write_vbar, read_isar0, read_sp_el0, do_tlbi, do_dc_isw, do_at, do_ic_iallu, read_current_el,
        read_spsel, write_tpidrro, do_dc_ivac,
    };
    for (u32 i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        scene(0, "number", i);
        run(codes[i], EL0t, 0);
        expect("UNDEFINED at EL0", LOWER, syndrome(0, 0), user_code(codes[i]));
    }
    scene(0, 0, 0);
    run(use_tpidr, EL0t, 0x1122334455667788);
    expect_done("TPIDR_EL0 at EL0", LOWER);
    check("TPIDR_EL0 at EL0", 0x1122334455667788, taken()->x0);
}

// Saved state: SPSR has what ERET brought, and the entry masks everything.
static void saved_state(void)
{
    static const u64 flags[] = { 0, N, Z, C, V, N | C, Z | V, N | Z | C | V };
    for (int i = 0; i < 8; i++) {
        scene(0, "flags", flags[i]);
        attempt_at(flags[i] | EL0t, user_code(flags_back), 0, 0);
        check("SPSR_EL1 from EL0", flags[i], taken()->spsr);
        attempt_at(flags[i] | EL1h | 0x240, (u64)flags_back, 0, 0);
        check("SPSR_EL1 from EL1h", flags[i] | EL1h | 0x240, taken()->spsr);
        check("DAIF after entry", MASKED, read_register(daif));
        check("SPSel after entry", 1, read_register(spsel));
    }
    scene(0, 0, 0);
    attempt_at(EL1t | 0x180, (u64)flags_back, 0, 0);
    expect_done("EL1t", CURRENT_SP0);
    check("SPSR_EL1 from EL1t", EL1t | 0x180, taken()->spsr);
    asm volatile("msr daifclr, #0xa" ::: "memory");
    check("DAIFClr", 0x140, read_register(daif));
    asm volatile("msr daifset, #8" ::: "memory");
    check("DAIFSet", 0x340, read_register(daif));
    write_register(daif, MASKED);
    write_register(spsr_el1, ~0ul);
    write_register(elr_el1, 0x123456789abcdefful);
    check("ELR_EL1 keeps its bits", 0x123456789abcdefful, read_register(elr_el1));
}

static void floating_point(void)
{
    static const u8 *const codes[] = { do_fmov, do_ldr_q, read_fpcr, write_fpsr };
    u64 trapped = syndrome(0x07, 0x1e00000);
    for (u64 enable = 0; enable < 4; enable++) {
        write_register(cpacr_el1, enable << 20);
        isb();
        for (int i = 0; i < 4; i++) {
            scene(0, "CPACR_EL1.FPEN", enable);
            scene(1, "number", i);
            run(codes[i], EL0t, user_data(user_block));
            if (enable == 3) expect_done("FP at EL0", LOWER);
            else expect("FP at EL0", LOWER, trapped, user_code(codes[i]));
            run(codes[i], EL1h, (u64)user_block);
            if (enable & 1) expect_done("FP at EL1", CURRENT_SPX);
            else expect("FP at EL1", CURRENT_SPX, trapped, (u64)codes[i]);
        }
        scene(1, 0, 0);
        run(fp_undefined, EL0t, 0);
        expect("unallocated FP", LOWER, syndrome(0, 0), user_code(fp_undefined));
    }
    scene(0, 0, 0);
    write_register(cpacr_el1, 0);
    isb();
}

// What SCTLR_EL1 and CNTKCTL_EL1 trap at EL0 (D19.2.37, EC 0x18 and 0x01), and that it works when they do not.
static void traps(void)
{
    enum { UMA = 1 << 9, DZE = 1 << 14, UCT = 1 << 15, NTWI = 1 << 16, NTWE = 1 << 18, UCI = 1 << 26 };
    u64 block = user_data(user_block), sctlr = read_register(sctlr_el1);
    struct { const u8 *code; u64 enable, timer, expected; } const cases[] = {
        { read_ctr, UCT, 0, system_trap(3, 3, 0, 0, 1, 7, 1) },
        { do_dc_cvau, UCI, 0, system_trap(1, 3, 7, 11, 1, 0, 0) },
        { do_dc_civac, UCI, 0, system_trap(1, 3, 7, 14, 1, 0, 0) },
        { do_ic_ivau, UCI, 0, system_trap(1, 3, 7, 5, 1, 1, 0) },
        { do_dc_zva, DZE, 0, system_trap(1, 3, 7, 4, 1, 0, 0) },
        { read_daif, UMA, 0, system_trap(3, 3, 4, 2, 1, 3, 1) },
        { write_daif, UMA, 0, system_trap(3, 3, 4, 2, 1, 3, 0) },
        { read_cntvct, 0, 2, system_trap(3, 3, 14, 0, 2, 9, 1) },
        { read_cntpct, 0, 1, system_trap(3, 3, 14, 0, 1, 9, 1) },
        { read_cntfrq, 0, 1, system_trap(3, 3, 14, 0, 0, 9, 1) },
        { read_cntfrq, 0, 2, system_trap(3, 3, 14, 0, 0, 9, 1) },
        { write_cntv_ctl, 0, 1 << 8, system_trap(3, 3, 14, 3, 1, 31, 0) },
        { read_cntp_tval, 0, 1 << 9, system_trap(3, 3, 14, 2, 0, 11, 1) },
        { do_wfe, NTWE, 0, syndrome(0x01, 0x1e00001) },
        { set_daif, UMA, 0, system_trap(0, 3, 4, 5, 6, 31, 0) },
        { clear_daif, UMA, 0, system_trap(0, 3, 4, 5, 7, 31, 0) },
    };
    for (u32 i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        scene(0, "number", i);
        if (i >= 13 && qemu_lacks("the trap of WFE; the right op1 and op2 for MSR DAIFSet")) break;
        write_register(sctlr_el1, sctlr & ~cases[i].enable);
        write_register(cntkctl_el1, 0);
        isb();
        run(cases[i].code, EL0t, block);
        expect("trap at EL0", LOWER, cases[i].expected, user_code(cases[i].code));
        write_register(sctlr_el1, sctlr | cases[i].enable);
        write_register(cntkctl_el1, cases[i].timer);
        isb();
        run(cases[i].code, EL0t, block);
        expect_done("allowed at EL0", LOWER);
    }
    scene(0, 0, 0);
    write_register(sctlr_el1, sctlr & ~(u64)(NTWI | DZE));
    write_register(cntkctl_el1, 0);
    isb();
    run(do_wfi, EL0t, 0);
    expect("WFI at EL0", LOWER, syndrome(0x01, 0x1e00000), user_code(do_wfi));
    run(read_dczid, EL0t, 0);
    expect_done("DCZID_EL0 at EL0", LOWER);
    write_register(sctlr_el1, sctlr);
    isb();
}

static void stack_alignment(void)
{
    enum { SA = 1 << 3, SA0 = 1 << 4 };
    u64 sctlr = read_register(sctlr_el1), user = user_data(user_stack + 120), own = (u64)user_stack + 120;
    write_register(sp_el0, user);
    attempt_at(EL0t | MASKED, user_code(load_sp), 0, 0);
    expect("SP alignment at EL0", LOWER, syndrome(0x26, 0), user_code(load_sp));
    attempt_at(EL0t | MASKED, user_code(push_sp), 0, 0);
    expect("SP alignment at EL0, write-back", LOWER, syndrome(0x26, 0), user_code(push_sp));
    check("SP after a refused push", user, read_register(sp_el0));
    attempt_at(EL0t | MASKED, user_code(load_sp_8), 0, 0);
    expect("SP alignment does not ask for the offset", LOWER, syndrome(0x26, 0), user_code(load_sp_8));
    write_register(sp_el0, own);
    attempt_at(EL1t | MASKED, (u64)load_sp, 0, 0);
    expect("SP alignment at EL1t", CURRENT_SP0, syndrome(0x26, 0), (u64)load_sp);
    attempt_at(EL1h | MASKED, (u64)misalign_and_load, 0, 0);
    expect("SP alignment at EL1h", CURRENT_SPX, syndrome(0x26, 0), (u64)misalign_and_load + 8);
    attempt_at(EL1h | MASKED, (u64)misalign_sp_only, 0, 0);
    expect_done("a misaligned SP that nobody uses", CURRENT_SPX);
    write_register(sctlr_el1, sctlr & ~(u64)(SA | SA0));
    isb();
    attempt_at(EL1t | MASKED, (u64)load_sp, 0, 0);
    expect_done("SCTLR_EL1.SA is 0", CURRENT_SP0);
    write_register(sp_el0, user);
    attempt_at(EL0t | MASKED, user_code(load_sp), 0, 0);
    expect_done("SCTLR_EL1.SA0 is 0", LOWER);
    write_register(sctlr_el1, sctlr);
    isb();
}

static void code_alignment(void)
{
    for (u64 low = 1; low < 4; low++) {
        scene(0, "PC[1:0]", low);
        run(jump, EL0t, user_code(do_svc) + low);
        expect_at("PC alignment at EL0", LOWER, syndrome(0x22, 0), user_code(do_svc) + low, user_code(do_svc) + low);
        run(call, EL1h, (u64)do_svc + low);
        expect_at("PC alignment at EL1", CURRENT_SPX, syndrome(0x22, 0), (u64)do_svc + low, (u64)do_svc + low);
        attempt_at(EL0t, user_code(do_svc) + low, 0, 0);
        expect_at("PC alignment after ERET", LOWER, syndrome(0x22, 0), user_code(do_svc) + low, user_code(do_svc) + low);
        if (qemu_lacks("PC alignment before an instruction abort")) continue;
        run(jump, EL0t, 0x100 + low);
        expect_at("PC alignment before an instruction abort", LOWER, syndrome(0x22, 0), 0x100 + low, 0x100 + low);
    }
    scene(0, 0, 0);
}

// D1.3.4: illegal returns, and PSTATE.IL brought along by a legal one.
static void illegal_state(void)
{
    static const u64 modes[] = { 1, 2, 3, 6, 7, 8, 9, 12, 13, 15 }; // EL0h, reserved ones, EL2, EL3
    u64 il = 1 << 20;
    for (u32 i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        scene(0, "SPSR_EL1.M", modes[i]);
        attempt_at(modes[i] | N | C | 0x280, (u64)flags_back, 0, 0);
        expect("illegal return", CURRENT_SPX, syndrome(0x0e, 0), (u64)flags_back);
        check("SPSR_EL1 after an illegal return", EL1h | N | C | 0x280 | il, taken()->spsr);
    }
    scene(0, 0, 0);
    attempt_at(EL0t | il | Z, user_code(flags_back), 0, 0);
    expect("PSTATE.IL at EL0", LOWER, syndrome(0x0e, 0), user_code(flags_back));
    check("SPSR_EL1 with IL", EL0t | il | Z, taken()->spsr);
    attempt_at(EL0t | il, user_code(flags_back) + 2, 0, 0);
    expect_at("PC alignment comes before IL", LOWER, syndrome(0x22, 0), user_code(flags_back) + 2, user_code(flags_back) + 2);
    attempt_at(EL0t | il, 0x4000, 0, 0);
    expect_at("an instruction abort comes before IL", LOWER, syndrome(0x20, 0x0d), 0x4000, 0x4000);
    run(flags_back, EL1h, 0);
    expect_done("PSTATE.IL is gone after the exception", CURRENT_SPX);
}

int main(void)
{
    generating();
    privileged();
    saved_state();
    floating_point();
    traps();
    if (!qemu_lacks("SP alignment")) stack_alignment();
    code_alignment();
    illegal_state();
    return 0;
}
