using System.Collections.Frozen;
using static Supermachine.Engine.Hvf.hv_gic_icc_reg_t;
using static Supermachine.Engine.Hvf.hv_gic_redistributor_reg_t;
using static Supermachine.Engine.Hvf.RegisterKind;

namespace Supermachine.Engine.Hvf;

/// <summary>The registers of a captured vCPU, in the order in which they are captured; what this Mac and this macOS have of them.</summary>
internal sealed class RegisterSet
{
    /// <summary>ENABLE and IMASK of a timer's CTL. ISTATUS follows from the counter.</summary>
    private const ulong TimerControl = 3;

    /// <summary>ACTLR_EL1.EnTSO, the only bit that the framework takes.</summary>
    private const ulong EnTSO = 2;

    private RegisterSet(IReadOnlyList<RegisterEntry> all)
    {
        All = all;
        ByName = all.ToFrozenDictionary(register => register.Name, StringComparer.Ordinal);
    }

    /// <summary>The registers, without the redistributor's.</summary>
    public IReadOnlyList<RegisterEntry> All { get; }

    public FrozenDictionary<string, RegisterEntry> ByName { get; }

    /// <summary>The redistributor's registers that hold state, in the order in which they are written.</summary>
    public static IReadOnlyList<RegisterEntry> Redistributor { get; } =
    [
        RegisterEntry.Of(HV_GIC_REDISTRIBUTOR_REG_GICR_IGROUPR0),
        RegisterEntry.Of(HV_GIC_REDISTRIBUTOR_REG_GICR_ICFGR1),
        .. Enumerable.Range(0, 8).Select(n => new RegisterEntry($"GICR_IPRIORITYR{n}", RegisterKind.Redistributor, (uint)HV_GIC_REDISTRIBUTOR_REG_GICR_IPRIORITYR0 + (4 * (uint)n), ulong.MaxValue)),
        RegisterEntry.Of(HV_GIC_REDISTRIBUTOR_REG_GICR_ISPENDR0),
        RegisterEntry.Of(HV_GIC_REDISTRIBUTOR_REG_GICR_ISACTIVER0),
        RegisterEntry.Of(HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0),
    ];

    /// <summary>Whether PSTATE, in the layout of SPSR_EL1, describes AArch64 at EL0t, EL1t or EL1h.</summary>
    public static bool IsLegalPstate(UInt128 pstate) => pstate <= uint.MaxValue && ((uint)pstate & 0x1f) is 0 or 4 or 5;

    /// <summary>What a vCPU has.</summary>
    public static RegisterSet Of(VcpuHandle vcpu) => new([.. Everything(vcpu).Where(register => !register.IsOptional || Has(vcpu, register))]);

    private static IEnumerable<RegisterEntry> Everything(VcpuHandle vcpu) =>
    [
        .. Enumerable.Range(0, 31).Select(n => RegisterEntry.General($"X{n}", HV_REG_X0 + (uint)n)),
        RegisterEntry.General("PC", HV_REG_PC),
        RegisterEntry.General("PSTATE", HV_REG_CPSR),
        RegisterEntry.General("FPCR", HV_REG_FPCR),
        RegisterEntry.General("FPSR", HV_REG_FPSR),
        .. Enumerable.Range(0, 32).Select(n => RegisterEntry.Simd((uint)n)),
        .. Identities().Select(register => RegisterEntry.Of(register, Identity)),
        .. System().Select(register => RegisterEntry.Of(register)),
        RegisterEntry.Of(HV_SYS_REG_ACTLR_EL1, kept: EnTSO) with { IsOptional = true },
        .. Late().Select(register => RegisterEntry.Of(register) with { IsOptional = true }),
        .. Debug(vcpu[HV_SYS_REG_ID_AA64DFR0_EL1]),
        .. InterfaceRegisters(),
        .. Priorities((uint)(vcpu[HV_GIC_ICC_REG_CTLR_EL1] >> 8 & 7) + 1),
        RegisterEntry.Of(HV_SYS_REG_CNTKCTL_EL1, RegisterKind.Timer),
        RegisterEntry.Of(HV_SYS_REG_CNTP_CTL_EL0, RegisterKind.Timer, TimerControl),
        RegisterEntry.Of(HV_SYS_REG_CNTP_CVAL_EL0, RegisterKind.Timer),
        RegisterEntry.Of(HV_SYS_REG_CNTV_CTL_EL0, RegisterKind.Timer, TimerControl),
        RegisterEntry.Of(HV_SYS_REG_CNTV_CVAL_EL0, RegisterKind.Timer),
    ];

    private static IEnumerable<hv_sys_reg_t> Identities() =>
    [
        HV_SYS_REG_MPIDR_EL1, HV_SYS_REG_MIDR_EL1, HV_SYS_REG_ID_AA64PFR0_EL1, HV_SYS_REG_ID_AA64PFR1_EL1, HV_SYS_REG_ID_AA64DFR0_EL1, HV_SYS_REG_ID_AA64DFR1_EL1,
        HV_SYS_REG_ID_AA64ISAR0_EL1, HV_SYS_REG_ID_AA64ISAR1_EL1, HV_SYS_REG_ID_AA64MMFR0_EL1, HV_SYS_REG_ID_AA64MMFR1_EL1, HV_SYS_REG_ID_AA64MMFR2_EL1,
    ];

    private static IEnumerable<hv_sys_reg_t> System() =>
    [
        HV_SYS_REG_SCTLR_EL1, HV_SYS_REG_CPACR_EL1, HV_SYS_REG_TTBR0_EL1, HV_SYS_REG_TTBR1_EL1, HV_SYS_REG_TCR_EL1, HV_SYS_REG_MAIR_EL1, HV_SYS_REG_AMAIR_EL1, HV_SYS_REG_VBAR_EL1,
        HV_SYS_REG_SPSR_EL1, HV_SYS_REG_ELR_EL1, HV_SYS_REG_SP_EL0, HV_SYS_REG_SP_EL1, HV_SYS_REG_ESR_EL1, HV_SYS_REG_FAR_EL1, HV_SYS_REG_AFSR0_EL1, HV_SYS_REG_AFSR1_EL1, HV_SYS_REG_PAR_EL1,
        HV_SYS_REG_CONTEXTIDR_EL1, HV_SYS_REG_TPIDR_EL0, HV_SYS_REG_TPIDR_EL1, HV_SYS_REG_TPIDRRO_EL0, HV_SYS_REG_CSSELR_EL1, HV_SYS_REG_MDSCR_EL1, HV_SYS_REG_MDCCINT_EL1,
        HV_SYS_REG_APIAKEYLO_EL1, HV_SYS_REG_APIAKEYHI_EL1, HV_SYS_REG_APIBKEYLO_EL1, HV_SYS_REG_APIBKEYHI_EL1, HV_SYS_REG_APDAKEYLO_EL1,
        HV_SYS_REG_APDAKEYHI_EL1, HV_SYS_REG_APDBKEYLO_EL1, HV_SYS_REG_APDBKEYHI_EL1, HV_SYS_REG_APGAKEYLO_EL1, HV_SYS_REG_APGAKEYHI_EL1,
    ];

    /// <summary>Came with macOS 15.2.</summary>
    private static IEnumerable<hv_sys_reg_t> Late() => [HV_SYS_REG_SCXTNUM_EL0, HV_SYS_REG_SCXTNUM_EL1, HV_SYS_REG_TPIDR2_EL0];

    // In the order in which they are written. RPR follows from the active priorities.
    private static IEnumerable<RegisterEntry> InterfaceRegisters() =>
        new[]
        {
            HV_GIC_ICC_REG_PMR_EL1, HV_GIC_ICC_REG_BPR0_EL1, HV_GIC_ICC_REG_AP0R0_EL1, HV_GIC_ICC_REG_AP1R0_EL1, HV_GIC_ICC_REG_BPR1_EL1,
            HV_GIC_ICC_REG_CTLR_EL1, HV_GIC_ICC_REG_SRE_EL1, HV_GIC_ICC_REG_IGRPEN0_EL1, HV_GIC_ICC_REG_IGRPEN1_EL1,
        }.Select(RegisterEntry.Of);

    /// <summary>ICC_AP0Rn and ICC_AP1Rn beyond the first, which the header does not name: 32 priorities each.</summary>
    private static IEnumerable<RegisterEntry> Priorities(uint bits)
    {
        for (uint n = 1; bits >= 6 && n < (bits >= 7 ? 4u : 2u); n++)
        {
            yield return new RegisterEntry($"ICC_AP0R{n}_EL1", Interface, (uint)HV_GIC_ICC_REG_AP0R0_EL1 + n, ulong.MaxValue) { IsOptional = true };
            yield return new RegisterEntry($"ICC_AP1R{n}_EL1", Interface, (uint)HV_GIC_ICC_REG_AP1R0_EL1 + n, ulong.MaxValue) { IsOptional = true };
        }
    }

    /// <summary>As many breakpoints and watchpoints as ID_AA64DFR0_EL1 announces.</summary>
    private static IEnumerable<RegisterEntry> Debug(ulong dfr0)
    {
        for (uint n = 0; n <= (dfr0 >> 12 & 15); n++)
        {
            yield return RegisterEntry.Numbered(HV_SYS_REG_DBGBVR0_EL1, n);
            yield return RegisterEntry.Numbered(HV_SYS_REG_DBGBCR0_EL1, n);
        }

        for (uint n = 0; n <= (dfr0 >> 20 & 15); n++)
        {
            yield return RegisterEntry.Numbered(HV_SYS_REG_DBGWVR0_EL1, n);
            yield return RegisterEntry.Numbered(HV_SYS_REG_DBGWCR0_EL1, n);
        }
    }

    private static bool Has(VcpuHandle vcpu, RegisterEntry register) => register.Kind == Interface
        ? vcpu.TryGet((hv_gic_icc_reg_t)register.Number, out _)
        : vcpu.TryGet((hv_sys_reg_t)register.Number, out _);
}
