using System.Numerics;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>How an across-lanes instruction joins what it has with one more element.</summary>
internal interface IReduction
{
    static abstract T Join<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T>;
}

internal readonly struct SumReduction : IReduction
{
    public static T Join<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T> => a + b;
}

internal readonly struct MaxReduction : IReduction
{
    public static T Join<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T> => T.Max(a, b);
}

internal readonly struct MinReduction : IReduction
{
    public static T Join<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T> => T.Min(a, b);
}

/// <summary>ADDV, SADDLV, UADDLV, SMAXV, UMAXV, SMINV, UMINV.</summary>
// SAFETY: as in Vectors; Aux is how many elements of T there are.
internal static unsafe class AcrossLanes
{
    private static Op* Run<T, TWide, TReduction>(Cpu* cpu, Op* op)
        where T : unmanaged, IBinaryInteger<T>
        where TWide : unmanaged, IBinaryInteger<TWide>
        where TReduction : struct, IReduction
    {
        T* n = (T*)(cpu->V0 + (2 * op->Rn));
        TWide result = TWide.CreateTruncating(*n);
        for (int lane = 1; lane < op->Aux; lane++) result = TReduction.Join(result, TWide.CreateTruncating(n[lane]));
        ((Vector128<TWide>*)cpu->V0)[op->Rd] = Vector128.CreateScalar(result);
        return op[1].Handler(cpu, op + 1);
    }

    public static bool Bind<TReduction, TSign>(uint i, Op* op)
        where TReduction : struct, IReduction
        where TSign : struct, ISign
    {
        if (!Operands(i, op)) return false;
        op->Handler = (TSign.IsSigned, i.Field(22, 2)) switch
        {
            (false, 0) => &Run<byte, byte, TReduction>,
            (false, 1) => &Run<ushort, ushort, TReduction>,
            (false, _) => &Run<uint, uint, TReduction>,
            (true, 0) => &Run<sbyte, sbyte, TReduction>,
            (true, 1) => &Run<short, short, TReduction>,
            (true, _) => &Run<int, int, TReduction>,
        };
        return true;
    }

    /// <summary>SADDLV, UADDLV.</summary>
    public static bool BindLong<TSign>(uint i, Op* op)
        where TSign : struct, ISign
    {
        if (!Operands(i, op)) return false;
        op->Handler = (TSign.IsSigned, i.Field(22, 2)) switch
        {
            (false, 0) => &Run<byte, ushort, SumReduction>,
            (false, 1) => &Run<ushort, uint, SumReduction>,
            (false, _) => &Run<uint, ulong, SumReduction>,
            (true, 0) => &Run<sbyte, short, SumReduction>,
            (true, 1) => &Run<short, int, SumReduction>,
            (true, _) => &Run<int, long, SumReduction>,
        };
        return true;
    }

    // 64-bit elements are reserved, and so are two 32-bit ones.
    private static bool Operands(uint i, Op* op)
    {
        uint size = i.Field(22, 2);
        if (size == 3 || (size == 2 && !i.Bit(30))) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)((i.Bit(30) ? 16 : 8) >> (int)size);
        return true;
    }
}
