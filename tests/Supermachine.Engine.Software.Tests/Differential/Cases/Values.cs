namespace Supermachine.Engine.Software.Differential;

/// <summary>Values at which instructions change their minds, and others.</summary>
internal static class Values
{
    private static readonly ulong[] Integers =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000,
        0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000,
        0x8000_0000_0000_0001, 0xFFFF_FFFF_8000_0000, 0xFFFF_FFFF_7FFF_FFFF, 0xFFFF_FFFF_0000_0000, 0x5555_5555_5555_5555,
        0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FF80, 0xFFFF_FFFF_FFFF_8000,
    ];

    // Zero, denormals, around 1, integers at the edges of 32 and 64 bits, near overflow, infinity, quiet and signalling NaNs.
    private static readonly ulong[] Doubles =
    [
        0, 1, 0x000F_FFFF_FFFF_FFFF, 0x0008_0000_0000_0000, 0x0010_0000_0000_0000, 0x0010_0000_0000_0001, 0x3FE0_0000_0000_0000,
        0x3FF0_0000_0000_0000, 0x3FEF_FFFF_FFFF_FFFF, 0x3FF0_0000_0000_0001, 0x3FF8_0000_0000_0000, 0x4004_0000_0000_0000,
        0x41DF_FFFF_FFC0_0000, 0x41E0_0000_0000_0000, 0x41EF_FFFF_FFE0_0000, 0x41EF_FFFF_FFF0_0000, 0x43DF_FFFF_FFFF_FFFF, 0x43E0_0000_0000_0000,
        0x43F0_0000_0000_0000, 0x7FE0_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF, 0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0000,
        0x7FF8_0000_0000_1234, 0x7FF0_0000_0000_0001, 0x7FF4_5678_9ABC_DEF0, 0x3810_0000_0000_0000, 0x3800_0000_0000_0000, 0x36A0_0000_0000_0000,
        0x47EF_FFFF_E000_0000, 0x47EF_FFFF_F000_0000, 0x3F10_0000_0000_0000, 0x40EF_FE00_0000_0000, 0x4340_0000_0000_0001,
    ];

    private static readonly uint[] Singles =
    [
        0, 1, 0x007F_FFFF, 0x0040_0000, 0x0080_0000, 0x0080_0001, 0x3F00_0000, 0x3F80_0000, 0x3F7F_FFFF, 0x3F80_0001, 0x3FC0_0000,
        0x4020_0000, 0x4B00_0001, 0x4EFF_FFFF, 0x4F00_0000, 0x4F7F_FFFF, 0x4F80_0000, 0x5EFF_FFFF, 0x5F00_0000, 0x5F80_0000, 0x7F00_0000,
        0x7F7F_FFFF, 0x7F80_0000, 0x7FC0_0000, 0x7FC0_1234, 0x7F80_0001, 0x7FA5_A5A5, 0x3880_0000, 0x3380_0000, 0x477F_E000, 0x477F_F000,
    ];

    // Exponent fields whose sums and differences are near the smallest normal number, near 1 and near overflow.
    private static readonly ushort[] DoubleExponents = [0, 1, 2, 3, 53, 54, 510, 511, 512, 513, 1022, 1023, 1024, 1533, 1534, 1535, 2044, 2045, 2046];

    private static readonly ushort[] SingleExponents = [0, 1, 2, 3, 24, 25, 62, 63, 64, 65, 126, 127, 128, 189, 190, 191, 252, 253, 254];

    private static readonly ushort[] Halves = [0, 1, 0x03FF, 0x0200, 0x0400, 0x3C00, 0x3BFF, 0x3E00, 0x7BFF, 0x7C00, 0x7E00, 0x7E12, 0x7C01, 0x7D55];

    private static readonly byte[] Bytes = [0, 1, 2, 3, 0x0F, 0x10, 0x3F, 0x40, 0x7E, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    /// <summary>A value of a general-purpose register.</summary>
    public static ulong Integer(ref Xorshift random) => random.Below(8) switch
    {
        <= 2 => random.Of<ulong>(Integers),
        3 => random.Of<ulong>(Integers) + random.Of<ulong>(Integers),
        4 => (ulong)(int)random.Next(),
        5 => random.Next() >> (int)random.Below(64),
        _ => random.Next(),
    };

    /// <summary>Half a V register: one double, two singles, four halves, eight bytes, or anything.</summary>
    public static ulong Vector(ref Xorshift random) => random.Below(16) switch
    {
        <= 4 => Double(ref random),
        <= 9 => Single(ref random) | (ulong)Single(ref random) << 32,
        10 or 11 => Half(ref random) | (ulong)Half(ref random) << 16 | (ulong)Half(ref random) << 32 | (ulong)Half(ref random) << 48,
        12 => EightBytes(ref random),
        13 => random.Of<ulong>(Integers),
        _ => random.Next(),
    };

    /// <summary>How many kinds of numbers <see cref="Arithmetic"/> knows, those of doubles first.</summary>
    public const uint ArithmeticKinds = 6;

    /// <summary>A double or two singles, never a NaN: near 1, whole, or at the ends of their range.</summary>
    public static ulong Arithmetic(uint kind, ref Xorshift random) => kind switch
    {
        0 => (random.Next() & 0x800F_FFFF_FFFF_FFFF) | (ulong)(1023 - 8 + random.Below(17)) << 52,
        1 => BitConverter.DoubleToUInt64Bits((int)random.Next() >> (int)random.Below(32)),
        2 => DoubleAtAnEnd(ref random),
        3 => (random.Next() & 0x807F_FFFF_807F_FFFF) | (ulong)(127 - 6 + random.Below(13)) << 23 | (ulong)(127 - 6 + random.Below(13)) << 55,
        4 => WholeSingle(ref random) | (ulong)WholeSingle(ref random) << 32,
        _ => SingleAtAnEnd(ref random) | (ulong)SingleAtAnEnd(ref random) << 32,
    };

    private static uint WholeSingle(ref Xorshift random) => BitConverter.SingleToUInt32Bits((int)random.Next() >> (int)(12 + random.Below(20)));

    private static ulong DoubleAtAnEnd(ref Xorshift random) =>
        (random.Next() & 1UL << 63) | (ulong)random.Of<ushort>(DoubleExponents) << 52 | Fraction(ref random) & 0x000F_FFFF_FFFF_FFFF;

    private static uint SingleAtAnEnd(ref Xorshift random) =>
        ((uint)random.Next() & 1u << 31) | (uint)random.Of<ushort>(SingleExponents) << 23 | (uint)Fraction(ref random) & 0x007F_FFFF;

    private static ulong Fraction(ref Xorshift random) => random.Below(4) switch
    {
        0 => random.Below(3),
        1 => ulong.MaxValue - random.Below(3),
        _ => random.Next(),
    };

    private static ulong Double(ref Xorshift random) => random.Below(4) switch
    {
        <= 1 => random.Of<ulong>(Doubles) | random.Next() & 1UL << 63,
        2 => (random.Next() & 0x800F_FFFF_FFFF_FFFF) | (ulong)(1023 - 60 + random.Below(130)) << 52,
        _ => random.Next(),
    };

    private static uint Single(ref Xorshift random) => random.Below(4) switch
    {
        <= 1 => random.Of<uint>(Singles) | (uint)random.Next() & 1u << 31,
        2 => ((uint)random.Next() & 0x807F_FFFF) | (127 - 30 + random.Below(66)) << 23,
        _ => (uint)random.Next(),
    };

    private static ushort Half(ref Xorshift random) =>
        random.OneIn(2) ? (ushort)(random.Of<ushort>(Halves) | random.Next() & 0x8000) : (ushort)random.Next();

    private static ulong EightBytes(ref Xorshift random)
    {
        ulong value = 0;
        for (int i = 0; i < 8; i++) value = value << 8 | random.Of<byte>(Bytes);
        return value;
    }
}
