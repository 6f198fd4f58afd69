using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD modified immediate, copy, extract and table lookup. Permutations are apart.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>MOVI, MVNI, FMOV: the op has the vector.</summary>
    public static bool VectorImmediate(BlockTranslator t, uint i, Op* op)
    {
        t.LoadConstant(XMM0, op->Imm, op->Imm2);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    public static bool OrImmediate(BlockTranslator t, uint i, Op* op) => t.WithImmediate(VPOR, i, op);

    /// <summary>BIC: the op has the complement.</summary>
    public static bool BitClearImmediate(BlockTranslator t, uint i, Op* op) => t.WithImmediate(VPAND, i, op);

    private bool WithImmediate(Avx operation, uint i, Op* op)
    {
        LoadVector(XMM0, op->Rd);
        EmitConstant(operation, XMM0, XMM0, op->Imm);
        return Result(i, op, XMM0);
    }

    /// <summary>DUP (general).</summary>
    public static bool DuplicateGeneral(BlockTranslator t, uint i, Op* op)
    {
        Copies.TryDecode(i, out int size, out _);
        t.Asm.Vector(VMOVD, XMM0, XMM0, t.Use(op->Rn, B), wide: true);
        t.Emit(Broadcasts[size], XMM0, XMM0, XMM0);
        return t.Result(i, op, XMM0);
    }

    /// <summary>REV, and DUP of an element: the op has the indexes, with the upper half's as Q wants them.</summary>
    public static bool ByteShuffle(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.EmitConstant(VPSHUFB, XMM0, XMM0, op->Imm, op->Imm2);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    public static bool InsertGeneral(BlockTranslator t, uint i, Op* op)
    {
        Copies.TryDecode(i, out int size, out _);
        HostRegister from = t.Use(op->Rn, B);
        t.LoadVector(XMM0, op->Rd);
        t.Asm.Vector(Inserts[size], XMM0, XMM0, from, wide: false);
        t.Asm.Byte(op->Aux);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    public static bool InsertElement(BlockTranslator t, uint i, Op* op)
    {
        Copies.TryDecode(i, out int size, out _);
        if (size >= 2)
        {
            HostVector to = t.UseVector(op->Rd, XMM0), from = t.UseVector(op->Rn, XMM1);
            if (size == 2) t.Emit(VINSERTPS, XMM0, to, from, (op->Ra << 6) | (op->Aux << 4));
            else if (op->Aux == 0) t.Emit(VSHUFPD, XMM0, from, to, 2 | op->Ra);
            else t.Emit(VSHUFPD, XMM0, to, from, op->Ra << 1);
        }
        else
        {
            t.LoadVector(XMM0, op->Rd);
            t.Asm.Vector(Inserts[size], XMM0, XMM0, Cpu0, CpuOffset.V(op->Rn) + (op->Ra << size));
            t.Asm.Byte(op->Aux);
        }

        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>UMOV.</summary>
    public static bool MoveElement(BlockTranslator t, uint i, Op* op)
    {
        Copies.TryDecode(i, out int size, out _);
        HostRegister to = t.ResultIn(op->Rd, -1, B);
        t.LoadElement(to, op->Rn, size, op->Aux);
        t.Put(op->Rd, to);
        return true;
    }

    /// <summary>SMOV.</summary>
    public static bool MoveElementSigned(BlockTranslator t, uint i, Op* op)
    {
        Copies.TryDecode(i, out int size, out _);
        HostRegister to = t.ResultIn(op->Rd, -1, B);
        int at = CpuOffset.V(op->Rn) + (op->Aux << size);
        if (size == 2) t.Asm.RegMem(0x63, (int)to, Cpu0, at, wide: true);
        else t.Asm.RegMem(size == 0 ? 0xBE : 0xBF, (int)to, Cpu0, at, wide: i.Bit(30), escape: true);
        t.Put(op->Rd, to);
        return true;
    }

    /// <summary>A general register = an element, zero-extended.</summary>
    private void LoadElement(HostRegister to, int register, int size, int index)
    {
        int at = CpuOffset.V(register) + (index << size);
        _keepsHeld = true;
        if (TryGetHeld(register, HeldForm.Full, out HostVector held))
        {
            Asm.Vector(Extracts[size], held, XMM0, to, wide: false);
            Asm.Byte(index);
        }
        else if (size < 2)
        {
            Asm.RegMem(size == 0 ? 0xB6 : 0xB7, (int)to, Cpu0, at, wide: false, escape: true);
        }
        else
        {
            Asm.Load(to, Cpu0, at, wide: size == 3);
        }
    }

    /// <summary>EXT.</summary>
    public static bool ExtractVector(BlockTranslator t, uint i, Op* op)
    {
        int position = (int)i.Field(11, 4);
        if (i.Bit(30))
        {
            t.LoadVector(XMM0, op->Rm);
            t.Emit(VPALIGNR, XMM0, XMM0, op->Rn);
            t.Asm.Byte(position);
        }
        else
        {
            t.LoadVector(XMM0, op->Rn);
            t.Emit(VPUNPCKLQDQ, XMM0, XMM0, op->Rm);
            t.Asm.VectorShiftBytes(XMM0, XMM0, position);
        }

        return t.Result(i, op, XMM0);
    }

    /// <summary>
    /// TBL and TBX. VPSHUFB takes the low four bits of an index, and gives zero where bit 7 is set: adding 0x70 with saturation sets it
    /// from 16 on.
    /// </summary>
    public static bool TableLookup(BlockTranslator t, uint i, Op* op)
    {
        int registers = op->Aux;
        for (int k = 0; k < registers; k++)
        {
            HostVector indexes = k == 0 ? XMM0 : XMM1;
            t.LoadVector(indexes, op->Rm);
            if (k != 0) t.EmitConstant(VPSUBB, indexes, indexes, Repeat(0, 16 * (ulong)k));
            t.EmitConstant(VPADDUSB, indexes, indexes, Repeat(0, 0x70));
            t.LoadVector(XMM2, (op->Rn + k) & 31);
            t.Emit(VPSHUFB, indexes, XMM2, indexes);
            if (k != 0) t.Emit(VPOR, XMM0, XMM0, XMM1);
        }

        if (op->Ra != 0)
        {
            t.LoadVector(XMM1, op->Rm);
            t.EmitConstant(VPMAXUB, XMM2, XMM1, Repeat(0, 16 * (ulong)registers));
            t.Emit(VPCMPEQB, XMM1, XMM1, XMM2);
            t.Emit(VPAND, XMM1, XMM1, op->Rd);
            t.Emit(VPOR, XMM0, XMM0, XMM1);
        }

        return t.Result(i, op, XMM0);
    }
}
