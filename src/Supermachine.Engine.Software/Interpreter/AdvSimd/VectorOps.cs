using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Arithmetic of equal elements.</summary>
internal static unsafe partial class VectorOps
{
    public readonly struct Add : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] + v[op->Rm];
    }

    public readonly struct Sub : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] - v[op->Rm];
    }

    public readonly struct Mul : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] * v[op->Rm];
    }

    public readonly struct Mla : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rd] + (v[op->Rn] * v[op->Rm]);
    }

    public readonly struct Mls : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rd] - (v[op->Rn] * v[op->Rm]);
    }

    public readonly struct MulElement : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] * Vectors.Element(v, op);
    }

    public readonly struct MlaElement : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rd] + (v[op->Rn] * Vectors.Element(v, op));
    }

    public readonly struct MlsElement : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rd] - (v[op->Rn] * Vectors.Element(v, op));
    }

    public readonly struct Max : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.Max(v[op->Rn], v[op->Rm]);
    }

    public readonly struct Min : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.Min(v[op->Rn], v[op->Rm]);
    }

    /// <summary>SABD, UABD.</summary>
    public readonly struct AbsoluteDifference : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Vector128.Max(v[op->Rn], v[op->Rm]) - Vector128.Min(v[op->Rn], v[op->Rm]);
    }

    /// <summary>SABA, UABA.</summary>
    public readonly struct AbsoluteDifferenceAccumulate : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            v[op->Rd] + (Vector128.Max(v[op->Rn], v[op->Rm]) - Vector128.Min(v[op->Rn], v[op->Rm]));
    }

    public readonly struct Abs : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.Abs(v[op->Rn]);
    }

    public readonly struct Neg : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => -v[op->Rn];
    }

    /// <summary>PMUL: a carry-less product of bytes, cut to a byte.</summary>
    public readonly struct PolynomialMul : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Polynomial.Multiply(v[op->Rn], v[op->Rm]);
    }
}
