using System.Numerics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <content>Shifts by immediate and by register.</content>
internal static partial class LaneOps
{
    /// <summary>SQSHL, UQSHL, SQSHLU by immediate.</summary>
    public readonly struct ShiftLeft : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n << amount;
    }

    /// <summary>SQSHRN and kin; by zero, SQXTN and kin.</summary>
    public readonly struct ShiftRight : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n >> amount;
    }

    /// <summary>SQRSHRN and kin.</summary>
    public readonly struct RoundingShiftRight : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n + (TWide.One << (amount - 1)) >> amount;
    }

    /// <summary>SSHL, USHL, SQSHL, UQSHL by register: the low byte of Rm's element, signed; negative is to the right.</summary>
    public readonly struct ShiftByRegister : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated)
        {
            int shift = sbyte.CreateTruncating(m);
            return shift < 0 ? n >> Math.Min(-shift, bits) : Left(n, shift, bits);
        }
    }

    /// <summary>SRSHL, URSHL, SQRSHL, UQRSHL.</summary>
    public readonly struct RoundingShiftByRegister : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated)
        {
            int shift = sbyte.CreateTruncating(m);
            if (shift >= 0) return Left(n, shift, bits);
            int right = Math.Min(-shift, bits + 1);   // what is shifted further is zero, rounded or not
            return n + (TWide.One << (right - 1)) >> right;
        }
    }

    // By the element's length or more, nothing is left of the number but that it was too great: that fits TWide, the number need not.
    private static TWide Left<TWide>(TWide n, int shift, int bits)
        where TWide : struct, IBinaryInteger<TWide>
    {
        if (shift < bits) return n << shift;
        TWide great = TWide.One << ((2 * bits) - 2);
        return TWide.IsZero(n) ? n : TWide.IsNegative(n) ? -great : great;
    }
}
