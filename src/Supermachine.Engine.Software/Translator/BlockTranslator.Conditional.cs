namespace Supermachine.Engine.Software;

/// <content>What reads the flags and goes on: addition with carry, selection, conditional comparison.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool WithCarry(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30), flags = i.Bit(29);
        t.NeedFlags();
        if (!subtract) t.Asm.Byte(0xF5); // CMC: ADC adds PSTATE.C, SBB subtracts its opposite
        HostRegister to = t.ResultIn(op->Rd, op->Rm, A);
        t.Get(to, op->Rn, wide);
        t.AluSlot(subtract ? SBB : ADC, to, op->Rm, wide);
        t.Clobbered();
        t.Put(op->Rd, to);
        if (!flags) return true;
        if (subtract) t.ProducedSub();
        else t.ProducedAdd();
        return true;
    }

    public static bool Select(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        uint condition = i.Field(12, 4);
        if (condition >= 14)
        {
            t.Get(A, op->Rn, wide);
            t.Put(op->Rd, A);
            return true;
        }

        t.NeedFlags();
        HostCondition holds = ConditionOf(condition);
        bool invert = i.Bit(30), increment = i.Bit(10);
        if (increment && !invert && op->Rn == Cpu.Zero && op->Rm == Cpu.Zero) t.Set(op->Rd, Opposite(holds));
        else if (op->Rd == op->Rn && t.TryGetHost(op->Rd, out HostRegister same)) t.SelectInto(same, Opposite(holds), t.Other(op->Rm, invert, increment, wide), wide);
        else
        {
            HostRegister to = op->Rd != op->Rn ? t.ResultIn(op->Rd, -1, A) : A;
            t.OtherInto(to, op->Rm, invert, increment, wide);
            t.SelectInto(to, holds, op->Rn, wide);
            t.Put(op->Rd, to);
        }

        return true;
    }

    private static HostCondition Opposite(HostCondition condition) => (HostCondition)((int)condition ^ 1);

    /// <summary>CSET: 1 or 0.</summary>
    private void Set(int slot, HostCondition condition)
    {
        HostRegister to = ResultIn(slot, -1, A);
        Asm.MoveConstant(to, 0);
        Asm.RegReg0F(0x90 + (int)condition, 0, to, wide: false, byteRm: true);
        Put(slot, to);
    }

    /// <summary>A register = another if a condition holds; 32 bits of itself, zero-extended, otherwise, where that is all there is to select. Leaves EFLAGS alone.</summary>
    private void SelectInto(HostRegister to, HostCondition condition, HostRegister from, bool wide) => Asm.RegReg0F(0x40 + (int)condition, to, from, wide);

    private void SelectInto(HostRegister to, HostCondition condition, int slot, bool wide) => RegSlot0F(0x40 + (int)condition, to, slot, wide);

    /// <summary>Where the second operand of CSEL, CSINC, CSINV or CSNEG is, or is made: a register of its own, or RAX.</summary>
    private HostRegister Other(int slot, bool invert, bool increment, bool wide)
    {
        if (!invert && !increment) return Use(slot, A);
        OtherInto(A, slot, invert, increment, wide);
        return A;
    }

    private void OtherInto(HostRegister to, int slot, bool invert, bool increment, bool wide)
    {
        if (!invert && increment)
        {
            Asm.Lea(to, Use(slot, to), 1, wide);
            return;
        }

        Get(to, slot, wide);
        if (invert) Asm.Unary(2, to, wide);
        if (increment) Asm.Lea(to, to, 1, wide);
    }

    public static bool ConditionalCompare(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30);
        uint condition = i.Field(12, 4);
        if (condition >= 14)
        {
            t.CompareNow(op, subtract, wide);
            return true;
        }

        t.NeedFlags();
        ulong otherwise = t.Asm.JumpForward(Opposite(ConditionOf(condition)));
        t.CompareNow(op, subtract, wide);
        ulong done = t.Asm.JumpForward();
        t.Asm.Bind(otherwise);
        t.StoreFlags((uint)op->Imm2);
        t.Asm.Bind(done);
        t.Clobbered();
        return true;
    }

    /// <summary>CCMP and CCMN where the condition holds.</summary>
    private void CompareNow(Op* op, bool subtract, bool wide)
    {
        Get(A, op->Rn, wide);
        int operation = subtract ? CMP : ADD;
        if (op->Ra != 0) Asm.AluConstant(operation, A, (int)op->Imm, wide);
        else AluSlot(operation, A, op->Rm, wide);
        if (!subtract) Asm.Byte(0xF5);
        SaveFlags();
    }
}
