using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <content>Operations on bit strings, and counts of bits.</content>
internal static unsafe partial class VectorOps
{
    public readonly struct And : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] & v[op->Rm];
    }

    public readonly struct Bic : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.AndNot(v[op->Rn], v[op->Rm]);
    }

    public readonly struct Orr : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] | v[op->Rm];
    }

    public readonly struct Orn : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] | ~v[op->Rm];
    }

    public readonly struct Eor : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => v[op->Rn] ^ v[op->Rm];
    }

    /// <summary>BSL: Rd selects.</summary>
    public readonly struct Select : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.ConditionalSelect(v[op->Rd], v[op->Rn], v[op->Rm]);
    }

    /// <summary>BIT: bits of Rn where Rm is one.</summary>
    public readonly struct InsertIfTrue : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.ConditionalSelect(v[op->Rm], v[op->Rn], v[op->Rd]);
    }

    /// <summary>BIF: bits of Rn where Rm is zero.</summary>
    public readonly struct InsertIfFalse : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => Vector128.ConditionalSelect(v[op->Rm], v[op->Rd], v[op->Rn]);
    }

    public readonly struct Not : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => ~v[op->Rn];
    }

    /// <summary>CNT: ones in each byte.</summary>
    public readonly struct Count : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<ulong> x = v[op->Rn].AsUInt64();
            x -= x >>> 1 & Vector128.Create(0x5555555555555555UL);
            x = (x & Vector128.Create(0x3333333333333333UL)) + (x >>> 2 & Vector128.Create(0x3333333333333333UL));
            return (x + (x >>> 4) & Vector128.Create(0x0F0F0F0F0F0F0F0FUL)).As<ulong, T>();
        }
    }

    /// <summary>RBIT: the bits of each byte reversed.</summary>
    public readonly struct ReverseBits : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<ulong> x = v[op->Rn].AsUInt64();
            x = Swap(x, 1, 0x5555555555555555);
            x = Swap(x, 2, 0x3333333333333333);
            return Swap(x, 4, 0x0F0F0F0F0F0F0F0F).As<ulong, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Swap(Vector128<ulong> x, int distance, ulong mask) =>
        (x >>> distance & Vector128.Create(mask)) | (x & Vector128.Create(mask)) << distance;
}
