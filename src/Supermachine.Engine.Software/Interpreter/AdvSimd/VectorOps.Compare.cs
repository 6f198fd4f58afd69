using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <content>Comparisons: all ones where true.</content>
internal static unsafe partial class VectorOps
{
    public readonly struct Equal : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.Equals(v[op->Rn], v[op->Rm]);
    }

    /// <summary>CMGT, CMHI.</summary>
    public readonly struct Greater : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.GreaterThan(v[op->Rn], v[op->Rm]);
    }

    /// <summary>CMGE, CMHS.</summary>
    public readonly struct GreaterOrEqual : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.GreaterThanOrEqual(v[op->Rn], v[op->Rm]);
    }

    /// <summary>CMTST.</summary>
    public readonly struct Test : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => ~Vector128.Equals(v[op->Rn] & v[op->Rm], Vector128<T>.Zero);
    }

    public readonly struct EqualZero : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.Equals(v[op->Rn], Vector128<T>.Zero);
    }

    public readonly struct GreaterZero : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.GreaterThan(v[op->Rn], Vector128<T>.Zero);
    }

    public readonly struct GreaterOrEqualZero : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.GreaterThanOrEqual(v[op->Rn], Vector128<T>.Zero);
    }

    public readonly struct LessZero : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.LessThan(v[op->Rn], Vector128<T>.Zero);
    }

    public readonly struct LessOrEqualZero : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.LessThanOrEqual(v[op->Rn], Vector128<T>.Zero);
    }
}
