namespace Supermachine.Engine.Hvf;

/// <summary>Where a register of a captured vCPU is, and with that how it is read and written.</summary>
internal enum RegisterKind : byte
{
    /// <summary>hv_reg_t.</summary>
    General,

    /// <summary>hv_simd_fp_reg_t.</summary>
    Simd,

    /// <summary>hv_sys_reg_t.</summary>
    System,

    /// <summary>hv_sys_reg_t that says what the CPU is: compared, never written.</summary>
    Identity,

    /// <summary>hv_sys_reg_t of the generic timer, which has an order of its own.</summary>
    Timer,

    /// <summary>hv_gic_icc_reg_t.</summary>
    Interface,

    /// <summary>hv_gic_redistributor_reg_t.</summary>
    Redistributor,
}

/// <summary>A register of a captured vCPU.</summary>
/// <param name="Name">As the ARM ARM spells it.</param>
/// <param name="Kind">Where it is.</param>
/// <param name="Number">The framework's number for it.</param>
/// <param name="Kept">The bits that belong to the state: others are constant, or follow from elsewhere.</param>
internal sealed record RegisterEntry(string Name, RegisterKind Kind, uint Number, UInt128 Kept)
{
    private static readonly UInt128 Word = ulong.MaxValue;

    /// <summary>Not every macOS or Mac has it.</summary>
    public bool IsOptional { get; init; }

    public static RegisterEntry General(string name, hv_reg_t register) => new(name, RegisterKind.General, (uint)register, Word);

    public static RegisterEntry Simd(uint number) => new($"V{number}", RegisterKind.Simd, number, UInt128.MaxValue);

    /// <summary>A system register, by the constant's name.</summary>
    public static RegisterEntry Of(hv_sys_reg_t register, RegisterKind kind = RegisterKind.System, ulong kept = ulong.MaxValue) => new(
        register.ToString()["HV_SYS_REG_".Length..].Replace("KEYLO", "KeyLo", StringComparison.Ordinal).Replace("KEYHI", "KeyHi", StringComparison.Ordinal),
        kind,
        (uint)register,
        kept);

    /// <summary>One of the numbered registers that follow a first.</summary>
    public static RegisterEntry Numbered(hv_sys_reg_t first, uint number) => new(
        first.ToString()["HV_SYS_REG_".Length..].Replace("0_EL1", $"{number}_EL1", StringComparison.Ordinal),
        RegisterKind.System,
        (uint)first + (number * 8),
        Word);

    public static RegisterEntry Of(hv_gic_icc_reg_t register) => new($"ICC_{register.ToString()["HV_GIC_ICC_REG_".Length..]}", RegisterKind.Interface, (uint)register, Word);

    public static RegisterEntry Of(hv_gic_redistributor_reg_t register) =>
        new(register.ToString()["HV_GIC_REDISTRIBUTOR_REG_".Length..], RegisterKind.Redistributor, (uint)register, Word);
}
