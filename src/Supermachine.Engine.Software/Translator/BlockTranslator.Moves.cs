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
        if (second == Cpu.Zero || Pinning.TryGet(second, out _)) Asm.RegReg0F(0xAF, to, Use(second, B), wide);
        else Asm.RegMem(0xAF, (int)to, Cpu0, CpuOffset.X(second), wide, escape: true);
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

    public static bool TwoSource(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        switch (i.Field(10, 6))
        {
            case 2: t.Divide(op, wide); break;
            case 3: t.DivideSigned(op, wide); break;
            case 8: t.VariableShift(op, 4, 1, wide); break;
            case 9: t.VariableShift(op, 5, 3, wide); break;
            case 10: t.VariableShift(op, 7, 2, wide); break;
            case 11: t.ShiftByCl(op, 1, wide); break;
            case >= 20 when HostFeatures.Crc32: t.ChecksumCastagnoli(op, 1 << (int)i.Field(10, 2)); break;
            case >= 16 and < 20 when HostFeatures.Avx2 && HostFeatures.CarrylessMultiply: t.Checksum(op, 1 << (int)i.Field(10, 2)); break;
            default: return false;
        }

        return true;
    }

    /// <summary>SHL 4, SHR 5, SAR 7, ROR 1 by Rm; the host takes the amount modulo the width, as A64 does.</summary>
    private void ShiftByCl(Op* op, int operation, bool wide)
    {
        Get(B, op->Rm, wide: false);
        Get(A, op->Rn, wide);
        Asm.Rex(wide, 0, 0, (int)A, false);
        Asm.Byte(0xD3);
        Asm.ModRm(3, operation, (int)A);
        Clobbered();
        Put(op->Rd, A);
    }

    private void VariableShift(Op* op, int operation, int prefix, bool wide)
    {
        if (!HostFeatures.Bmi2)
        {
            ShiftByCl(op, operation, wide);
            return;
        }

        HostRegister amount = Use(op->Rm, B), value = Use(op->Rn, A);
        HostRegister to = ResultIn(op->Rd, -1, A);
        Asm.ShiftX(prefix, to, value, amount, wide);
        Put(op->Rd, to);
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

    /// <summary>SDIV: by zero it gives zero, and the least number by -1 gives itself; both would fault on the host.</summary>
    private void DivideSigned(Op* op, bool wide)
    {
        Get(B, op->Rm, wide);
        Asm.MoveConstant(A, 0);
        Asm.Test(B, B, wide);
        ulong zero = Asm.JumpForward(HostCondition.E);
        Get(A, op->Rn, wide);
        Asm.AluConstant(CMP, B, -1, wide);
        ulong negate = Asm.JumpForward(HostCondition.E);
        Asm.Rex(wide, 0, 0, 0, false);
        Asm.Byte(0x99); // CDQ, CQO
        Asm.Unary(7, B, wide);
        ulong done = Asm.JumpForward();
        Asm.Bind(negate);
        Asm.Unary(3, A, wide);
        Asm.Bind(done);
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
            case 0: // RBIT: the bytes, then the nibbles, pairs and bits of each
                t.Get(A, op->Rn, wide);
                t.ByteSwap(A, wide);
                t.SwapNeighbours(4, 0x0F0F_0F0F_0F0F_0F0F, wide);
                t.SwapNeighbours(2, 0x3333_3333_3333_3333, wide);
                t.SwapNeighbours(1, 0x5555_5555_5555_5555, wide);
                break;
            case 1: // REV16
                t.Get(A, op->Rn, wide);
                t.SwapNeighbours(8, 0x00FF_00FF_00FF_00FF, wide);
                break;
            case 4 when System.Runtime.Intrinsics.X86.Lzcnt.IsSupported:
                t.Asm.RegReg0F(0xBD, A, t.Use(op->Rn, B), wide, prefix: 0xF3);
                break;
            case 5 when System.Runtime.Intrinsics.X86.Lzcnt.IsSupported: // CLS: where a bit differs from the one above it
                t.Get(A, op->Rn, wide);
                t.Asm.Move(B, A);
                t.Asm.Shift(7, B, 1, wide);
                t.Asm.Alu(XOR, A, B, wide);
                t.Asm.RegReg0F(0xBD, A, A, wide, prefix: 0xF3);
                t.Asm.AluConstant(SUB, A, 1, wide);
                break;
            default:
                return false;
        }

        t.Clobbered();
        t.Put(op->Rd, A);
        return true;
    }

    /// <summary>Swaps neighbouring fields of RAX, of which the mask has every other one. Takes RCX and RDX.</summary>
    private void SwapNeighbours(int bits, ulong mask, bool wide)
    {
        Asm.MoveConstant(D, wide ? mask : (uint)mask);
        Asm.Move(B, A, wide);
        Asm.Shift(5, B, bits, wide);
        Asm.Alu(AND, B, D, wide);
        Asm.Alu(AND, A, D, wide);
        Asm.Shift(4, A, bits, wide);
        Asm.Alu(OR, A, B, wide);
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
        else if (op->Rd == op->Rn && Pinning.TryGet(op->Rd, out HostRegister same)) t.SelectInto(same, Opposite(holds), t.Other(op->Rm, invert, increment, wide), wide);
        else
        {
            HostRegister to = op->Rd != op->Rn ? ResultIn(op->Rd, -1, A) : A;
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

    private void SelectInto(HostRegister to, HostCondition condition, int slot, bool wide)
    {
        if (slot == Cpu.Zero || Pinning.TryGet(slot, out _)) SelectInto(to, condition, Use(slot, B), wide);
        else Asm.RegMem(0x40 + (int)condition, (int)to, Cpu0, CpuOffset.X(slot), wide, escape: true);
    }

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
        ulong otherwise = t.Asm.JumpForward((HostCondition)((int)ConditionOf(condition) ^ 1));
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
