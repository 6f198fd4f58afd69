namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPCompare, FPCompareEQ, FPCompareGE, FPCompareGT.</content>
internal static partial class FpMath
{
    private const uint NzcvLess = 0b1000;
    private const uint NzcvEqual = 0b0110;
    private const uint NzcvGreater = 0b0010;
    private const uint NzcvUnordered = 0b0011;

    /// <summary>FPCompare: N, Z, C and V in bits 3 to 0.</summary>
    public static uint Compare<T>(ulong op1, ulong op2, bool signalNaNs, ref FpContext fp) where T : struct, IFpFormat
    {
        if (FpFormat<T>.IsPlain(op1) && FpFormat<T>.IsPlain(op2)) return Order(Key<T>(op1), Key<T>(op2));
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        return Unordered(a, b, signalNaNs, ref fp) ? NzcvUnordered : Order(Key<T>(op1, a), Key<T>(op2, b));
    }

    /// <summary>FPCompareEQ: quiet NaNs are merely unequal.</summary>
    public static bool CompareEQ<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        Compare<T>(op1, op2, signalNaNs: false, ref fp) == NzcvEqual;

    /// <summary>FPCompareGE.</summary>
    public static bool CompareGE<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        Compare<T>(op1, op2, signalNaNs: true, ref fp) is NzcvEqual or NzcvGreater;

    /// <summary>FPCompareGT.</summary>
    public static bool CompareGT<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        Compare<T>(op1, op2, signalNaNs: true, ref fp) == NzcvGreater;

    private static bool Unordered(in FpUnpacked a, in FpUnpacked b, bool signalNaNs, ref FpContext fp)
    {
        if (!a.IsNaN && !b.IsNaN) return false;
        if (signalNaNs || a.Type == FpType.SNaN || b.Type == FpType.SNaN) fp.Raise(FpContext.IOC);
        return true;
    }

    private static uint Order(long key1, long key2) => key1 < key2 ? NzcvLess : key1 == key2 ? NzcvEqual : NzcvGreater;

    // Orders as the numbers do; both zeros are equal.
    private static long Key<T>(ulong op) where T : struct, IFpFormat
    {
        long magnitude = (long)(op & FpFormat<T>.MagnitudeMask);
        return (op & FpFormat<T>.SignMask) != 0 ? -magnitude : magnitude;
    }

    // What was flushed to zero is equal to it.
    private static long Key<T>(ulong op, in FpUnpacked value) where T : struct, IFpFormat => value.IsZero ? 0 : Key<T>(op);
}
