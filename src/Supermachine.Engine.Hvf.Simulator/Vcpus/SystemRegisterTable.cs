using System.Collections.Frozen;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>The system registers that hv_vcpu_get_sys_reg and hv_vcpu_set_sys_reg know, and since when.</summary>
internal static class SystemRegisterTable
{
    private static readonly Version First = new(11, 0), Gic = new(15, 0), Scalable = new(15, 2);

    private static readonly FrozenDictionary<ushort, Version> Since = Build();

    /// <summary>All of them, whatever the macOS.</summary>
    public static IEnumerable<hv_sys_reg_t> All => Since.Keys.Order().Select(encoding => (hv_sys_reg_t)encoding);

    /// <summary>The macOS that a register came with; null for one that there never was.</summary>
    public static Version? IntroducedWith(uint encoding) => encoding <= ushort.MaxValue ? Since.GetValueOrDefault((ushort)encoding) : null;

    /// <summary>Whether a register is there only in a VM with EL2: those with op1 = 4 and SP_EL2.</summary>
    public static bool IsOfEl2(hv_sys_reg_t register) => register != HV_SYS_REG_SP_EL1 && ((ushort)register >> 11 & 7) is 4 or 6;

    /// <summary>Whether a register belongs to SME, which the simulated processor lacks.</summary>
    public static bool IsOfSme(hv_sys_reg_t register) => register is HV_SYS_REG_SMPRI_EL1 or HV_SYS_REG_SMCR_EL1 or HV_SYS_REG_TPIDR2_EL0;

    /// <summary>Whether a register is one of the physical timer's, which need the GIC.</summary>
    public static bool IsOfPhysicalTimer(hv_sys_reg_t register) => register is HV_SYS_REG_CNTP_TVAL_EL0 or HV_SYS_REG_CNTP_CTL_EL0 or HV_SYS_REG_CNTP_CVAL_EL0;

    private static FrozenDictionary<ushort, Version> Build()
    {
        Dictionary<ushort, Version> since = Enum.GetValues<hv_sys_reg_t>().ToDictionary(register => (ushort)register, Introduced);
        for (ushort i = 0; i < 16; i++)
        {
            foreach (hv_sys_reg_t first in (ReadOnlySpan<hv_sys_reg_t>)[HV_SYS_REG_DBGBVR0_EL1, HV_SYS_REG_DBGBCR0_EL1, HV_SYS_REG_DBGWVR0_EL1, HV_SYS_REG_DBGWCR0_EL1])
                since[(ushort)((ushort)first + 8 * i)] = First;
        }

        return since.ToFrozenDictionary();
    }

    private static Version Introduced(hv_sys_reg_t register) => register switch
    {
        HV_SYS_REG_ID_AA64ZFR0_EL1 or HV_SYS_REG_ID_AA64SMFR0_EL1 or HV_SYS_REG_SCXTNUM_EL1 or HV_SYS_REG_SCXTNUM_EL0 => Scalable,
        HV_SYS_REG_ACTLR_EL1 => Gic,
        _ when IsOfSme(register) => Scalable,
        _ when IsOfPhysicalTimer(register) || IsOfEl2(register) => Gic,
        _ => First,
    };
}
