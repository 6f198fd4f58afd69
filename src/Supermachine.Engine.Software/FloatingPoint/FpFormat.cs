namespace Supermachine.Engine.Software.FloatingPoint;

/// <summary>An IEEE 754 interchange format; a struct, so that generic code is compiled once for each.</summary>
internal interface IFpFormat
{
    /// <summary>Bits of the fraction field (F in FPRound).</summary>
    static abstract int FractionBits { get; }

    /// <summary>Bits of the exponent field (E in FPRound).</summary>
    static abstract int ExponentBits { get; }
}

/// <summary>Half precision; it exists in conversions only (FEAT_FP16 is not implemented).</summary>
internal readonly struct Binary16 : IFpFormat
{
    public static int FractionBits => 10;

    public static int ExponentBits => 5;
}

/// <summary>Single precision.</summary>
internal readonly struct Binary32 : IFpFormat
{
    public static int FractionBits => 23;

    public static int ExponentBits => 8;
}

/// <summary>Double precision.</summary>
internal readonly struct Binary64 : IFpFormat
{
    public static int FractionBits => 52;

    public static int ExponentBits => 11;
}

/// <summary>What follows from a format: its masks and its special values.</summary>
internal static class FpFormat<T> where T : struct, IFpFormat
{
    public static int Width => 1 + T.ExponentBits + T.FractionBits;

    public static int ExponentMax => (1 << T.ExponentBits) - 1;

    public static int Bias => ExponentMax >> 1;

    /// <summary>minimum_exp in FPRound: the exponent of the smallest normal number.</summary>
    public static int MinimumExponent => 1 - Bias;

    public static ulong SignMask => 1UL << (Width - 1);

    public static ulong FractionMask => (1UL << T.FractionBits) - 1;

    public static ulong ExponentMask => (ulong)ExponentMax << T.FractionBits;

    public static ulong MagnitudeMask => SignMask - 1;

    /// <summary>The top bit of a NaN's fraction: set in a quiet one.</summary>
    public static ulong QuietBit => 1UL << (T.FractionBits - 1);

    public static ulong DefaultNaN => ExponentMask | QuietBit;

    public static ulong Zero(bool sign) => sign ? SignMask : 0;

    public static ulong Infinity(bool sign) => Zero(sign) | ExponentMask;

    public static ulong MaxNormal(bool sign) => Zero(sign) | (ExponentMask - 1);

    /// <summary>FPTwo, FPOnePointFive and the like: 2^exponent, or 1.5 * 2^exponent.</summary>
    public static ulong Constant(bool sign, int exponent, bool half = false) =>
        Zero(sign) | ((ulong)(Bias + exponent) << T.FractionBits) | (half ? QuietBit : 0);

    /// <summary>Neither zero, denormal, infinite nor NaN.</summary>
    public static bool IsNormal(ulong bits)
    {
        uint exponent = (uint)(bits >> T.FractionBits) & (uint)ExponentMax;
        return exponent - 1 < (uint)ExponentMax - 1;
    }

    /// <summary>Zero or normal: what the host's arithmetic takes without a flag or a mode having a say.</summary>
    public static bool IsPlain(ulong bits) => IsNormal(bits) || (bits & MagnitudeMask) == 0;

    /// <summary>
    /// Normal, and its magnitude above the smallest normal one: no rounding of a tiny value can have made it
    /// (tininess is detected before rounding).
    /// </summary>
    public static bool IsSafeResult(ulong bits)
    {
        ulong magnitude = bits & MagnitudeMask;
        return magnitude - ((1UL << T.FractionBits) + 1) < ExponentMask - ((1UL << T.FractionBits) + 1);
    }
}
