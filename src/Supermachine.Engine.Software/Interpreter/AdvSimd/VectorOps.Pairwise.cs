using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <content>Pairwise: the even elements of Rn and Rm against the odd ones.</content>
internal static unsafe partial class VectorOps
{
    public readonly struct PairwiseAdd : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Permute.Even(v[op->Rn], v[op->Rm]) + Permute.Odd(v[op->Rn], v[op->Rm]);
    }

    public readonly struct PairwiseMax : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Vector128.Max(Permute.Even(v[op->Rn], v[op->Rm]), Permute.Odd(v[op->Rn], v[op->Rm]));
    }

    public readonly struct PairwiseMin : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Vector128.Min(Permute.Even(v[op->Rn], v[op->Rm]), Permute.Odd(v[op->Rn], v[op->Rm]));
    }

    public readonly struct PairwiseAddHalf : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<T> both = Permute.Join(v[op->Rn], v[op->Rm]);
            return Permute.Even(both, both) + Permute.Odd(both, both);
        }
    }

    public readonly struct PairwiseMaxHalf : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<T> both = Permute.Join(v[op->Rn], v[op->Rm]);
            return Vector128.Max(Permute.Even(both, both), Permute.Odd(both, both));
        }
    }

    public readonly struct PairwiseMinHalf : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<T> both = Permute.Join(v[op->Rn], v[op->Rm]);
            return Vector128.Min(Permute.Even(both, both), Permute.Odd(both, both));
        }
    }

    /// <summary>SADDLP, UADDLP: T is the wide element.</summary>
    public readonly struct PairwiseAddLong : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            (v[op->Rn] << (4 * sizeof(T)) >> (4 * sizeof(T))) + (v[op->Rn] >> (4 * sizeof(T)));
    }

    /// <summary>SADALP, UADALP.</summary>
    public readonly struct PairwiseAddLongAccumulate : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            v[op->Rd] + (v[op->Rn] << (4 * sizeof(T)) >> (4 * sizeof(T))) + (v[op->Rn] >> (4 * sizeof(T)));
    }
}
