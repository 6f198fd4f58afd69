namespace Supermachine.Cli.SelfTest;

/// <summary>The guests of the self-test, a few instructions each, with the arguments in registers.</summary>
internal static class SelfTestProgram
{
    /// <summary>HVC #0 for ever.</summary>
    public static ReadOnlySpan<uint> Calls =>
    [
        0xd4000002, // hvc #0
        0x17ffffff, // b .-4
    ];

    /// <summary>Loads from a device at X2 for ever.</summary>
    public static ReadOnlySpan<uint> Loads =>
    [
        0xf9400041, // ldr x1, [x2]
        0x17ffffff, // b .-4
    ];

    /// <summary>X1 = frequency, X2 = virtual counter, HVC #1, for ever.</summary>
    public static ReadOnlySpan<uint> Counter =>
    [
        0xd53be001, // mrs x1, cntfrq_el0
        0xd5033fdf, // isb
        0xd53be042, // mrs x2, cntvct_el0
        0xd4000022, // hvc #1
        0x17fffffc, // b .-16
    ];

    /// <summary>
    /// Works X12 rounds on X1, V1 and the word at X2, HVC #3, for ever. X3 = virtual counter at the end.
    /// </summary>
    public static ReadOnlySpan<uint> Work =>
    [
        0xd2a0060d, // mov x13, #3 << 20        FPEN
        0xd518104d, // msr cpacr_el1, x13
        0xd5033fdf, // isb
        0xaa0c03ed, // mov x13, x12
        0xf940004e, // ldr x14, [x2]
        0x8b0e0021, // add x1, x1, x14
        0x9ac12c21, // ror x1, x1, x1
        0x4e080c20, // dup v0.2d, x1
        0x4ee08421, // add v1.2d, v1.2d, v0.2d
        0x9e66002e, // fmov x14, d1
        0xca0e0021, // eor x1, x1, x14
        0xf9000041, // str x1, [x2]
        0xf10005ad, // subs x13, x13, #1
        0x54fffee1, // b.ne .-36
        0xd5033fdf, // isb
        0xd53be043, // mrs x3, cntvct_el0
        0xd4000062, // hvc #3
        0x17fffff2, // b .-56
    ];

    /// <summary>
    /// Sleeps X12 ticks by the virtual timer, with the distributor at X10 and the redistributor at X11: X4 = due, X5 = awake, X6 = the
    /// INTID that was acknowledged, HVC #2.
    /// </summary>
    public static ReadOnlySpan<uint> Sleep =>
    [
        0xb9400141, // ldr w1, [x10]            GICD_CTLR
        0x321f0021, // orr w1, w1, #2           EnableGrp1
        0x321c0021, // orr w1, w1, #0x10        ARE
        0xb9000141, // str w1, [x10]
        0xb9401561, // ldr w1, [x11, #0x14]     GICR_WAKER
        0x121e7821, // bic w1, w1, #2           ProcessorSleep
        0xb9001561, // str w1, [x11, #0x14]
        0x9140416d, // add x13, x11, #0x10000
        0x12800001, // mov w1, #-1
        0xb90081a1, // str w1, [x13, #0x80]     GICR_IGROUPR0
        0x52a10001, // mov w1, #1 << 27
        0xb90101a1, // str w1, [x13, #0x100]    GICR_ISENABLER0
        0xd538cca1, // mrs x1, icc_sre_el1
        0xb2400021, // orr x1, x1, #1
        0xd518cca1, // msr icc_sre_el1, x1
        0xd5033fdf, // isb
        0xd2801fe1, // mov x1, #0xff
        0xd5184601, // msr icc_pmr_el1, x1
        0xd2800021, // mov x1, #1
        0xd518cce1, // msr icc_igrpen1_el1, x1
        0xd5033fdf, // isb
        0xd53be043, // mrs x3, cntvct_el0
        0x8b0c0064, // add x4, x3, x12
        0xd51be344, // msr cntv_cval_el0, x4
        0xd51be321, // msr cntv_ctl_el0, x1
        0xd5033fdf, // isb
        0xd503207f, // wfi
        0xd5033fdf, // isb
        0xd53be045, // mrs x5, cntvct_el0
        0xeb0400bf, // cmp x5, x4
        0x54ffff83, // b.lo .-16
        0xd538cc06, // mrs x6, icc_iar1_el1
        0x710ff0df, // cmp w6, #1020            1023: it is on its way still
        0x54ffffc2, // b.hs .-8
        0xd2800041, // mov x1, #2
        0xd51be321, // msr cntv_ctl_el0, x1
        0xd518cc26, // msr icc_eoir1_el1, x6
        0xd4000042, // hvc #2
        0x14000000, // b .
    ];
}
