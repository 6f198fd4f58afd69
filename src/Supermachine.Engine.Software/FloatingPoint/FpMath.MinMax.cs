namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPMax, FPMin, FPMaxNum, FPMinNum.</content>
internal static partial class FpMath
{
    /// <summary>FPMax: a NaN operand wins; the zero is positive if one of two is.</summary>
    public static ulong Max<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        Select<T>(op1, op2, greatest: true, ref fp);

    /// <summary>FPMin: a NaN operand wins; the zero is negative if one of two is.</summary>
    public static ulong Min<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        Select<T>(op1, op2, greatest: false, ref fp);

    /// <summary>FPMaxNum: a number wins over a quiet NaN.</summary>
    public static ulong MaxNum<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        ReplaceNaN<T>(ref op1, ref op2, FpFormat<T>.Infinity(true));
        return Select<T>(op1, op2, greatest: true, ref fp);
    }

    /// <summary>FPMinNum: a number wins over a quiet NaN.</summary>
    public static ulong MinNum<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        ReplaceNaN<T>(ref op1, ref op2, FpFormat<T>.Infinity(false));
        return Select<T>(op1, op2, greatest: false, ref fp);
    }

    private static ulong Select<T>(ulong op1, ulong op2, bool greatest, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        if (a.IsNaN || b.IsNaN) return ProcessNaNs<T>(a.Type, b.Type, op1, op2, ref fp);
        if (a.IsZero && b.IsZero) return FpFormat<T>.Zero(greatest ? a.Sign && b.Sign : a.Sign || b.Sign);
        bool first = Key<T>(op1, a) > Key<T>(op2, b) == greatest;
        if (first ? a.IsZero : b.IsZero) return FpFormat<T>.Zero(first ? a.Sign : b.Sign);
        return first ? op1 : op2;
    }

    // A quiet NaN beside anything else but another quiet NaN.
    private static void ReplaceNaN<T>(ref ulong op1, ref ulong op2, ulong replacement) where T : struct, IFpFormat
    {
        bool quiet1 = IsQuietNaN<T>(op1), quiet2 = IsQuietNaN<T>(op2);
        if (quiet1 && !quiet2) op1 = replacement;
        if (quiet2 && !quiet1) op2 = replacement;
    }

    private static bool IsQuietNaN<T>(ulong op) where T : struct, IFpFormat =>
        (op & FpFormat<T>.MagnitudeMask) >= FpFormat<T>.DefaultNaN;
}
