namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPConvert.</content>
internal static partial class FpMath
{
    /// <summary>FPConvert between precisions, rounding as FPCR says.</summary>
    public static ulong Convert<TFrom, TTo>(ulong op, ref FpContext fp)
        where TFrom : struct, IFpFormat where TTo : struct, IFpFormat => Convert<TFrom, TTo>(op, ref fp, fp.Rounding);

    /// <summary>FPConvert; FCVTXN rounds to odd.</summary>
    public static ulong Convert<TFrom, TTo>(ulong op, ref FpContext fp, FpRounding rounding)
        where TFrom : struct, IFpFormat where TTo : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<TFrom>(op, ref fp);
        // Alternative half precision has neither NaNs nor infinities to convert to.
        bool alternative = typeof(TTo) == typeof(Binary16) && (fp.Fpcr & FpContext.AHP) != 0;
        switch (a.Type)
        {
            case FpType.Zero:
                return FpFormat<TTo>.Zero(a.Sign);
            case FpType.Nonzero:
                return Round<TTo>(a.Sign, a.Exponent, a.Significand, ref fp, rounding);
            case FpType.Infinity:
                return alternative ? AlternativeOverflow<TTo>(a.Sign, ref fp) : FpFormat<TTo>.Infinity(a.Sign);
            default:
                if (a.Type == FpType.SNaN || alternative) fp.Raise(FpContext.IOC);
                if (alternative) return FpFormat<TTo>.Zero(a.Sign);
                return (fp.Fpcr & FpContext.DN) != 0 ? FpFormat<TTo>.DefaultNaN : ConvertNaN<TFrom, TTo>(op, a.Sign);
        }
    }

    // FPConvertNaN: quieted, the fraction aligned at its top.
    private static ulong ConvertNaN<TFrom, TTo>(ulong op, bool sign)
        where TFrom : struct, IFpFormat where TTo : struct, IFpFormat
    {
        int difference = TTo.FractionBits - TFrom.FractionBits;
        ulong fraction = op & FpFormat<TFrom>.FractionMask;
        fraction = difference >= 0 ? fraction << difference : fraction >> -difference;
        return FpFormat<TTo>.Zero(sign) | FpFormat<TTo>.DefaultNaN | fraction;
    }
}
