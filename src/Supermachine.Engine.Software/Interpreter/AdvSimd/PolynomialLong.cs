using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>PMULL, PMULL2: of bytes, and of double words (FEAT_PMULL).</summary>
// SAFETY: as in Vectors.
internal static unsafe class PolynomialLong
{
    private static Op* Run64(Cpu* cpu, Op* op)
    {
        ulong* v = cpu->V0;
        ((Vector128<ulong>*)v)[op->Rd] = Polynomial.Multiply64(v[(2 * op->Rn) + op->Aux], v[(2 * op->Rm) + op->Aux]);
        return op[1].Handler(cpu, op + 1);
    }

    public static bool Bind(uint i, Op* op)
    {
        switch (i.Field(22, 2))
        {
            case 0:
                return LongVectors.Bind<LongOps.PolynomialMultiply, Unsigned, BothNarrow>(i, op);
            case 3:
                Vectors.Registers(i, op);
                op->Aux = (ushort)i.Field(30, 1);
                op->Handler = &Run64;
                return true;
            default:
                return false;
        }
    }
}
