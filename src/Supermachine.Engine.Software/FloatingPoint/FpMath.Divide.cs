namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPDiv, FPSqrt.</content>
internal static partial class FpMath
{
    /// <summary>FPDiv.</summary>
    public static ulong Div<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        if (fp.HostArithmetic && FpFormat<T>.IsNormal(op1) && FpFormat<T>.IsNormal(op2))
        {
            ulong result = FpHost<T>.Div(op1, op2);
            if (FpFormat<T>.IsSafeResult(result)) return result;
        }
        return DivExact<T>(op1, op2, ref fp);
    }

    private static ulong DivExact<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        if (a.IsNaN || b.IsNaN) return ProcessNaNs<T>(a.Type, b.Type, op1, op2, ref fp);
        if ((a.IsInfinity && b.IsInfinity) || (a.IsZero && b.IsZero)) return Invalid<T>(ref fp);
        bool sign = a.Sign != b.Sign;
        if (a.IsInfinity) return FpFormat<T>.Infinity(sign);
        if (b.IsZero)
        {
            fp.Raise(FpContext.DZC);
            return FpFormat<T>.Infinity(sign);
        }
        if (a.IsZero || b.IsInfinity) return FpFormat<T>.Zero(sign);
        // The quotient of the significands lies in (1/2, 2): scaled so that it fills 64 bits.
        bool below = a.Significand < b.Significand;
        (UInt128 quotient, UInt128 remainder) = UInt128.DivRem((UInt128)a.Significand << (below ? 64 : 63), b.Significand);
        ulong significand = (ulong)quotient | (remainder != UInt128.Zero ? 1UL : 0);
        return Round<T>(sign, a.Exponent - b.Exponent - (below ? 1 : 0), significand, ref fp, fp.Rounding);
    }

    /// <summary>FPSqrt.</summary>
    public static ulong Sqrt<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat
    {
        if (fp.HostArithmetic && FpFormat<T>.IsNormal(op) && (op & FpFormat<T>.SignMask) == 0) return FpHost<T>.Sqrt(op);
        FpUnpacked a = FpUnpacked.From<T>(op, ref fp);
        if (a.IsNaN) return ProcessNaN<T>(a.Type, op, ref fp);
        if (a.IsZero) return FpFormat<T>.Zero(a.Sign);
        if (a.Sign) return Invalid<T>(ref fp);
        if (a.IsInfinity) return FpFormat<T>.Infinity(false);
        UInt128 radicand = (UInt128)a.Significand << (63 + (a.Exponent & 1));
        ulong root = SquareRoot(radicand);
        if (Product(root, root) != radicand) root |= 1;
        return Round<T>(false, a.Exponent >> 1, root, ref fp, fp.Rounding);
    }

    // The floor of the root of a radicand of at least 2^126. The host's root is right to some 2^12; one step of Newton's
    // squares that error away, and what is left is at most one.
    private static ulong SquareRoot(UInt128 radicand)
    {
        double estimate = Math.Sqrt((double)radicand);
        UInt128 root = estimate >= 18446744073709551615.0 ? ulong.MaxValue : (ulong)estimate;
        root = (root + (radicand / root)) >> 1;
        while (root > ulong.MaxValue || root * root > radicand) root--;
        while (root < ulong.MaxValue && (root + 1) * (root + 1) <= radicand) root++;
        return (ulong)root;
    }
}
