using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>Operations on exact elements: see <see cref="ILaneOp"/>.</summary>
internal static partial class LaneOps
{
    public readonly struct Add : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n + m;
    }

    public readonly struct Sub : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n - m;
    }

    /// <summary>SUQADD, USQADD.</summary>
    public readonly struct Accumulate : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => d + n;
    }

    public readonly struct HalvingAdd : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n + m >> 1;
    }

    public readonly struct RoundingHalvingAdd : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n + m + TWide.One >> 1;
    }

    public readonly struct HalvingSub : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n - m >> 1;
    }

    public readonly struct Abs : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => TWide.Abs(n);
    }

    public readonly struct Neg : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => -n;
    }

    /// <summary>CLZ, of unsigned elements.</summary>
    public readonly struct LeadingZeros : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => TWide.CreateTruncating(bits - n.GetShortestBitLength());
    }

    /// <summary>CLS, of signed elements: as many bits as equal the sign, less the sign.</summary>
    public readonly struct LeadingSigns : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) =>
            TWide.CreateTruncating(bits - 1 - (TWide.IsNegative(n) ? ~n : n).GetShortestBitLength());
    }
}
