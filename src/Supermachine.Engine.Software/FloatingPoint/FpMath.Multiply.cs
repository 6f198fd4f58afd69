namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPMul, FPMulX, FPMulAdd.</content>
internal static partial class FpMath
{
    /// <summary>FPMul.</summary>
    public static ulong Mul<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        if (fp.HostArithmetic && FpFormat<T>.IsPlain(op1) && FpFormat<T>.IsPlain(op2))
        {
            ulong result = FpHost<T>.Mul(op1, op2);
            if (FpFormat<T>.IsSafeResult(result)) return result;
        }
        return MulExact<T>(op1, op2, extended: false, ref fp);
    }

    /// <summary>FPMulX: zero times infinity is two.</summary>
    public static ulong MulX<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        MulExact<T>(op1, op2, extended: true, ref fp);

    private static ulong MulExact<T>(ulong op1, ulong op2, bool extended, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        if (a.IsNaN || b.IsNaN) return ProcessNaNs<T>(a.Type, b.Type, op1, op2, ref fp);
        bool sign = a.Sign != b.Sign;
        if (a.IsInfinity || b.IsInfinity)
        {
            if (!a.IsZero && !b.IsZero) return FpFormat<T>.Infinity(sign);
            return extended ? FpFormat<T>.Constant(sign, 1) : Invalid<T>(ref fp);
        }
        if (a.IsZero || b.IsZero) return FpFormat<T>.Zero(sign);
        UInt128 product = Product(a.Significand, b.Significand);
        return NormalizeRound<T>(sign, a.Exponent + b.Exponent + 1, product, ref fp);
    }

    /// <summary>FPMulAdd: addend + op1 * op2, rounded once.</summary>
    public static ulong MulAdd<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        if (fp.HostArithmetic && FpFormat<T>.IsPlain(op1) && FpFormat<T>.IsPlain(op2) && FpFormat<T>.IsPlain(addend))
        {
            ulong result = FpHost<T>.MulAdd(addend, op1, op2);
            if (FpFormat<T>.IsSafeResult(result)) return result;
        }
        return MulAddExact<T>(addend, op1, op2, ref fp);
    }

    private static ulong MulAddExact<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked c = FpUnpacked.From<T>(addend, ref fp);
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        bool invalidProduct = (a.IsInfinity && b.IsZero) || (a.IsZero && b.IsInfinity);
        if (c.Type == FpType.QNaN && invalidProduct) return Invalid<T>(ref fp);
        if (c.IsNaN || a.IsNaN || b.IsNaN) return ProcessNaNs3<T>(c.Type, a.Type, b.Type, addend, op1, op2, ref fp);
        bool productSign = a.Sign != b.Sign;
        bool infiniteProduct = a.IsInfinity || b.IsInfinity;
        if (invalidProduct || (c.IsInfinity && infiniteProduct && c.Sign != productSign)) return Invalid<T>(ref fp);
        if (c.IsInfinity || infiniteProduct) return FpFormat<T>.Infinity(c.IsInfinity ? c.Sign : productSign);
        if (c.IsZero && (a.IsZero || b.IsZero))
            return c.Sign == productSign ? FpFormat<T>.Zero(c.Sign) : CancelledZero<T>(fp);
        return FusedSum<T>(c, a, b, exponentOffset: 0, ref fp);
    }

    // (c + a * b) * 2^exponentOffset, of numbers that are not all zero.
    private static ulong FusedSum<T>(
        in FpUnpacked c, in FpUnpacked a, in FpUnpacked b, int exponentOffset, ref FpContext fp) where T : struct, IFpFormat
    {
        bool productSign = a.Sign != b.Sign;
        // Bit 126 is worth 2^exponent in both, so that the sum has a bit for its carry; the product has 106 bits at the most.
        UInt128 product = Product(a.Significand, b.Significand) >> 1;
        UInt128 other = (UInt128)c.Significand << 63;
        if (product == UInt128.Zero) return NormalizeRound<T>(c.Sign, c.Exponent + 1 + exponentOffset, other, ref fp);
        int exponent = a.Exponent + b.Exponent + 1;
        if (other == UInt128.Zero) return NormalizeRound<T>(productSign, exponent + 1 + exponentOffset, product, ref fp);
        if (exponent > c.Exponent) other = ShiftRightJam(other, exponent - c.Exponent);
        else product = ShiftRightJam(product, c.Exponent - exponent);
        exponent = Math.Max(exponent, c.Exponent) + 1 + exponentOffset;
        if (productSign == c.Sign) return NormalizeRound<T>(productSign, exponent, product + other, ref fp);
        if (product == other) return CancelledZero<T>(fp);
        bool productWins = product > other;
        UInt128 difference = productWins ? product - other : other - product;
        return NormalizeRound<T>(productWins ? productSign : c.Sign, exponent, difference, ref fp);
    }

    private static UInt128 Product(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return new UInt128(high, low);
    }
}
