using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD instructions whose sources and results differ in size, without saturation.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>SADDL, UADDL, SSUBL, USUBL, and of a wide first operand SADDW, UADDW, SSUBW, USUBW.</summary>
    public static bool AddSubLong(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool unsigned = i.Bit(29), wide = i.Bit(12), subtract = i.Bit(13);
        if (wide) t.LoadVector(XMM0, op->Rn);
        else t.LoadLong(XMM0, size, unsigned, op->Rn, i.Bit(30));
        t.LoadLong(XMM1, size, unsigned, op->Rm, i.Bit(30));
        t.Emit((subtract ? Subs : Adds)[size + 1], XMM0, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SABDL, UABDL, SABAL, UABAL: of extended elements the difference fits.</summary>
    public static bool AbsoluteDifferenceLong(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool unsigned = i.Bit(29), accumulate = !i.Bit(13);
        t.LoadLong(XMM0, size, unsigned, op->Rn, i.Bit(30));
        t.LoadLong(XMM1, size, unsigned, op->Rm, i.Bit(30));
        t.Emit(Subs[size + 1], XMM0, XMM0, XMM1);
        t.Absolute(size + 1, XMM0, XMM1);
        if (accumulate) t.Emit(Adds[size + 1], XMM0, XMM0, op->Rd);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>SMULL, UMULL, SMLAL, UMLAL, SMLSL, UMLSL.</summary>
    public static bool MultiplyLong(BlockTranslator t, uint i, Op* op)
    {
        t.LoadLong(XMM1, SizeOf(i), i.Bit(29), op->Rm, i.Bit(30));
        return t.MultiplyLongBy(i, op, !i.Bit(14), i.Bit(13));
    }

    /// <summary>The same by element.</summary>
    public static bool MultiplyLongElement(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.BroadcastElement(XMM1, op, size);
        if (size == 1) t.Emit((i.Bit(29) ? ExtendsUnsigned : ExtendsSigned)[1], XMM1, XMM0, XMM1);
        return t.MultiplyLongBy(i, op, !i.Bit(15), i.Bit(14));
    }

    /// <summary>Elements of Rn, extended, times those of XMM1.</summary>
    private bool MultiplyLongBy(uint i, Op* op, bool accumulate, bool subtract)
    {
        int size = SizeOf(i);
        LoadLong(XMM0, size, i.Bit(29), op->Rn, i.Bit(30));
        Emit(size switch { 0 => VPMULLW, 1 => VPMULLD, _ => i.Bit(29) ? VPMULUDQ : VPMULDQ }, XMM0, XMM0, XMM1);
        if (accumulate && subtract)
        {
            LoadVector(XMM1, op->Rd);
            Emit(Subs[size + 1], XMM0, XMM1, XMM0);
        }
        else if (accumulate)
        {
            Emit(Adds[size + 1], XMM0, XMM0, op->Rd);
        }

        StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>PMULL of 64 bits.</summary>
    public static bool PolynomialMultiplyLong(BlockTranslator t, uint i, Op* op)
    {
        if (SizeOf(i) != 3 || !HostFeatures.CarrylessMultiply) return false;
        t.LoadVector(XMM0, op->Rn);
        t.Emit(VPCLMULQDQ, XMM0, XMM0, op->Rm);
        t.Asm.Byte(i.Bit(30) ? 0x11 : 0);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>XTN.</summary>
    public static bool ExtractNarrow(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        return t.ResultNarrow(i, op, SizeOf(i), high: false);
    }

    /// <summary>SHRN, RSHRN.</summary>
    public static bool ShiftRightNarrow(BlockTranslator t, uint i, Op* op)
    {
        int size = ShiftSize(i), amount = op->Aux;
        bool rounding = i.Bit(11);
        t.LoadVector(XMM0, op->Rn);
        if (rounding) t.EmitConstant(Adds[size + 1], XMM0, XMM0, Repeat(size + 1, 1UL << (amount - 1)));
        bool high = amount == 8 << size;
        if (!high) t.Asm.VectorShift(AvxShift.Right, size + 1, XMM0, XMM0, amount);
        return t.ResultNarrow(i, op, size, high);
    }

    /// <summary>ADDHN, SUBHN, RADDHN, RSUBHN.</summary>
    public static bool AddSubHighNarrow(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool subtract = i.Bit(13), rounding = i.Bit(29);
        t.LoadVector(XMM0, op->Rn);
        t.Emit((subtract ? Subs : Adds)[size + 1], XMM0, XMM0, op->Rm);
        if (rounding) t.EmitConstant(Adds[size + 1], XMM0, XMM0, Repeat(size + 1, 1UL << ((8 << size) - 1)));
        return t.ResultNarrow(i, op, size, high: true);
    }

    /// <summary>SADDLP, UADDLP, SADALP, UADALP.</summary>
    public static bool PairwiseAddLong(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        bool unsigned = i.Bit(29), accumulate = i.Bit(14);
        t.LoadVector(XMM0, op->Rn);
        t.AddNeighbours(size, unsigned);
        if (accumulate) t.Emit(Adds[size + 1], XMM0, XMM0, op->Rd);
        return t.Result(i, op, XMM0);
    }

    /// <summary>XMM0 = sums of its neighbours, twice their size.</summary>
    private void AddNeighbours(int size, bool unsigned)
    {
        if (size == 0)
        {
            // Of this one's factors the first is unsigned, the second signed.
            LoadConstant(XMM1, Repeat(0, 1), Repeat(0, 1));
            if (unsigned) Emit(VPMADDUBSW, XMM0, XMM0, XMM1);
            else Emit(VPMADDUBSW, XMM0, XMM1, XMM0);
        }
        else if (size == 1 && !unsigned)
        {
            EmitConstant(VPMADDWD, XMM0, XMM0, Repeat(1, 1));
        }
        else if (unsigned)
        {
            KeepHalf(size, true, XMM1, XMM0);
            KeepHalf(size, false, XMM0, XMM0);
            Emit(Adds[size + 1], XMM0, XMM0, XMM1);
        }
        else
        {
            const int Evens = 0x88, Odds = 0xDD;
            Emit(VPSHUFD, XMM1, XMM0, XMM0, Odds);
            Emit(VPSHUFD, XMM0, XMM0, XMM0, Evens);
            Emit(VPMOVSXDQ, XMM1, XMM0, XMM1);
            Emit(VPMOVSXDQ, XMM0, XMM0, XMM0);
            Emit(VPADDQ, XMM0, XMM0, XMM1);
        }
    }

    /// <summary>Half of a V register, its elements extended.</summary>
    private void LoadLong(HostVector to, int size, bool unsigned, int register, bool upper)
    {
        Avx extend = (unsigned ? ExtendsUnsigned : ExtendsSigned)[size];
        if (!upper)
        {
            Emit(extend, to, XMM0, register);
        }
        else if (TryGetHeld(register, HeldForm.Full, out HostVector held))
        {
            Emit(VPUNPCKHQDQ, to, held, held);
            Emit(extend, to, XMM0, to);
        }
        else
        {
            Asm.Vector(extend, to, XMM0, Cpu0, CpuOffset.V(register) + 8);
        }
    }

    /// <summary>The low or high halves of XMM0's wide elements as Rd's lower half, with zeros above, or as its upper half.</summary>
    private bool ResultNarrow(uint i, Op* op, int size, bool high)
    {
        bool upper = IsFull(i);
        int narrow = 1 << size;
        UInt128 indexes = 0;
        for (int at = 7; at >= 0; at--) indexes = indexes << 8 | (uint)((at / narrow * 2 * narrow) + (at % narrow) + (high ? narrow : 0));
        const ulong None = 0x8080808080808080;
        ulong chosen = (ulong)indexes;
        EmitConstant(VPSHUFB, XMM0, XMM0, upper ? None : chosen, upper ? chosen : None);
        if (upper)
        {
            LoadPart(XMM1, op->Rd, 8);
            Emit(VPOR, XMM0, XMM0, XMM1);
        }

        StoreVector(op->Rd, XMM0);
        return true;
    }
}
