using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <content>Permutations. Those that differ by width have a form for each.</content>
internal static unsafe partial class VectorOps
{
    public readonly struct Zip1 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.ZipLower(v[op->Rn], v[op->Rm]);
    }

    public readonly struct Zip2 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.ZipUpper(v[op->Rn], v[op->Rm]);
    }

    /// <summary>ZIP2 of 64 bits: the upper half of ZIP1's 128.</summary>
    public readonly struct Zip2Half : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Vector128.CreateScalar(Permute.ZipLower(v[op->Rn], v[op->Rm]).AsUInt64()[1]).As<ulong, T>();
    }

    public readonly struct Uzp1 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.Even(v[op->Rn], v[op->Rm]);
    }

    public readonly struct Uzp1Half : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.Even(Permute.Join(v[op->Rn], v[op->Rm]), default);
    }

    public readonly struct Uzp2 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.Odd(v[op->Rn], v[op->Rm]);
    }

    public readonly struct Uzp2Half : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.Odd(Permute.Join(v[op->Rn], v[op->Rm]), default);
    }

    public readonly struct Trn1 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.TransposeEven(v[op->Rn], v[op->Rm]);
    }

    public readonly struct Trn2 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Permute.TransposeOdd(v[op->Rn], v[op->Rm]);
    }
}
