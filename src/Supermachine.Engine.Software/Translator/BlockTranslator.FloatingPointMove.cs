using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Floating point that only moves bits: neither FPCR nor FPSR has a part in it, and EFLAGS stay as they are.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool FpMove(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = FpShape.Of(i);
        t.LoadV(XMM0, shape, op->Rn);
        t.StoreV(op->Rd, XMM0, shape);
        return true;
    }

    public static bool FpAbs(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = FpShape.Of(i);
        t.LoadV(XMM0, shape, op->Rn);
        t.Absolute(XMM0, XMM0, shape);
        t.StoreV(op->Rd, XMM0, shape);
        return true;
    }

    public static bool FpNeg(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = FpShape.Of(i);
        t.LoadV(XMM0, shape, op->Rn);
        if (shape.IsScalar) t.EmitConstant(VPXOR, XMM0, XMM0, 1UL << ((8 * shape.Bytes) - 1), 0);
        else t.EmitConstant(VPXOR, XMM0, XMM0, SignBit(shape.Size));
        t.StoreV(op->Rd, XMM0, shape);
        return true;
    }

    public static bool FpMoveImmediate(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.FloatingPoint) return false;
        t.Asm.MoveConstant(A, op->Imm);
        t.PutNumber(op->Rd, A, wide: true);
        return true;
    }

    public static bool FpToGeneral(BlockTranslator t, uint i, Op* op)
    {
        t.LoadGeneral(op->Rd, CpuOffset.V(op->Rn), wide: i.Bit(31));
        return true;
    }

    public static bool FpToGeneralTop(BlockTranslator t, uint i, Op* op)
    {
        t.LoadGeneral(op->Rd, CpuOffset.V(op->Rn) + 8, wide: true);
        return true;
    }

    public static bool FpFromGeneral(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.FloatingPoint) return false;
        t.PutNumber(op->Rd, t.Use(op->Rn, A), wide: i.Bit(31));
        return true;
    }

    public static bool FpFromGeneralTop(BlockTranslator t, uint i, Op* op)
    {
        t.Asm.Store(Cpu0, CpuOffset.V(op->Rd) + 8, t.Use(op->Rn, A));
        t.Forget(op->Rd);
        return true;
    }

    public static bool FpSelect(BlockTranslator t, uint i, Op* op)
    {
        uint condition = i.Field(12, 4);
        bool wide = i.Bit(22);
        if (!HostFeatures.FloatingPoint || condition >= 14) return false;
        t.NeedFlags();
        t.Asm.Load(A, Cpu0, CpuOffset.V(op->Rm), wide);
        t.Asm.RegMem(0x40 + (int)ConditionOf(condition), (int)A, Cpu0, CpuOffset.V(op->Rn), wide, escape: true); // CMOVcc
        t.PutNumber(op->Rd, A, wide);
        return true;
    }

    private void LoadGeneral(int rd, int displacement, bool wide)
    {
        HostRegister to = ResultIn(rd, -1, A);
        Asm.Load(to, Cpu0, displacement, wide);
        Put(rd, to);
        _keepsHeld = true;
    }

    /// <summary>A conversion's result.</summary>
    private void PutInteger(int rd, HostRegister from)
    {
        Put(rd, from);
        _keepsHeld = true;
    }

    /// <summary>A general register's bits as a scalar. One store of 16 bytes, so that loads of any size find it.</summary>
    private void PutNumber(int rd, HostRegister from, bool wide)
    {
        Asm.Vector(VMOVD, XMM0, XMM0, from, wide);
        Asm.VectorStore(Cpu0, CpuOffset.V(rd), XMM0);
        Hold(rd, XMM0, wide ? HeldForm.Half : HeldForm.Single);
    }
}
