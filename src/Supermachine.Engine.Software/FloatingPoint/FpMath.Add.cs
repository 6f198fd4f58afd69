using System.Numerics;

namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPAdd, FPSub.</content>
internal static partial class FpMath
{
    /// <summary>FPAdd.</summary>
    public static ulong Add<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        if (fp.HostArithmetic && FpFormat<T>.IsPlain(op1) && FpFormat<T>.IsPlain(op2))
        {
            ulong result = FpHost<T>.Add(op1, op2);
            if (FpFormat<T>.IsSafeResult(result)) return result;
        }
        return AddExact<T>(op1, op2, op2, ref fp);
    }

    /// <summary>FPSub.</summary>
    public static ulong Sub<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat
    {
        if (fp.HostArithmetic && FpFormat<T>.IsPlain(op1) && FpFormat<T>.IsPlain(op2))
        {
            ulong result = FpHost<T>.Add(op1, op2 ^ FpFormat<T>.SignMask);
            if (FpFormat<T>.IsSafeResult(result)) return result;
        }
        return AddExact<T>(op1, op2 ^ FpFormat<T>.SignMask, op2, ref fp);
    }

    // A subtraction adds the negated number, but propagates the second operand's NaN as it came.
    private static ulong AddExact<T>(ulong op1, ulong op2, ulong nan2, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        if (a.IsNaN || b.IsNaN) return ProcessNaNs<T>(a.Type, b.Type, op1, nan2, ref fp);
        if (a.IsInfinity || b.IsInfinity)
        {
            if (a.IsInfinity && b.IsInfinity && a.Sign != b.Sign) return Invalid<T>(ref fp);
            return FpFormat<T>.Infinity(a.IsInfinity ? a.Sign : b.Sign);
        }
        if (a.IsZero && b.IsZero) return a.Sign == b.Sign ? FpFormat<T>.Zero(a.Sign) : CancelledZero<T>(fp);
        if (a.IsZero) return Round<T>(b.Sign, b.Exponent, b.Significand, ref fp, fp.Rounding);
        if (b.IsZero) return Round<T>(a.Sign, a.Exponent, a.Significand, ref fp, fp.Rounding);
        return AddNumbers<T>(a, b, ref fp);
    }

    private static ulong AddNumbers<T>(in FpUnpacked a, in FpUnpacked b, ref FpContext fp) where T : struct, IFpFormat
    {
        bool ordered = a.Exponent > b.Exponent || (a.Exponent == b.Exponent && a.Significand >= b.Significand);
        ref readonly FpUnpacked large = ref ordered ? ref a : ref b;
        ref readonly FpUnpacked small = ref ordered ? ref b : ref a;
        // One bit of headroom for the carry; ten and more below the last place keep the sticky bit away from it.
        ulong aligned = ShiftRightJam(small.Significand >> 1, large.Exponent - small.Exponent);
        ulong sum = large.Sign == small.Sign ? (large.Significand >> 1) + aligned : (large.Significand >> 1) - aligned;
        if (sum == 0) return CancelledZero<T>(fp);
        int shift = BitOperations.LeadingZeroCount(sum);
        return Round<T>(large.Sign, large.Exponent + 1 - shift, sum << shift, ref fp, fp.Rounding);
    }
}
