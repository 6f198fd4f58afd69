using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Binds what moves elements between lanes.</summary>
// SAFETY: as in Vectors.
internal static unsafe class PermuteBinder
{
    /// <summary>Instructions whose 64-bit form is another operation; sizes 8 to 64.</summary>
    public static bool AllSizes<TFull, THalf, TSign>(uint i, Op* op)
        where TFull : struct, IVectorOp
        where THalf : struct, IVectorOp
        where TSign : struct, ISign => i.Bit(30) ? VectorBinder.AllSizes<TFull, TSign>(i, op) : VectorBinder.AllSizes<THalf, TSign>(i, op);

    public static bool UpTo32<TFull, THalf, TSign>(uint i, Op* op)
        where TFull : struct, IVectorOp
        where THalf : struct, IVectorOp
        where TSign : struct, ISign => i.Field(22, 2) != 3 && AllSizes<TFull, THalf, TSign>(i, op);

    /// <summary>SADDLP and kin: the handler's element is twice the size field's.</summary>
    public static bool PairwiseLong<TOp, TSign>(uint i, Op* op)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign
    {
        if (i.Field(22, 2) == 3) return false;
        Vectors.Registers(i, op);
        op->Handler = Vectors.Choose<TOp, TSign>(i.Field(22, 2) + 1, i.Bit(30));
        return true;
    }

    /// <summary>ADDP (scalar): the two halves of Rn.</summary>
    public static bool PairwiseScalar(uint i, Op* op)
    {
        Vectors.Registers(i, op);
        op->Handler = &AddPair;
        return true;
    }

    private static Op* AddPair(Cpu* cpu, Op* op)
    {
        ulong* n = cpu->V0 + (2 * op->Rn);
        ((Vector128<ulong>*)cpu->V0)[op->Rd] = Vector128.CreateScalar(n[0] + n[1]);
        return op[1].Handler(cpu, op + 1);
    }
}
