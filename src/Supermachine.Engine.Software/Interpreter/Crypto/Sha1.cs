using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>The function of a SHA-1 round (FIPS 180-4, 4.1.1).</summary>
internal interface ISha1Function
{
    static abstract uint Of(uint x, uint y, uint z);
}

internal readonly struct Sha1Choose : ISha1Function
{
    public static uint Of(uint x, uint y, uint z) => (x & y) ^ (~x & z);
}

internal readonly struct Sha1Parity : ISha1Function
{
    public static uint Of(uint x, uint y, uint z) => x ^ y ^ z;
}

internal readonly struct Sha1Majority : ISha1Function
{
    public static uint Of(uint x, uint y, uint z) => (x & y) ^ (x & z) ^ (y & z);
}

/// <summary>FEAT_SHA1.</summary>
// SAFETY: as in Vectors.
internal static unsafe class Sha1
{
    /// <summary>SHA1C, SHA1P, SHA1M: four rounds. Rd has a to d, Rn e, Rm the schedule with the constants added.</summary>
    public static bool BindRounds<TFunction>(uint i, Op* op)
        where TFunction : struct, ISha1Function
    {
        Vectors.Registers(i, op);
        op->Handler = &Rounds<TFunction>;
        return true;
    }

    private static Op* Rounds<TFunction>(Cpu* cpu, Op* op)
        where TFunction : struct, ISha1Function
    {
        uint* d = (uint*)(cpu->V0 + (2 * op->Rd)), m = (uint*)(cpu->V0 + (2 * op->Rm));
        Vector128<uint> schedule = *(Vector128<uint>*)m;
        uint a = d[0], b = d[1], c = d[2], e = ((uint*)(cpu->V0 + (2 * op->Rn)))[0], f = d[3];
        for (int round = 0; round < 4; round++)
        {
            uint next = BitOperations.RotateLeft(a, 5) + TFunction.Of(b, c, f) + e + schedule.ToScalar();
            schedule = Vector128.Shuffle(schedule, Vector128.Create(1u, 2, 3, 0));
            (a, b, c, f, e) = (next, a, BitOperations.RotateLeft(b, 30), c, f);
        }

        *(Vector128<uint>*)d = Vector128.Create(a, b, c, f);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>SHA1H.</summary>
    public readonly struct Rotate : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            Vector128.CreateScalar(BitOperations.RotateLeft(v[op->Rn].AsUInt32().ToScalar(), 30)).As<uint, T>();
    }

    /// <summary>SHA1SU0: w0..3 ^ w2..5 ^ w8..11, from w0..3 in Rd, w4..7 in Rn, w8..11 in Rm.</summary>
    public readonly struct Schedule0 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op) =>
            v[op->Rd] ^ v[op->Rm] ^ Vector128.Create(v[op->Rd].AsUInt64()[1], v[op->Rn].AsUInt64()[0]).As<ulong, T>();
    }

    /// <summary>SHA1SU1: adds w13..15 of Rn and rotates; the last word needs the first result.</summary>
    public readonly struct Schedule1 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<uint> n = v[op->Rn].AsUInt32(), t = v[op->Rd].AsUInt32() ^ Vector128.Create(n[1], n[2], n[3], 0);
            t = Left(t, 1);
            return (t ^ Vector128.Create(0, 0, 0, BitOperations.RotateLeft(t[0], 1))).As<uint, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Left(Vector128<uint> value, int by) => value << by | value >>> (32 - by);
}
