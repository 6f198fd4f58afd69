using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Wide results whose low halves a narrowing instruction keeps. T is the wide, unsigned element.</summary>
internal static unsafe class NarrowOps
{
    /// <summary>XTN.</summary>
    public readonly struct Extract : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn];
    }

    public readonly struct AddHigh : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] + v[op->Rm] >>> (4 * sizeof(T));
    }

    public readonly struct SubHigh : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] - v[op->Rm] >>> (4 * sizeof(T));
    }

    /// <summary>RADDHN.</summary>
    public readonly struct RoundingAddHigh : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            v[op->Rn] + v[op->Rm] + Vector128.Create(T.One << (4 * sizeof(T)) - 1) >>> (4 * sizeof(T));
    }

    /// <summary>RSUBHN.</summary>
    public readonly struct RoundingSubHigh : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            v[op->Rn] - v[op->Rm] + Vector128.Create(T.One << (4 * sizeof(T)) - 1) >>> (4 * sizeof(T));
    }
}
