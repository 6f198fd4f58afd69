namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPRecipEstimate, FPRSqrtEstimate, FPRecpX, UnsignedRecipEstimate, UnsignedRSqrtEstimate.</content>
internal static partial class FpMath
{
    /// <summary>FPRecipEstimate (FRECPE).</summary>
    public static ulong RecipEstimate<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op, ref fp);
        if (a.IsNaN) return ProcessNaN<T>(a.Type, op, ref fp);
        if (a.IsInfinity) return FpFormat<T>.Zero(a.Sign);
        if (a.IsZero)
        {
            fp.Raise(FpContext.DZC);
            return FpFormat<T>.Infinity(a.Sign);
        }
        if (a.Exponent < -FpFormat<T>.Bias - 1) return Overflow<T>(a.Sign, ref fp, fp.Rounding);
        if (a.Exponent >= FpFormat<T>.Bias - 1 && (fp.Fpcr & FpContext.FZ) != 0) return FlushResult<T>(a.Sign, ref fp);
        ulong estimate = RecipEstimate((uint)(a.Significand >> 55));
        // The estimate is 1.f in nine bits of the reciprocal's significand: 2^-1 of it for a significand of one and up.
        int biased = FpFormat<T>.Bias - 1 - a.Exponent;
        ulong fraction = (estimate & 0xFF) << (T.FractionBits - 8);
        if (biased <= 0)
        {
            fraction = (fraction | (1UL << T.FractionBits)) >> (1 - biased);
            biased = 0;
        }
        return FpFormat<T>.Zero(a.Sign) | ((ulong)biased << T.FractionBits) | fraction;
    }

    /// <summary>FPRSqrtEstimate (FRSQRTE).</summary>
    public static ulong RSqrtEstimate<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op, ref fp);
        if (a.IsNaN) return ProcessNaN<T>(a.Type, op, ref fp);
        if (a.IsZero)
        {
            fp.Raise(FpContext.DZC);
            return FpFormat<T>.Infinity(a.Sign);
        }
        if (a.Sign) return Invalid<T>(ref fp);
        if (a.IsInfinity) return FpFormat<T>.Zero(false);
        int exponent = a.Exponent + FpFormat<T>.Bias;
        uint scaled = (uint)(a.Significand >> 55);
        ulong estimate = RecipSqrtEstimate((exponent & 1) == 0 ? scaled : scaled >> 1);
        int biased = ((3 * FpFormat<T>.Bias) - 1 - exponent) / 2;
        return ((ulong)biased << T.FractionBits) | ((estimate & 0xFF) << (T.FractionBits - 8));
    }

    /// <summary>FPRecpX (FRECPX): the exponent inverted.</summary>
    public static ulong RecpX<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op, ref fp);
        if (a.IsNaN) return ProcessNaN<T>(a.Type, op, ref fp);
        ulong exponent = op & FpFormat<T>.ExponentMask;
        if (exponent == 0) return FpFormat<T>.Zero(a.Sign) | (FpFormat<T>.ExponentMask - (1UL << T.FractionBits));
        return FpFormat<T>.Zero(a.Sign) | (exponent ^ FpFormat<T>.ExponentMask);
    }

    /// <summary>UnsignedRecipEstimate (URECPE).</summary>
    public static uint UnsignedRecipEstimate(uint op) => op >> 31 == 0 ? uint.MaxValue : RecipEstimate(op >> 23) << 23;

    /// <summary>UnsignedRSqrtEstimate (URSQRTE).</summary>
    public static uint UnsignedRSqrtEstimate(uint op) => op >> 30 == 0 ? uint.MaxValue : RecipSqrtEstimate(op >> 23) << 23;

    // RecipEstimate: 256 <= a < 512 stands for 0.5 <= x < 1; the result, of the same range, for 1 <= 1/x < 2.
    private static uint RecipEstimate(uint a)
    {
        uint b = (1u << 19) / ((a * 2) + 1);
        return (b + 1) / 2;
    }

    // RecipSqrtEstimate: 128 <= a < 512 stands for 0.25 <= x < 1. The pseudocode counts b up while a * (b + 1)^2 < 2^28;
    // no a * b^2 is so near to 2^28 that the host's root could be taken for the wrong side of it.
    private static uint RecipSqrtEstimate(uint a)
    {
        a = a < 256 ? (a * 2) + 1 : (a | 1) * 2;
        uint b = (uint)Math.Sqrt(((1u << 28) - 1) / (double)a);
        return (b + 1) / 2;
    }
}
