using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD on bits, and comparisons.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool AndVector(BlockTranslator t, uint i, Op* op) => t.Commutative(VPAND, i, op);

    /// <summary>ORR, and MOV, which is ORR of a register with itself.</summary>
    public static bool OrVector(BlockTranslator t, uint i, Op* op)
    {
        if (op->Rn != op->Rm) return t.Commutative(VPOR, i, op);
        t.LoadVector(XMM0, op->Rn);
        return t.Result(i, op, XMM0);
    }

    public static bool ExclusiveOrVector(BlockTranslator t, uint i, Op* op) => t.Commutative(VPXOR, i, op);

    public static bool BitClearVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rm);
        t.Emit(VPANDN, XMM0, XMM0, op->Rn);
        return t.Result(i, op, XMM0);
    }

    public static bool OrNotVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rm);
        t.Not(XMM0, XMM1);
        t.Emit(VPOR, XMM0, XMM0, op->Rn);
        return t.Result(i, op, XMM0);
    }

    public static bool NotVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Not(XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>BSL: bits of Rn where Rd has ones, of Rm elsewhere.</summary>
    public static bool SelectBits(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rm);
        t.Emit(VPXOR, XMM1, XMM0, op->Rn);
        t.Emit(VPAND, XMM1, XMM1, op->Rd);
        t.Emit(VPXOR, XMM0, XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>BIT and BIF: bits of Rn where Rm has ones, or zeros.</summary>
    public static bool InsertBits(BlockTranslator t, uint i, Op* op)
    {
        bool whereZero = i.Bit(22);
        t.LoadVector(XMM0, op->Rd);
        t.Emit(VPXOR, XMM1, XMM0, op->Rn);
        t.LoadVector(XMM2, op->Rm);
        t.Emit(whereZero ? VPANDN : VPAND, XMM1, XMM2, XMM1);
        t.Emit(VPXOR, XMM0, XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    public static bool CompareEqual(BlockTranslator t, uint i, Op* op) => t.Commutative(Equals0[SizeOf(i)], i, op);

    /// <summary>CMTST.</summary>
    public static bool CompareTest(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Emit(VPAND, XMM0, XMM0, op->Rm);
        t.Zero(XMM1);
        t.Emit(Equals0[SizeOf(i)], XMM0, XMM0, XMM1);
        t.Not(XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>CMGT, CMGE.</summary>
    public static bool CompareSigned(BlockTranslator t, uint i, Op* op)
    {
        bool orEqual = i.Bit(11);
        t.LoadVector(XMM0, orEqual ? op->Rm : op->Rn);
        t.Emit(Greaters[SizeOf(i)], XMM0, XMM0, orEqual ? op->Rn : op->Rm);
        if (orEqual) t.Not(XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>CMHI, CMHS: one is not less where it is the greater of the two.</summary>
    public static bool CompareUnsigned(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool orEqual = i.Bit(11);
        int notLess = orEqual ? op->Rn : op->Rm, other = orEqual ? op->Rm : op->Rn;
        t.LoadVector(XMM0, notLess);
        if (size < 3)
        {
            t.Emit(MaxUnsigned[size], XMM1, XMM0, other);
            t.Emit(Equals0[size], XMM0, XMM0, XMM1);
            if (!orEqual) t.Not(XMM0, XMM1);
        }
        else
        {
            t.LoadVector(XMM1, other);
            t.EmitConstant(VPXOR, XMM0, XMM0, SignBit(3));
            t.EmitConstant(VPXOR, XMM1, XMM1, SignBit(3));
            t.Emit(VPCMPGTQ, XMM0, XMM1, XMM0);
            if (orEqual) t.Not(XMM0, XMM1);
        }

        return t.Result(i, op, XMM0);
    }

    public static bool CompareEqualZero(BlockTranslator t, uint i, Op* op)
    {
        t.Zero(XMM0);
        t.Emit(Equals0[SizeOf(i)], XMM0, XMM0, op->Rn);
        return t.Result(i, op, XMM0);
    }

    /// <summary>CMGT and CMLE with zero.</summary>
    public static bool CompareGreaterZero(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Zero(XMM1);
        t.Emit(Greaters[SizeOf(i)], XMM0, XMM0, XMM1);
        if (i.Bit(29)) t.Not(XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>CMLT and CMGE with zero.</summary>
    public static bool CompareLessZero(BlockTranslator t, uint i, Op* op)
    {
        t.Zero(XMM0);
        t.Emit(Greaters[SizeOf(i)], XMM0, XMM0, op->Rn);
        if (i.Bit(29)) t.Not(XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>An operation whose operands may change places: Rm stays in memory.</summary>
    private bool Commutative(Avx operation, uint i, Op* op)
    {
        Emit(operation, XMM0, UseVector(op->Rn, XMM0), op->Rm);
        return Result(i, op, XMM0);
    }
}
