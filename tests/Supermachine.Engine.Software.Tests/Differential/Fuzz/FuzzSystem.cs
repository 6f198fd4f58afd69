namespace Supermachine.Engine.Software.Differential;

/// <summary>Draws system instructions, barriers and hints for a sequence.</summary>
// SAFETY: unsafe only to see whether a register has a function to read it.
internal static unsafe class FuzzSystem
{
    private const uint Mrs = 0xD530_0000, Msr = 0xD510_0000, Clrex = 0xD503_305F, Dsb = 0xD503_309F, Dmb = 0xD503_30BF, Isb = 0xD503_30DF;

    private static readonly uint Nzcv = Of("NZCV");

    /// <summary>What EL0 and qemu-aarch64 have as well.</summary>
    private static readonly uint[] UserRegisters = [Nzcv, Nzcv, Of("FPCR"), Of("FPSR")];

    /// <summary>Nothing that tells the time, and not the GIC.</summary>
    private static readonly uint[] Readable =
    [
        .. SystemRegisters.All.Where(register => register.Field is not null || register.Constant is not null || register.Read != null)
            .Where(register => !register.Name.StartsWith("CNT", StringComparison.Ordinal) && !register.Name.StartsWith("ICC_", StringComparison.Ordinal))
            .Select(register => register.Encoding),
    ];

    /// <summary>Nothing that takes the ground from under the sequence.</summary>
    private static readonly uint[] Writable =
    [
        .. UserRegisters, Of("SP_EL0"), Of("SP_EL0"), Of("ELR_EL1"), Of("SPSR_EL1"), Of("ESR_EL1"), Of("FAR_EL1"), Of("PAR_EL1"), Of("TPIDR_EL0"),
        Of("TPIDRRO_EL0"), Of("TPIDR_EL1"), Of("CONTEXTIDR_EL1"), Of("DAIF"), Of("SPSel"), Of("CPACR_EL1"), Of("MDSCR_EL1"), Of("ACTLR_EL1"),
    ];

    /// <summary>SYS by op1, CRn, CRm, op2: DC ZVA, IVAC, CVAC, CIVAC, ISW; IC IALLU, IVAU; AT S1E1R, S1E1W, S1E0R, S1E0W; TLBI VMALLE1, VAE1, VAAE1IS.</summary>
    private static readonly uint[] Operations =
    [
        0xD50B_7420, 0xD50B_7420, 0xD50B_7420, 0xD508_7620, 0xD50B_7A20, 0xD50B_7E20, 0xD508_7640, 0xD508_7500, 0xD50B_7520,
        0xD508_7800, 0xD508_7820, 0xD508_7840, 0xD508_7860, 0xD508_8700, 0xD508_8720, 0xD508_8360,
    ];

    public static uint Draw(FuzzMode mode, FuzzRoles roles, ref Xorshift random)
    {
        uint t = random.OneIn(12) ? 31 : roles.Free(ref random), options = random.Below(16) << 8;
        bool kernel = mode == FuzzMode.Kernel;
        return random.Below(kernel ? 16u : 9u) switch
        {
            0 => A64.Nop,
            1 => Dmb | options,
            2 => Dsb | options,
            3 => Isb | options,
            4 => Clrex | options,
            5 or 6 => Read(random.Of<uint>(UserRegisters), t),
            7 => Write(Nzcv, t), // QEMU keeps bits of FPCR and FPSR that only AArch32 has
            8 => A64.Nop | random.Below(2) << 5, // NOP, YIELD
            9 or 10 => Read(random.Of<uint>(Readable), t),
            11 or 12 => Write(random.Of<uint>(Writable), t),
            13 => Immediate(ref random),
            14 when random.OneIn(8) => 0xD400_0001 | random.Below(0x1_0000) << 5, // SVC
            _ => random.Of<uint>(Operations) | (random.OneIn(4) ? roles.Base(random.Below(FuzzRoles.BaseCount)) : roles.Constant),
        };
    }

    private static uint Of(string name) => SystemRegisters.All.Single(register => register.Name == name).Encoding;

    private static uint Read(uint encoding, uint t) => Mrs | (encoding << 5 & 0x0F_FFE0) | t;

    private static uint Write(uint encoding, uint t) => Msr | (encoding << 5 & 0x0F_FFE0) | t;

    /// <summary>MSR DAIFSet, DAIFClr, SPSel.</summary>
    private static uint Immediate(ref Xorshift random) => random.Below(5) switch
    {
        <= 1 => 0xD503_40DF | random.Below(16) << 8,
        <= 3 => 0xD503_40FF | random.Below(16) << 8,
        _ => 0xD500_40BF | random.Below(2) << 8,
    };
}
