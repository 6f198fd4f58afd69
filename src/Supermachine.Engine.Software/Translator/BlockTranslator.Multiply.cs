namespace Supermachine.Engine.Software;

/// <content>Multiplication and division.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool ThreeSource(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        uint operation = i.Field(21, 3) << 1 | i.Field(15, 1);
        switch (operation)
        {
            case 12 when HostFeatures.Bmi2:
                t.Get(D, op->Rn, wide: true);
                t.Asm.MulX(A, B, t.Use(op->Rm, A));
                t.Put(op->Rd, A);
                return true;
            case 4 or 12:
                t.Get(A, op->Rn, wide: true);
                t.Asm.Unary(operation == 4 ? 5 : 4, t.Use(op->Rm, B)); // RDX:RAX = RAX times it
                t.Clobbered();
                t.Put(op->Rd, D);
                return true;
            case 0 or 1:
                t.Multiply(op, operation == 1, wide);
                return true;
            case 2 or 3:
                t.Asm.RegReg(0x63, A, t.Use(op->Rn, A), wide: true);
                t.Asm.RegReg(0x63, B, t.Use(op->Rm, B), wide: true);
                break;
            default:
                t.Get(A, op->Rn, wide: false);
                t.Get(B, op->Rm, wide: false);
                break;
        }

        t.Asm.RegReg0F(0xAF, A, B, wide: true);
        t.Accumulate(A, op, (operation & 1) != 0, wide: true);
        return true;
    }

    /// <summary>MADD and MSUB.</summary>
    private void Multiply(Op* op, bool subtract, bool wide)
    {
        (int first, int second) = op->Rd == op->Rm ? (op->Rm, op->Rn) : (op->Rn, op->Rm);
        HostRegister to = op->Rd != second && op->Rd != op->Ra ? ResultIn(op->Rd, -1, A) : A;
        Get(to, first, wide);
        RegSlot0F(0xAF, to, second, wide);
        Accumulate(to, op, subtract, wide);
    }

    /// <summary>Ra plus or minus a product.</summary>
    private void Accumulate(HostRegister product, Op* op, bool subtract, bool wide)
    {
        if (subtract) Asm.Unary(3, product, wide);
        if (op->Ra != Cpu.Zero) AluSlot(ADD, product, op->Ra, wide);
        Clobbered();
        Put(op->Rd, product);
    }

    /// <summary>UDIV and SDIV: by zero they give zero, which would fault on the host.</summary>
    private void Divide(Op* op, bool signed, bool wide)
    {
        Get(B, op->Rm, wide);
        Asm.MoveConstant(A, 0);
        Asm.Test(B, B, wide);
        ulong zero = Asm.JumpForward(HostCondition.E);
        Get(A, op->Rn, wide);
        if (signed)
        {
            DivideSigned(wide);
        }
        else
        {
            Asm.MoveConstant(D, 0);
            Asm.Unary(6, B, wide);
        }

        Asm.Bind(zero);
        Clobbered();
        Put(op->Rd, A);
    }

    /// <summary>RAX by RCX. The least number by -1 gives itself; that would fault on the host as well.</summary>
    private void DivideSigned(bool wide)
    {
        Asm.AluConstant(CMP, B, -1, wide);
        ulong negate = Asm.JumpForward(HostCondition.E);
        Asm.Rex(wide, 0, 0, 0, false);
        Asm.Byte(0x99); // CDQ, CQO
        Asm.Unary(7, B, wide);
        ulong done = Asm.JumpForward();
        Asm.Bind(negate);
        Asm.Unary(3, A, wide);
        Asm.Bind(done);
    }
}
