using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <content>Doubling multiplications.</content>
internal static partial class LaneOps
{
    /// <summary>SQDMULH. The doubling is left out of the product, whose 2n bits then suffice, and taken from the shift.</summary>
    public readonly struct DoublingMultiplyHigh : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n * m >> (bits - 1);
    }

    /// <summary>SQRDMULH.</summary>
    public readonly struct RoundingDoublingMultiplyHigh : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) =>
            (n * m) + (TWide.One << (bits - 2)) >> (bits - 1);
    }

    /// <summary>SQDMULL.</summary>
    public readonly struct DoublingMultiply : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => n * m << 1;
    }

    /// <summary>SQDMLAL: the product saturates before it is added.</summary>
    public readonly struct DoublingMultiplyAdd : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => d + Doubled(n * m << 1, bits, ref saturated);
    }

    /// <summary>SQDMLSL.</summary>
    public readonly struct DoublingMultiplySubtract : ILaneOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWide ILaneOp.Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated) => d - Doubled(n * m << 1, bits, ref saturated);
    }

    /// <summary>Only the least number times itself does not fit.</summary>
    private static TWide Doubled<TWide>(TWide product, int bits, ref bool saturated)
        where TWide : struct, System.Numerics.IBinaryInteger<TWide>
    {
        TWide limit = TWide.One << ((2 * bits) - 1);
        if (product != limit) return product;
        saturated = true;
        return limit - TWide.One;
    }
}
