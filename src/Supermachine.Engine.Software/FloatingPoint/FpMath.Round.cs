using System.Diagnostics;
using System.Numerics;

namespace Supermachine.Engine.Software.FloatingPoint;

/// <summary>
/// The floating-point functions of the Arm Architecture Reference Manual's shared pseudocode, for Armv8.0-A.
/// Operands and results are the bits of the format in the low end of a ulong, the bits above are zero.
/// They are pure but for FPSR, which they accumulate into exactly as the pseudocode does.
/// </summary>
internal static partial class FpMath
{
    /// <summary>
    /// FPRound of (-1)^sign * significand / 2^63 * 2^exponent. Bit 63 of the significand is set; bit 0 also stands for
    /// everything that did not fit ("sticky"): it lies at least two bits under the least significant bit of any result.
    /// </summary>
    private static ulong Round<T>(bool sign, int exponent, ulong significand, ref FpContext fp, FpRounding rounding)
        where T : struct, IFpFormat
    {
        Debug.Assert(significand >> 63 == 1, "The significand is normalized.");
        int biased = Math.Max(exponent - FpFormat<T>.MinimumExponent + 1, 0);
        if (biased == 0)
        {
            if ((fp.Fpcr & FpContext.FZ) != 0 && typeof(T) != typeof(Binary16)) return FlushResult<T>(sign, ref fp);
            significand = ShiftRightJam(significand, FpFormat<T>.MinimumExponent - exponent);
        }
        int drop = 63 - T.FractionBits;
        ulong mantissa = significand >> drop;
        ulong error = significand << (64 - drop);
        if (error != 0 && biased == 0) fp.Raise(FpContext.UFC);
        if (RoundsUp(rounding, sign, (mantissa & 1) != 0, error)) mantissa++;
        if (error != 0 && rounding == FpRounding.Odd) mantissa |= 1;
        // The mantissa's leading one, and a carry out of it, add themselves to the exponent field.
        ulong magnitude = biased == 0 ? mantissa : ((ulong)(biased - 1) << T.FractionBits) + mantissa;
        if (typeof(T) == typeof(Binary16) && (fp.Fpcr & FpContext.AHP) != 0)
        {
            if (magnitude > FpFormat<T>.MagnitudeMask) return AlternativeOverflow<T>(sign, ref fp);
        }
        else if (magnitude >= FpFormat<T>.ExponentMask)
        {
            return Overflow<T>(sign, ref fp, rounding);
        }
        if (error != 0) fp.Raise(FpContext.IXC);
        return FpFormat<T>.Zero(sign) | magnitude;
    }

    /// <summary>Normalizes first; zero is not allowed.</summary>
    private static ulong NormalizeRound<T>(bool sign, int exponent, UInt128 significand, ref FpContext fp)
        where T : struct, IFpFormat
    {
        int shift = (int)UInt128.LeadingZeroCount(significand);
        significand <<= shift;
        ulong top = (ulong)(significand >> 64) | ((ulong)significand != 0 ? 1UL : 0);
        return Round<T>(sign, exponent - shift, top, ref fp, fp.Rounding);
    }

    /// <summary>Whether a magnitude goes up, when what is cut off is error / 2^64 of its last place.</summary>
    private static bool RoundsUp(FpRounding rounding, bool sign, bool odd, ulong error) => rounding switch
    {
        FpRounding.TieEven => error > Half || (error == Half && odd),
        FpRounding.TieAway => error >= Half,
        FpRounding.PosInf => error != 0 && !sign,
        FpRounding.NegInf => error != 0 && sign,
        _ => false,
    };

    private const ulong Half = 1UL << 63;

    private static bool OverflowsToInfinity(FpRounding rounding, bool sign) => rounding switch
    {
        FpRounding.TieEven or FpRounding.TieAway => true,
        FpRounding.PosInf => !sign,
        FpRounding.NegInf => sign,
        _ => false,
    };

    private static ulong Overflow<T>(bool sign, ref FpContext fp, FpRounding rounding) where T : struct, IFpFormat
    {
        fp.Raise(FpContext.OFC | FpContext.IXC);
        return OverflowsToInfinity(rounding, sign) ? FpFormat<T>.Infinity(sign) : FpFormat<T>.MaxNormal(sign);
    }

    // Alternative half precision has no infinity: its greatest number, and an invalid operation instead of an overflow.
    private static ulong AlternativeOverflow<T>(bool sign, ref FpContext fp) where T : struct, IFpFormat
    {
        fp.Raise(FpContext.IOC);
        return FpFormat<T>.Zero(sign) | FpFormat<T>.MagnitudeMask;
    }

    // "Flush-to-zero never generates a trapped exception", and is not called inexact.
    private static ulong FlushResult<T>(bool sign, ref FpContext fp) where T : struct, IFpFormat
    {
        fp.Raise(FpContext.UFC);
        return FpFormat<T>.Zero(sign);
    }

    private static ulong ShiftRightJam(ulong value, int count)
    {
        if (count == 0) return value;
        if (count > 63) return value != 0 ? 1UL : 0;
        return (value >> count) | (value << (64 - count) != 0 ? 1UL : 0);
    }

    private static UInt128 ShiftRightJam(UInt128 value, int count)
    {
        if (count == 0) return value;
        if (count > 127) return value != UInt128.Zero ? UInt128.One : UInt128.Zero;
        return (value >> count) | (value << (128 - count) != UInt128.Zero ? UInt128.One : UInt128.Zero);
    }

    /// <summary>The zero that an exact cancellation gives.</summary>
    private static ulong CancelledZero<T>(in FpContext fp) where T : struct, IFpFormat =>
        FpFormat<T>.Zero(fp.Rounding == FpRounding.NegInf);
}
