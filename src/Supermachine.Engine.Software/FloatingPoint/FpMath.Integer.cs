using System.Diagnostics;
using System.Numerics;

namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPRoundInt, FPToFixed, FixedToFP.</content>
internal static partial class FpMath
{
    /// <summary>FPRoundInt; <paramref name="exact"/> is FRINTX's, which raises IXC.</summary>
    public static ulong RoundInt<T>(ulong op, FpRounding rounding, bool exact, ref FpContext fp) where T : struct, IFpFormat
    {
        FpUnpacked a = FpUnpacked.From<T>(op, ref fp);
        if (a.IsNaN) return ProcessNaN<T>(a.Type, op, ref fp);
        if (a.IsZero) return FpFormat<T>.Zero(a.Sign);
        if (a.IsInfinity || a.Exponent >= T.FractionBits) return op;
        ulong magnitude = ToInteger(a, a.Exponent, rounding, out bool inexact);
        if (exact && inexact) fp.Raise(FpContext.IXC);
        if (magnitude == 0) return FpFormat<T>.Zero(a.Sign);
        int shift = BitOperations.LeadingZeroCount(magnitude);
        return Round<T>(a.Sign, 63 - shift, magnitude << shift, ref fp, FpRounding.Zero);
    }

    /// <summary>
    /// FPToFixed: op * 2^fractionBits as an integer of <paramref name="width"/> bits (32 or 64), saturated.
    /// The bits of the result above the width are zero.
    /// </summary>
    public static ulong ToFixed<T>(
        ulong op, int fractionBits, bool unsigned, int width, FpRounding rounding, ref FpContext fp) where T : struct, IFpFormat
    {
        Debug.Assert(width is 32 or 64, "The destination is a W or X register, or a lane as wide.");
        // Truncation within the range of an int: the host's, once IXC is up (its rounding mode has no part in it).
        if (rounding == FpRounding.Zero && (fp.Fpsr & FpContext.IXC) != 0 && fractionBits == 0 && !unsigned
            && FpFormat<T>.IsNormal(op) && (op & FpFormat<T>.MagnitudeMask) < FpFormat<T>.Constant(false, 31))
        {
            return (ulong)FpHost<T>.Truncate(op) & WidthMask(width);
        }
        FpUnpacked a = FpUnpacked.From<T>(op, ref fp);
        if (a.IsNaN || a.IsZero)
        {
            if (a.IsNaN) fp.Raise(FpContext.IOC);
            return 0;
        }
        int exponent = a.Exponent + fractionBits;
        if (a.IsInfinity || exponent > 63) return Saturate(a.Sign, unsigned, width, ref fp);
        ulong magnitude = ToInteger(a, exponent, rounding, out bool inexact);
        ulong limit = Limit(a.Sign, unsigned, width);
        if (magnitude > limit) return Saturate(a.Sign, unsigned, width, ref fp);
        if (inexact) fp.Raise(FpContext.IXC);
        return (a.Sign ? 0 - magnitude : magnitude) & WidthMask(width);
    }

    /// <summary>FixedToFP: op / 2^fractionBits, where op is an integer of <paramref name="width"/> bits (32 or 64).</summary>
    public static ulong FixedToFP<T>(
        ulong op, int fractionBits, bool unsigned, int width, FpRounding rounding, ref FpContext fp) where T : struct, IFpFormat
    {
        Debug.Assert(width is 32 or 64, "The source is a W or X register, or a lane as wide.");
        if (typeof(T) == typeof(Binary64) && width == 32 && fractionBits == 0)
            return BitConverter.DoubleToUInt64Bits(unsigned ? (uint)op : (double)(int)op); // exact, whatever the mode
        bool sign = !unsigned && (op >> (width - 1) & 1) != 0;
        ulong magnitude = (sign ? 0 - op : op) & WidthMask(width);
        if (magnitude == 0) return 0;
        int shift = BitOperations.LeadingZeroCount(magnitude);
        return Round<T>(sign, 63 - shift - fractionBits, magnitude << shift, ref fp, rounding);
    }

    // The magnitude of a.Significand / 2^63 * 2^exponent, exponent up to 63, as an integer.
    private static ulong ToInteger(in FpUnpacked a, int exponent, FpRounding rounding, out bool inexact)
    {
        ulong integer = exponent < 0 ? 0 : a.Significand >> (63 - exponent);
        ulong error = exponent switch
        {
            63 => 0,
            >= 0 => a.Significand << (exponent + 1),
            -1 => a.Significand,
            _ => 1, // anything under a half
        };
        inexact = error != 0;
        return RoundsUp(rounding, a.Sign, (integer & 1) != 0, error) ? integer + 1 : integer;
    }

    private static ulong WidthMask(int width) => ulong.MaxValue >> (64 - width);

    // The greatest magnitude that an integer type holds on one side of zero.
    private static ulong Limit(bool sign, bool unsigned, int width)
    {
        if (unsigned) return sign ? 0 : WidthMask(width);
        return (WidthMask(width) >> 1) + (sign ? 1UL : 0);
    }

    private static ulong Saturate(bool sign, bool unsigned, int width, ref FpContext fp)
    {
        fp.Raise(FpContext.IOC);
        ulong limit = Limit(sign, unsigned, width);
        return (sign ? 0 - limit : limit) & WidthMask(width);
    }
}
