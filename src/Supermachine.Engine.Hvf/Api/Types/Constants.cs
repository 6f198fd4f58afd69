namespace Supermachine.Engine.Hvf;

/// <summary>What a guest may do with mapped memory.</summary>
[Flags]
internal enum hv_memory_flags_t : ulong
{
    HV_MEMORY_READ = 1,
    HV_MEMORY_WRITE = 2,
    HV_MEMORY_EXEC = 4,
}

/// <summary>How hv_vm_allocate allocates; there is one way.</summary>
internal enum hv_allocate_flags_t : ulong
{
    HV_ALLOCATE_DEFAULT = 0,
}

/// <summary>The page size of stage 2. macOS 26.0.</summary>
internal enum hv_ipa_granule_t : uint
{
    HV_IPA_GRANULE_4KB = 0,
    HV_IPA_GRANULE_16KB = 1,
}

/// <summary>Why hv_vcpu_run returned.</summary>
internal enum hv_exit_reason_t : uint
{
    HV_EXIT_REASON_CANCELED = 0,
    HV_EXIT_REASON_EXCEPTION = 1,
    HV_EXIT_REASON_VTIMER_ACTIVATED = 2,
    HV_EXIT_REASON_UNKNOWN = 3,
}

/// <summary>General registers; X1 to X30 follow X0. 31 is the PC, never XZR; the stack pointers are system registers.</summary>
internal enum hv_reg_t : uint
{
    HV_REG_X0 = 0,
    HV_REG_FP = 29,
    HV_REG_LR = 30,
    HV_REG_PC = 31,
    HV_REG_FPCR = 32,
    HV_REG_FPSR = 33,
    HV_REG_CPSR = 34,
}

/// <summary>SIMD registers; Q1 to Q31 follow Q0.</summary>
internal enum hv_simd_fp_reg_t : uint
{
    HV_SIMD_FP_REG_Q0 = 0,
}

/// <summary>SME vector registers; Z1 to Z31 follow.</summary>
internal enum hv_sme_z_reg_t : uint
{
    HV_SME_Z_REG_0 = 0,
}

/// <summary>SME predicate registers; P1 to P15 follow.</summary>
internal enum hv_sme_p_reg_t : uint
{
    HV_SME_P_REG_0 = 0,
}

/// <summary>The interrupt inputs of a vCPU.</summary>
internal enum hv_interrupt_type_t : uint
{
    HV_INTERRUPT_TYPE_IRQ = 0,
    HV_INTERRUPT_TYPE_FIQ = 1,
}

/// <summary>The caches whose geometry can be asked for.</summary>
internal enum hv_cache_type_t : uint
{
    HV_CACHE_TYPE_DATA = 0,
    HV_CACHE_TYPE_INSTRUCTION = 1,
}

/// <summary>Identification registers of a configuration, in an order of Apple's.</summary>
internal enum hv_feature_reg_t : uint
{
    HV_FEATURE_REG_ID_AA64DFR0_EL1 = 0,
    HV_FEATURE_REG_ID_AA64DFR1_EL1 = 1,
    HV_FEATURE_REG_ID_AA64ISAR0_EL1 = 2,
    HV_FEATURE_REG_ID_AA64ISAR1_EL1 = 3,
    HV_FEATURE_REG_ID_AA64MMFR0_EL1 = 4,
    HV_FEATURE_REG_ID_AA64MMFR1_EL1 = 5,
    HV_FEATURE_REG_ID_AA64MMFR2_EL1 = 6,
    HV_FEATURE_REG_ID_AA64PFR0_EL1 = 7,
    HV_FEATURE_REG_ID_AA64PFR1_EL1 = 8,
    HV_FEATURE_REG_CTR_EL0 = 9,
    HV_FEATURE_REG_CLIDR_EL1 = 10,
    HV_FEATURE_REG_DCZID_EL0 = 11,
    HV_FEATURE_REG_ID_AA64SMFR0_EL1 = 12,
    HV_FEATURE_REG_ID_AA64ZFR0_EL1 = 13,
}
