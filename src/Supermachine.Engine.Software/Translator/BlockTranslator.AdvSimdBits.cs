using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD: counting and reversing bits, by tables of what a nibble gives; and across lanes.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool CountBits(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.ByNibbles(VPADDB, 0x0302020102010100, 0x0403030203020201, 0x0302020102010100, 0x0403030203020201);
        return t.Result(i, op, XMM0);
    }

    public static bool ReverseBits(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.ByNibbles(VPOR, 0xE060A020C0408000, 0xF070B030D0509010, 0x0E060A020C040800, 0x0F070B030D050901);
        return t.Result(i, op, XMM0);
    }

    public static bool CountLeadingZeros(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.LeadingZeros(SizeOf(i));
        return t.Result(i, op, XMM0);
    }

    /// <summary>CLS: leading zeros, but the sign's own, of what differs from the sign.</summary>
    public static bool CountLeadingSigns(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.LoadVector(XMM0, op->Rn);
        t.Zero(XMM1);
        t.Emit(Greaters[size], XMM1, XMM1, XMM0);
        t.Emit(VPXOR, XMM0, XMM0, XMM1);
        t.LeadingZeros(size);
        t.EmitConstant(Subs[size], XMM0, XMM0, Repeat(size, 1));
        return t.Result(i, op, XMM0);
    }

    /// <summary>The leading zeros of XMM0's elements: of bytes first, then of twice the size while the upper half is all zeros.</summary>
    private void LeadingZeros(int size)
    {
        ByNibbles(VPMINUB, 0x0505050506060708, 0x0404040404040404, 0x0101010102020308, 0);
        for (int wider = 1; wider <= size; wider++)
        {
            int half = 4 << wider;
            Asm.VectorShift(AvxShift.Right, wider, XMM1, XMM0, half);
            EmitConstant(Equals0[wider], XMM2, XMM1, Repeat(wider, (ulong)half));
            EmitConstant(VPAND, XMM0, XMM0, Repeat(wider, LowBits(half)));
            Emit(VPAND, XMM0, XMM0, XMM2);
            Emit(Adds[wider], XMM0, XMM0, XMM1);
        }
    }

    /// <summary>XMM0 = what the low nibbles select of one table joined with what the high ones select of another.</summary>
    private void ByNibbles(Avx join, ulong low, ulong lowUpper, ulong high, ulong highUpper)
    {
        ulong nibbles = Repeat(0, 0x0F);
        EmitConstant(VPAND, XMM1, XMM0, nibbles);
        Asm.VectorShift(AvxShift.Right, 1, XMM0, XMM0, 4);
        EmitConstant(VPAND, XMM0, XMM0, nibbles);
        LoadConstant(XMM2, low, lowUpper);
        Emit(VPSHUFB, XMM1, XMM2, XMM1);
        LoadConstant(XMM2, high, highUpper);
        Emit(VPSHUFB, XMM0, XMM2, XMM0);
        Emit(join, XMM0, XMM0, XMM1);
    }

    public static bool AddAcross(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        return t.Reduce(Adds[SizeOf(i)], i, op, SizeOf(i), i.Bit(30) ? 16 : 8);
    }

    /// <summary>SMAXV, UMAXV, SMINV, UMINV.</summary>
    public static bool MinMaxAcross(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        return t.Reduce(MinMax(i.Bit(16), i.Bit(29))[SizeOf(i)], i, op, SizeOf(i), i.Bit(30) ? 16 : 8);
    }

    /// <summary>SADDLV, UADDLV: the sums of neighbours, then of these.</summary>
    public static bool AddLongAcross(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.LoadVector(XMM0, op->Rn);
        t.AddNeighbours(size, i.Bit(29));
        return t.Reduce(Adds[size + 1], i, op, size + 1, i.Bit(30) ? 16 : 8);
    }

    /// <summary>Rd = all of XMM0's elements joined: one half with the other, again and again.</summary>
    private bool Reduce(Avx join, uint i, Op* op, int size, int bytes)
    {
        for (int half = bytes / 2; half >= 1 << size; half /= 2)
        {
            Asm.VectorShiftBytes(XMM1, XMM0, half);
            Emit(join, XMM0, XMM0, XMM1);
        }

        Clip(XMM0, 1 << size);
        StoreVector(op->Rd, XMM0);
        return true;
    }
}
