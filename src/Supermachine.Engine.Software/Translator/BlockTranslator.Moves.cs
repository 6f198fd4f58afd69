namespace Supermachine.Engine.Software;

/// <content>Moves, bitfields, shifts by register, reversals.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool MoveWide(BlockTranslator t, uint i, Op* op)
    {
        if (i.Field(29, 2) != 3)
        {
            HostRegister constant = t.ResultIn(op->Rd, -1, A);
            t.Asm.MoveConstant(constant, op->Imm);
            t.Put(op->Rd, constant);
            return true;
        }

        bool wide = i.Bit(31);
        HostRegister to = t.ResultIn(op->Rd, -1, A);
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
        HostRegister to = t.ResultIn(op->Rd, -1, A);
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
        HostRegister to = t.ResultIn(op->Rd, -1, A);
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

    public static bool TwoSource(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        switch (i.Field(10, 6))
        {
            case 2: t.Divide(op, signed: false, wide); break;
            case 3: t.Divide(op, signed: true, wide); break;
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
}
