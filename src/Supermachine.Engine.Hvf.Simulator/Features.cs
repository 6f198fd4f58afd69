using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>hv_vcpu_config_get_feature_reg: what the engine's processor says of itself.</summary>
internal static unsafe class Features
{
    private static readonly Version Scalable = new(15, 2);

    public static ulong Read(hv_feature_reg_t register, Version system)
    {
        hv_sys_reg_t? found = register switch
        {
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64DFR0_EL1 => HV_SYS_REG_ID_AA64DFR0_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64DFR1_EL1 => HV_SYS_REG_ID_AA64DFR1_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64ISAR0_EL1 => HV_SYS_REG_ID_AA64ISAR0_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64ISAR1_EL1 => HV_SYS_REG_ID_AA64ISAR1_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64MMFR0_EL1 => HV_SYS_REG_ID_AA64MMFR0_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64MMFR1_EL1 => HV_SYS_REG_ID_AA64MMFR1_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64MMFR2_EL1 => HV_SYS_REG_ID_AA64MMFR2_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64PFR0_EL1 => HV_SYS_REG_ID_AA64PFR0_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64PFR1_EL1 => HV_SYS_REG_ID_AA64PFR1_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_CTR_EL0 => (hv_sys_reg_t)0xD801,
            hv_feature_reg_t.HV_FEATURE_REG_CLIDR_EL1 => (hv_sys_reg_t)0xC801,
            hv_feature_reg_t.HV_FEATURE_REG_DCZID_EL0 => (hv_sys_reg_t)0xD807,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64SMFR0_EL1 when system >= Scalable => HV_SYS_REG_ID_AA64SMFR0_EL1,
            hv_feature_reg_t.HV_FEATURE_REG_ID_AA64ZFR0_EL1 when system >= Scalable => HV_SYS_REG_ID_AA64ZFR0_EL1,
            _ => null,
        };
        if (found is not { } encoding) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.RegisterNumbers, $"macOS {system} has no hv_feature_reg_t {(uint)register}");
        if (register == hv_feature_reg_t.HV_FEATURE_REG_DCZID_EL0) return 4;
        return SystemRegisters.Find((uint)encoding)?.Constant ?? 0;
    }
}
