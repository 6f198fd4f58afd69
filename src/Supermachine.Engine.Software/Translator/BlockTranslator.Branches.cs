namespace Supermachine.Engine.Software;

/// <content>Branches. The op's immediate is the target relative to the page.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool Branch(BlockTranslator t, uint i, Op* op)
    {
        if (i.Bit(31)) t.EmitPc(HostRegister.R15, op->Offset + 4u);
        t.EmitGoto(op->Imm);
        return true;
    }

    public static bool BranchIf(BlockTranslator t, uint i, Op* op)
    {
        uint condition = i.Field(0, 4);
        if (condition < 14)
        {
            t.NeedFlags();
            t.EmitFork(ConditionOf(condition), op);
        }
        else
        {
            t.EmitGoto(op->Imm);
        }

        return true;
    }

    public static bool CompareAndBranch(BlockTranslator t, uint i, Op* op)
    {
        HostRegister register = t.Use(op->Rn, A);
        t.Asm.Test(register, register, i.Bit(31));
        t.Clobbered();
        t.EmitFork(i.Bit(24) ? HostCondition.NE : HostCondition.E, op);
        return true;
    }

    public static bool TestAndBranch(BlockTranslator t, uint i, Op* op)
    {
        HostRegister register = t.Use(op->Rn, A);
        bool set = i.Bit(24);
        HostCondition condition;
        if (op->Aux < 32)
        {
            t.Asm.Test32(register, 1 << op->Aux);
            condition = set ? HostCondition.NE : HostCondition.E;
        }
        else
        {
            t.Asm.RegReg0F(0xBA, (HostRegister)4, register, wide: true); // BT register, bit
            t.Asm.Byte(op->Aux);
            condition = set ? HostCondition.B : HostCondition.AE;
        }

        t.Clobbered();
        t.EmitFork(condition, op);
        return true;
    }

    /// <summary>Goes to a branch's target if a condition of EFLAGS holds, and on after it otherwise.</summary>
    private void EmitFork(HostCondition condition, Op* op)
    {
        _keepsHeld = true;
        if (HasLoans && op->Imm == _start)
        {
            EmitLoop(condition, op);
            return;
        }

        EmitGotoIf(condition, op->Imm);
        if (_words[_index + 1] != BlockBuilder.FallThrough) EmitGoto(op->Offset + 4u);
    }

    public static bool BranchRegister(BlockTranslator t, uint i, Op* op)
    {
        t.Get(A, op->Rn, wide: true);
        if (i.Field(21, 2) == 1) t.EmitPc(HostRegister.R15, op->Offset + 4u);
        t.EmitJump();
        return true;
    }
}
