namespace Supermachine.Engine.Software;

/// <content>Moves, bitfields, multiplication, division, shifts by register, reversals, selection.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool MoveWide(BlockTranslator t, uint i, Op* op)
    {
        if (i.Field(29, 2) != 3)
        {
            HostRegister constant = ResultIn(op->Rd, -1, A);
            t.Asm.MoveConstant(constant, op->Imm);
            t.Put(op->Rd, constant);
            return true;
        }

        bool wide = i.Bit(31);
        HostRegister to = ResultIn(op->Rd, -1, A);
        t.Get(to, op->Rd == Cpu.Discard ? Cpu.Zero : op->Rd, wide);
        t.Asm.MoveConstant(B, op->Imm2);
        t.Asm.Alu(AND, to, B, wide);
        t.Asm.MoveConstant(B, op->Imm);
        t.Asm.Alu(OR, to, B, wide);
        t.Clobbered();
        t.Put(op->Rd, to);
        return true;
    }

    public static bool Address(BlockTranslator t, uint i, Op* op)
    {
        HostRegister to = ResultIn(op->Rd, -1, A);
        long offset = (long)op->Imm;
        t.Asm.Load(to, Cpu0, CpuOffset.PageVa);
        if ((int)offset == offset)
        {
            t.Asm.Lea(to, to, (int)offset);
        }
        else
        {
            t.Asm.MoveConstant(B, (ulong)offset);
            t.Asm.LeaIndexed(to, to, B, 0);
        }

        t.Put(op->Rd, to);
        return true;
    }

    public static bool Bitfield(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        int width = wide ? 64 : 32, r = (int)i.Field(16, 6), s = (int)i.Field(10, 6);
        HostRegister to = ResultIn(op->Rd, -1, A);
        switch (i.Field(29, 2))
        {
            case 0:
                t.SignedBitfield(to, op, wide, r, s);
                break;
            case 1:
                t.Get(B, op->Rn, wide);
                if (r != 0) t.Asm.Shift(1, B, r, wide);
                t.Asm.MoveConstant(D, op->Imm);
                t.Asm.Alu(AND, B, D, wide);
                t.Asm.Unary(2, D, wide);
                t.Get(to, op->Rd == Cpu.Discard ? Cpu.Zero : op->Rd, wide);
                t.Asm.Alu(AND, to, D, wide);
                t.Asm.Alu(OR, to, B, wide);
                break;
            default:
                t.UnsignedBitfield(to, op, wide, width, r, s);
                break;
        }

        t.Clobbered();
        t.Put(op->Rd, to);
        return true;
    }

    private void SignedBitfield(HostRegister to, Op* op, bool wide, int r, int s)
    {
        int left = op->Aux & 0xFF, right = op->Aux >> 8;
        if (r == 0 && s is 7 or 15 or 31)
        {
            HostRegister from = Use(op->Rn, to);
            if (s == 7) Asm.RegReg0F(0xBE, to, from, wide, byteRm: true);
            else if (s == 15) Asm.RegReg0F(0xBF, to, from, wide);
            else if (wide) Asm.RegReg(0x63, to, from, wide: true);
            else Asm.Move(to, from, wide: false);
            return;
        }

        Get(to, op->Rn, wide);
        if (left != 0) Asm.Shift(4, to, left, wide);
        if (right != 0) Asm.Shift(7, to, right, wide);
    }

    private void UnsignedBitfield(HostRegister to, Op* op, bool wide, int width, int r, int s)
    {
        Get(to, op->Rn, wide);
        if (s >= r)
        {
            if (r != 0) Asm.Shift(5, to, r, wide);
            if (s != width - 1) Mask(to, s - r + 1);
            return;
        }

        int left = width - r;
        if (s + 1 + left < width) Mask(to, s + 1);
        Asm.Shift(4, to, left, wide);
    }

    /// <summary>Keeps the low bits.</summary>
    private void Mask(HostRegister register, int bits)
    {
        if (bits == 32) Asm.Move(register, register, wide: false);
        else if (bits < 32) Asm.AluConstant(AND, register, (int)((1u << bits) - 1), wide: false);
        else
        {
            Asm.Shift(4, register, 64 - bits);
            Asm.Shift(5, register, 64 - bits);
        }
    }

    public static bool Extract(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        int amount = op->Aux;
        t.Get(A, op->Rm, wide);
        if (op->Rn == op->Rm)
        {
            if (amount != 0) t.Asm.Shift(1, A, amount, wide);
        }
        else if (amount != 0)
        {
            // SHRD RAX, RCX, amount.
            t.Get(B, op->Rn, wide);
            t.Asm.RegReg0F(0xAC, B, A, wide);
            t.Asm.Byte(amount);
        }

        t.Clobbered();
        t.Put(op->Rd, A);
        return true;
    }

    public static bool ThreeSource(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        uint operation = i.Field(21, 3) << 1 | i.Field(15, 1);
        switch (operation)
        {
            case 4 or 12:
                if (!System.Runtime.Intrinsics.X86.Bmi2.X64.IsSupported || operation == 4) return false;
                t.Get(D, op->Rn, wide: true);
                t.Asm.MulX(A, B, t.Use(op->Rm, A));
                t.Put(op->Rd, A);
                return true;
            case 0 or 1:
                t.Get(A, op->Rn, wide);
                break;
            case 2 or 3:
                t.Asm.RegReg(0x63, A, t.Use(op->Rn, A), wide: true);
                t.Asm.RegReg(0x63, B, t.Use(op->Rm, B), wide: true);
                break;
            default:
                t.Get(A, op->Rn, wide: false);
                t.Get(B, op->Rm, wide: false);
                break;
        }

        bool wideMultiply = wide || operation > 1;
        if (operation <= 1) t.Asm.RegReg0F(0xAF, A, t.Use(op->Rm, B), wideMultiply);
        else t.Asm.RegReg0F(0xAF, A, B, wideMultiply);
        if ((operation & 1) != 0)
        {
            t.Asm.Unary(3, A, wideMultiply);
            t.AluSlot(ADD, A, op->Ra, wideMultiply);
        }
        else if (op->Ra != Cpu.Zero)
        {
            t.AluSlot(ADD, A, op->Ra, wideMultiply);
        }

        t.Clobbered();
        t.Put(op->Rd, A);
        return true;
    }

    public static bool TwoSource(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        switch (i.Field(10, 6))
        {
            case 2:
                t.Divide(op, wide);
                return true;
            case 8: return t.VariableShift(op, 1, wide);
            case 9: return t.VariableShift(op, 3, wide);
            case 10: return t.VariableShift(op, 2, wide);
            case 11:
                t.Get(B, op->Rm, wide: false);
                t.Get(A, op->Rn, wide);
                t.Asm.Rex(wide, 0, 0, (int)A, false);
                t.Asm.Byte(0xD3);
                t.Asm.ModRm(3, 1, (int)A);
                t.Clobbered();
                t.Put(op->Rd, A);
                return true;
            default:
                return false;
        }
    }

    private bool VariableShift(Op* op, int prefix, bool wide)
    {
        if (!System.Runtime.Intrinsics.X86.Bmi2.IsSupported) return false;
        HostRegister amount = Use(op->Rm, B), value = Use(op->Rn, A);
        HostRegister to = ResultIn(op->Rd, -1, A);
        Asm.ShiftX(prefix, to, value, amount, wide);
        Put(op->Rd, to);
        return true;
    }

    private void Divide(Op* op, bool wide)
    {
        Get(B, op->Rm, wide);
        Asm.MoveConstant(A, 0);
        Asm.Test(B, B, wide);
        ulong zero = Asm.JumpForward(HostCondition.E);
        Get(A, op->Rn, wide);
        Asm.MoveConstant(D, 0);
        Asm.Unary(6, B, wide);
        Asm.Bind(zero);
        Clobbered();
        Put(op->Rd, A);
    }

    public static bool OneSourceOp(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        switch (i.Field(10, 6))
        {
            case 2 when wide: // REV32: both words, each reversed
                t.Get(A, op->Rn, wide: true);
                t.ByteSwap(A, true);
                t.Asm.Shift(0, A, 32);
                break;
            case 2 or 3:
                t.Get(A, op->Rn, wide);
                t.ByteSwap(A, wide);
                t.Put(op->Rd, A);
                return true;
            case 4 when System.Runtime.Intrinsics.X86.Lzcnt.IsSupported:
                t.Asm.RegReg0F(0xBD, A, t.Use(op->Rn, B), wide, prefix: 0xF3);
                break;
            default:
                return false;
        }

        t.Clobbered();
        t.Put(op->Rd, A);
        return true;
    }

    private void ByteSwap(HostRegister register, bool wide)
    {
        Asm.Rex(wide, 0, 0, (int)register, false);
        Asm.Byte(0x0F);
        Asm.Byte(0xC8 + ((int)register & 7));
    }

    public static bool WithCarry(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30), flags = i.Bit(29);
        t.NeedFlags();
        if (!subtract) t.Asm.Byte(0xF5); // CMC: ADC adds PSTATE.C, SBB subtracts its opposite
        HostRegister to = ResultIn(op->Rd, op->Rm, A);
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
        if (condition >= 14) return false;
        t.NeedFlags();
        t.Get(A, op->Rm, wide);
        if (i.Bit(30)) t.Asm.Unary(2, A, wide);
        if (i.Bit(10)) t.Asm.Lea(A, A, 1, wide);
        t.Asm.RegReg0F(0x40 + (int)ConditionOf(condition), A, t.Use(op->Rn, B), wide);
        t.Put(op->Rd, A);
        return true;
    }

    public static bool ConditionalCompare(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30);
        uint condition = i.Field(12, 4);
        if (condition >= 14) return false;
        t.NeedFlags();
        ulong otherwise = t.Asm.JumpForward((HostCondition)((int)ConditionOf(condition) ^ 1));
        t.Get(A, op->Rn, wide);
        int operation = subtract ? CMP : ADD;
        if (op->Ra != 0) t.Asm.AluConstant(operation, A, (int)op->Imm, wide);
        else t.AluSlot(operation, A, op->Rm, wide);
        if (!subtract) t.Asm.Byte(0xF5);
        t.SaveFlags();
        ulong done = t.Asm.JumpForward();
        t.Asm.Bind(otherwise);
        t.StoreFlags((uint)op->Imm2);
        t.Asm.Bind(done);
        t.Clobbered();
        return true;
    }
}
