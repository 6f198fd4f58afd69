using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>FEAT_AES.</summary>
internal static unsafe class AesOps
{
    /// <summary>AESE.</summary>
    public readonly struct Encrypt : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => AesRound.Encrypt((v[op->Rd] ^ v[op->Rn]).AsByte()).As<byte, T>();
    }

    /// <summary>AESD.</summary>
    public readonly struct Decrypt : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => AesRound.Decrypt((v[op->Rd] ^ v[op->Rn]).AsByte()).As<byte, T>();
    }

    /// <summary>AESMC.</summary>
    public readonly struct MixColumns : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => AesRound.MixColumns(v[op->Rn].AsByte()).As<byte, T>();
    }

    /// <summary>AESIMC.</summary>
    public readonly struct InverseMixColumns : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) => AesRound.InverseMixColumns(v[op->Rn].AsByte()).As<byte, T>();
    }
}
