namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPProcessNaN, FPProcessNaNs, FPProcessNaNs3, FPNeg, FPAbs.</content>
internal static partial class FpMath
{
    /// <summary>FPNeg: the sign bit alone, NaNs as well.</summary>
    public static ulong Neg<T>(ulong op) where T : struct, IFpFormat => op ^ FpFormat<T>.SignMask;

    /// <summary>FPAbs: the sign bit alone, NaNs as well.</summary>
    public static ulong Abs<T>(ulong op) where T : struct, IFpFormat => op & ~FpFormat<T>.SignMask;

    /// <summary>What an invalid operation on numbers gives.</summary>
    private static ulong Invalid<T>(ref FpContext fp) where T : struct, IFpFormat
    {
        fp.Raise(FpContext.IOC);
        return FpFormat<T>.DefaultNaN;
    }

    private static ulong ProcessNaN<T>(FpType type, ulong op, ref FpContext fp) where T : struct, IFpFormat
    {
        if (type == FpType.SNaN) fp.Raise(FpContext.IOC);
        return (fp.Fpcr & FpContext.DN) != 0 ? FpFormat<T>.DefaultNaN : op | FpFormat<T>.QuietBit;
    }

    /// <summary>At least one operand is a NaN: the first signaling one wins, then the first quiet one.</summary>
    private static ulong ProcessNaNs<T>(FpType type1, FpType type2, ulong op1, ulong op2, ref FpContext fp)
        where T : struct, IFpFormat
    {
        if (type1 == FpType.SNaN) return ProcessNaN<T>(type1, op1, ref fp);
        if (type2 == FpType.SNaN) return ProcessNaN<T>(type2, op2, ref fp);
        return type1 == FpType.QNaN ? ProcessNaN<T>(type1, op1, ref fp) : ProcessNaN<T>(type2, op2, ref fp);
    }

    private static ulong ProcessNaNs3<T>(
        FpType type1, FpType type2, FpType type3, ulong op1, ulong op2, ulong op3, ref FpContext fp) where T : struct, IFpFormat
    {
        if (type1 == FpType.SNaN) return ProcessNaN<T>(type1, op1, ref fp);
        if (type2 == FpType.SNaN || type3 == FpType.SNaN) return ProcessNaNs<T>(type2, type3, op2, op3, ref fp);
        return type1 == FpType.QNaN ? ProcessNaN<T>(type1, op1, ref fp) : ProcessNaNs<T>(type2, type3, op2, op3, ref fp);
    }
}
