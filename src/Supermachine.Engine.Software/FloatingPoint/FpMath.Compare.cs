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
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        if (Unordered(a, b, signalNaNs, ref fp)) return NzcvUnordered;
        int order = Key<T>(op1, a).CompareTo(Key<T>(op2, b));
        return order < 0 ? NzcvLess : order == 0 ? NzcvEqual : NzcvGreater;
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

    // Orders as the numbers do; both zeros, and what was flushed to one, are equal.
    private static long Key<T>(ulong op, in FpUnpacked value) where T : struct, IFpFormat
    {
        long magnitude = value.IsZero ? 0 : (long)(op & FpFormat<T>.MagnitudeMask);
        return value.Sign ? -magnitude : magnitude;
    }
}
