using System.Numerics;

namespace Supermachine.Engine.Software.FloatingPoint;

/// <summary>FPType.</summary>
internal enum FpType
{
    Zero,
    Nonzero,
    Infinity,
    QNaN,
    SNaN,
}

/// <summary>
/// A number taken apart by FPUnpack: its magnitude is Significand / 2^63 * 2^Exponent, and bit 63 of the significand is set
/// when the type is <see cref="FpType.Nonzero"/>.
/// </summary>
internal readonly struct FpUnpacked(FpType type, bool sign, int exponent, ulong significand)
{
    public readonly FpType Type = type;
    public readonly bool Sign = sign;
    public readonly int Exponent = exponent;
    public readonly ulong Significand = significand;

    public bool IsNaN => Type >= FpType.QNaN;

    public bool IsZero => Type == FpType.Zero;

    public bool IsInfinity => Type == FpType.Infinity;

    /// <summary>FPUnpack of a single or double precision operand; raises IDC for an input flushed to zero.</summary>
    public static FpUnpacked From<T>(ulong bits, ref FpContext fp) where T : struct, IFpFormat
    {
        bool sign = (bits & FpFormat<T>.SignMask) != 0;
        int exponent = (int)(bits >> T.FractionBits) & FpFormat<T>.ExponentMax;
        ulong fraction = bits & FpFormat<T>.FractionMask;
        if (exponent == FpFormat<T>.ExponentMax && !IsAlternative<T>(fp)) return Special<T>(sign, fraction);
        if (exponent != 0)
            return new(FpType.Nonzero, sign, exponent - FpFormat<T>.Bias, (1UL << 63) | (fraction << (63 - T.FractionBits)));
        return fraction == 0 ? new(FpType.Zero, sign, 0, 0) : Denormal<T>(sign, fraction, ref fp);
    }

    private static bool IsAlternative<T>(in FpContext fp) => typeof(T) == typeof(Binary16) && (fp.Fpcr & FpContext.AHP) != 0;

    private static FpUnpacked Special<T>(bool sign, ulong fraction) where T : struct, IFpFormat
    {
        if (fraction == 0) return new(FpType.Infinity, sign, 0, 0);
        return new((fraction & FpFormat<T>.QuietBit) != 0 ? FpType.QNaN : FpType.SNaN, sign, 0, 0);
    }

    // FPCR.FZ says nothing about half precision: FPCR.FZ16 would, and comes with FEAT_FP16.
    private static FpUnpacked Denormal<T>(bool sign, ulong fraction, ref FpContext fp) where T : struct, IFpFormat
    {
        if ((fp.Fpcr & FpContext.FZ) != 0 && typeof(T) != typeof(Binary16))
        {
            fp.Raise(FpContext.IDC);
            return new(FpType.Zero, sign, 0, 0);
        }
        int shift = BitOperations.LeadingZeroCount(fraction);
        return new(FpType.Nonzero, sign, FpFormat<T>.MinimumExponent + 63 - T.FractionBits - shift, fraction << shift);
    }
}
