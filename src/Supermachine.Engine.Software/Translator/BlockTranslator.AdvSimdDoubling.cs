using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// Advanced SIMD saturating doubling multiplications. Only one product does not fit when it is doubled: that of the lowest number
/// with itself, which then looks like the lowest number again; and no other one looks so.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>SQDMULH, SQRDMULH.</summary>
    public static bool DoublingMultiplyHigh(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.LoadPart(XMM1, op->Rm, BytesOf(i, size));
        return t.DoublingMultiplyHighBy(i, op, rounding: i.Bit(29));
    }

    public static bool DoublingMultiplyHighElement(BlockTranslator t, uint i, Op* op)
    {
        t.BroadcastElement(XMM1, op, SizeOf(i));
        return t.DoublingMultiplyHighBy(i, op, rounding: i.Bit(12));
    }

    private bool DoublingMultiplyHighBy(uint i, Op* op, bool rounding)
    {
        int size = SizeOf(i);
        LoadPart(XMM0, op->Rn, BytesOf(i, size));
        if (size == 2)
        {
            DoublingMultiplyHighWords(rounding);
        }
        else if (rounding)
        {
            Emit(VPMULHRSW, XMM0, XMM0, XMM1);
        }
        else
        {
            Emit(VPMULLW, XMM2, XMM0, XMM1);
            Emit(VPMULHW, XMM0, XMM0, XMM1);
            Emit(VPADDW, XMM0, XMM0, XMM0);
            Asm.VectorShift(AvxShift.Right, 1, XMM2, XMM2, 15);
            Emit(VPOR, XMM0, XMM0, XMM2);
        }

        SaturateLowest(size, XMM0, XMM1);
        StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>The upper halves of twice XMM0 times XMM1: of the even words, then of the odd ones.</summary>
    private void DoublingMultiplyHighWords(bool rounding)
    {
        Emit(VPMULDQ, XMM2, XMM0, XMM1);
        Asm.VectorShift(AvxShift.Right, 3, XMM0, XMM0, 32);
        Asm.VectorShift(AvxShift.Right, 3, XMM1, XMM1, 32);
        Emit(VPMULDQ, XMM0, XMM0, XMM1);
        foreach (HostVector product in (ReadOnlySpan<HostVector>)[XMM0, XMM2])
        {
            if (rounding) EmitConstant(VPADDQ, product, product, 1UL << 30);
            Emit(VPADDQ, product, product, product);
        }

        const int Odds = 0b1010;
        Asm.VectorShift(AvxShift.Right, 3, XMM2, XMM2, 32);
        Emit(VPBLENDD, XMM0, XMM2, XMM0, Odds);
    }

    /// <summary>SQDMULL, SQDMLAL, SQDMLSL.</summary>
    public static bool DoublingMultiplyLong(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.LoadLongPart(XMM1, i, size, op->Rm);
        return t.DoublingMultiplyLongBy(i, op, !i.Bit(14), i.Bit(13));
    }

    public static bool DoublingMultiplyLongElement(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.BroadcastElement(XMM1, op, size);
        if (size == 1) t.Emit(VPMOVSXWD, XMM1, XMM0, XMM1);
        return t.DoublingMultiplyLongBy(i, op, !i.Bit(15), i.Bit(14));
    }

    private bool DoublingMultiplyLongBy(uint i, Op* op, bool accumulate, bool subtract)
    {
        int size = SizeOf(i);
        LoadLongPart(XMM0, i, size, op->Rn);
        Emit(size == 1 ? VPMULLD : VPMULDQ, XMM1, XMM0, XMM1);
        Emit(Adds[size + 1], XMM1, XMM1, XMM1);
        SaturateLowest(size + 1, XMM1, XMM2);
        if (accumulate)
        {
            LoadPart(XMM0, op->Rd, i.Bit(28) ? 2 << size : 16);
            AddSubSaturating(size + 1, unsigned: false, subtract);
            StoreVector(op->Rd, XMM0);
            return true;
        }

        StoreVector(op->Rd, XMM1);
        return true;
    }

    /// <summary>The elements of a long multiplication, sign-extended: half a register's, or one.</summary>
    private void LoadLongPart(HostVector to, uint i, int size, int register)
    {
        if (!i.Bit(28))
        {
            LoadLong(to, size, unsigned: false, register, i.Bit(30));
            return;
        }

        LoadPart(to, register, 1 << size);
        Emit(ExtendsSigned[size], to, XMM0, to);
    }
}
