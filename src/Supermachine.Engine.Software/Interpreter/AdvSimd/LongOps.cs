using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>What long instructions do with their extended elements.</summary>
internal static class LongOps
{
    public readonly struct Add : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n + m;
    }

    public readonly struct Sub : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n - m;
    }

    public readonly struct AbsoluteDifference : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Max(n, m) - Vector128.Min(n, m);
    }

    public readonly struct AbsoluteDifferenceAccumulate : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => d + (Vector128.Max(n, m) - Vector128.Min(n, m));
    }

    public readonly struct Multiply : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n * m;
    }

    public readonly struct MultiplyAdd : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => d + (n * m);
    }

    public readonly struct MultiplySubtract : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => d - (n * m);
    }

    /// <summary>PMULL of bytes.</summary>
    public readonly struct PolynomialMultiply : ILongOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> ILongOp.Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Polynomial.Multiply(n, m);
    }
}
