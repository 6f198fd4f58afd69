using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>FEAT_SHA256 (FIPS 180-4, 6.2).</summary>
// SAFETY: as in Vectors.
internal static unsafe class Sha256
{
    /// <summary>SHA256H gives a to d of Rd, with e to h in Rn; SHA256H2 gives e to h of Rd, with a to d in Rn.</summary>
    public static bool BindHash(uint i, Op* op)
    {
        Vectors.Registers(i, op);
        op->Handler = i.Bit(12) ? &HashUpper : &HashLower;
        return true;
    }

    private static Op* HashLower(Cpu* cpu, Op* op)
    {
        Rounds(cpu->V0 + (2 * op->Rd), cpu->V0 + (2 * op->Rn), cpu->V0 + (2 * op->Rm), cpu->V0 + (2 * op->Rd), lower: true);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* HashUpper(Cpu* cpu, Op* op)
    {
        Rounds(cpu->V0 + (2 * op->Rn), cpu->V0 + (2 * op->Rd), cpu->V0 + (2 * op->Rm), cpu->V0 + (2 * op->Rd), lower: false);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>Four rounds; <paramref name="schedule"/> has the constants added.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rounds(ulong* abcd, ulong* efgh, ulong* schedule, ulong* result, bool lower)
    {
        Vector128<uint> w = *(Vector128<uint>*)schedule, x = *(Vector128<uint>*)abcd, y = *(Vector128<uint>*)efgh;
        for (int round = 0; round < 4; round++)
        {
            uint choose = (y[0] & y[1]) ^ (~y[0] & y[2]), majority = (x[0] & x[1]) ^ (x[0] & x[2]) ^ (x[1] & x[2]);
            uint first = y[3] + Sum(y[0], 6, 11, 25) + choose + w[round];
            uint second = Sum(x[0], 2, 13, 22) + majority;
            y = Vector128.Create(x[3] + first, y[0], y[1], y[2]);
            x = Vector128.Create(first + second, x[0], x[1], x[2]);
        }

        *(Vector128<uint>*)result = lower ? x : y;
    }

    /// <summary>SHA256SU0: w0..3 of Rd plus the small sigma 0 of w1..4; w4 is in Rn.</summary>
    public readonly struct Schedule0 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<uint> d = v[op->Rd].AsUInt32(), t = Vector128.Create(d[1], d[2], d[3], v[op->Rn].AsUInt32()[0]);
            return (d + (Right(t, 7) ^ Right(t, 18) ^ t >>> 3)).As<uint, T>();
        }
    }

    /// <summary>SHA256SU1: adds w9..12 and the small sigma 1 of w14..17, of which the last two are results.</summary>
    public readonly struct Schedule1 : IVectorOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<T> IVectorOp.Of<T>(Vector128<T>* v, Op* op)
        {
            Vector128<uint> n = v[op->Rn].AsUInt32(), m = v[op->Rm].AsUInt32();
            Vector128<uint> sum = v[op->Rd].AsUInt32() + Vector128.Create(n[1], n[2], n[3], m[0]);
            uint w16 = sum[0] + Sigma1(m[2]), w17 = sum[1] + Sigma1(m[3]);
            return Vector128.Create(w16, w17, sum[2] + Sigma1(w16), sum[3] + Sigma1(w17)).As<uint, T>();
        }
    }

    private static uint Sum(uint x, int a, int b, int c) =>
        BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ BitOperations.RotateRight(x, c);

    private static uint Sigma1(uint x) => BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ x >> 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Right(Vector128<uint> value, int by) => value >>> by | value << (32 - by);
}
