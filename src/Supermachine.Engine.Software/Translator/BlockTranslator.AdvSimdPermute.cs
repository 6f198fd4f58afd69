using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>ZIP, UZP and TRN, and what works on pairs of neighbours. The 64-bit forms put both operands into one register first.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>ZIP1, ZIP2.</summary>
    public static bool Zip(BlockTranslator t, uint i, Op* op)
    {
        bool second = i.Bit(14), full = IsFull(i);
        t.LoadVector(XMM0, op->Rn);
        t.Emit((second && full ? UnpackHighs : UnpackLows)[SizeOf(i)], XMM0, XMM0, op->Rm);
        if (second && !full) t.Asm.VectorShiftBytes(XMM0, XMM0, 8);
        return t.Result(i, op, XMM0);
    }

    /// <summary>UZP1, UZP2.</summary>
    public static bool Unzip(BlockTranslator t, uint i, Op* op)
    {
        t.LoadPair(i, op);
        t.EveryOther(SizeOf(i), i.Bit(14), XMM2, XMM3);
        return t.Result(i, op, XMM2);
    }

    /// <summary>TRN1, TRN2: elements of Rn stay or come down, those of Rm go up or stay.</summary>
    public static bool Transpose(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i), bits = 8 << size;
        bool second = i.Bit(14);
        t.LoadVector(XMM0, op->Rn);
        if (size == 3)
        {
            t.Emit(second ? VPUNPCKHQDQ : VPUNPCKLQDQ, XMM0, XMM0, op->Rm);
            return t.Result(i, op, XMM0);
        }

        ulong evens = Repeat(size + 1, LowBits(bits));
        t.LoadVector(XMM1, op->Rm);
        if (second)
        {
            t.Asm.VectorShift(AvxShift.Right, size + 1, XMM0, XMM0, bits);
            t.EmitConstant(VPAND, XMM1, XMM1, ~evens);
        }
        else
        {
            t.EmitConstant(VPAND, XMM0, XMM0, evens);
            t.Asm.VectorShift(AvxShift.Left, size + 1, XMM1, XMM1, bits);
        }

        t.Emit(VPOR, XMM0, XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    public static bool PairwiseAdd(BlockTranslator t, uint i, Op* op) => t.Pairwise(Adds, i, op);

    /// <summary>SMAXP, UMAXP, SMINP, UMINP.</summary>
    public static bool PairwiseMinMax(BlockTranslator t, uint i, Op* op) => t.Pairwise(MinMax(i.Bit(11), i.Bit(29)), i, op);

    private bool Pairwise(Avx[] operation, uint i, Op* op)
    {
        int size = SizeOf(i);
        LoadPair(i, op);
        EveryOther(size, false, XMM2, XMM3);
        EveryOther(size, true, XMM4, XMM3);
        Emit(operation[size], XMM2, XMM2, XMM4);
        return Result(i, op, XMM2);
    }

    /// <summary>ADDP (scalar).</summary>
    public static bool PairwiseAddScalar(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.Asm.VectorShiftBytes(XMM1, XMM0, 8);
        t.Emit(VPADDQ, XMM0, XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>XMM0 and XMM1 = Rn and Rm, or both of them the low halves of these side by side.</summary>
    private void LoadPair(uint i, Op* op)
    {
        LoadVector(XMM0, op->Rn);
        if (IsFull(i))
        {
            LoadVector(XMM1, op->Rm);
            return;
        }

        Emit(VPUNPCKLQDQ, XMM0, XMM0, op->Rm);
        Asm.Vector(VMOVDQU, XMM1, XMM0, XMM0);
    }

    /// <summary>The even or the odd elements of XMM0 and XMM1.</summary>
    private void EveryOther(int size, bool odd, HostVector to, HostVector scratch)
    {
        switch (size)
        {
            case 3:
                Emit(odd ? VPUNPCKHQDQ : VPUNPCKLQDQ, to, XMM0, XMM1);
                return;
            case 2:
                Emit(VSHUFPS, to, XMM0, XMM1, odd ? 0xDD : 0x88);
                return;
            default:
                KeepHalf(size, odd, to, XMM0);
                KeepHalf(size, odd, scratch, XMM1);
                Emit(size == 0 ? VPACKUSWB : VPACKUSDW, to, to, scratch);
                return;
        }
    }

    /// <summary>The even or the odd elements, zero-extended to twice their size.</summary>
    private void KeepHalf(int size, bool odd, HostVector to, HostVector from)
    {
        if (odd) Asm.VectorShift(AvxShift.Right, size + 1, to, from, 8 << size);
        else EmitConstant(VPAND, to, from, Repeat(size + 1, LowBits(8 << size)));
    }
}
