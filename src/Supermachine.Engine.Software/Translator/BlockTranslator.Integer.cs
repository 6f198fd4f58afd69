namespace Supermachine.Engine.Software;

/// <content>Add, subtract and logical instructions.</content>
internal sealed unsafe partial class BlockTranslator
{
    private const int ADD = 0, OR = 1, ADC = 2, SBB = 3, AND = 4, SUB = 5, XOR = 6, CMP = 7;

    public static bool AddSubImmediate(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30), flags = i.Bit(29);
        int value = (int)op->Imm;
        if (!flags)
        {
            HostRegister from = t.Use(op->Rn, A);
            HostRegister to = t.ResultIn(op->Rd, -1, A);
            t.Asm.Lea(to, from, subtract ? -value : value, wide);
            t.Put(op->Rd, to);
            return true;
        }

        t.AddSubFlags(op, subtract, wide, new Operand(OperandKind.Constant, value));
        return true;
    }

    public static bool AddSubShifted(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30), flags = i.Bit(29);
        int shift = (int)i.Field(22, 2), amount = op->Aux;
        if (amount == 0) t.AddSubSlot(op, subtract, flags, wide);
        else if (!subtract && !flags) t.AddShifted(op, shift, amount, wide);
        else
        {
            t.ShiftedTo(B, op->Rm, shift, amount, wide);
            t.AddSubFrom(B, op, subtract, flags, wide);
        }

        return true;
    }

    public static bool AddSubExtended(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), subtract = i.Bit(30), flags = i.Bit(29);
        int amount = op->Aux & 0xFF;
        if (!subtract && !flags)
        {
            t.ExtendedTo(B, op->Rm, op->Aux >> 8, 0);
            t.AddShifted(op, B, 0, amount, wide);
            return true;
        }

        t.ExtendedTo(B, op->Rm, op->Aux >> 8, amount);
        t.AddSubFrom(B, op, subtract, flags, wide);
        return true;
    }

    public static bool LogicalImmediate(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31);
        uint opc = i.Field(29, 2);
        ulong mask = op->Imm;
        if (opc == 1 && op->Rn == Cpu.Zero)
        {
            HostRegister constant = t.ResultIn(op->Rd, -1, A);
            t.Asm.MoveConstant(constant, mask);
            t.Put(op->Rd, constant);
            return true;
        }

        if (opc == 0 && mask <= uint.MaxValue) wide = false; // nothing is left of the upper half
        HostRegister to = t.ResultIn(op->Rd, -1, A);
        if (opc == 0 && mask == uint.MaxValue)
        {
            t.Get(to, op->Rn, wide: false);
            t.Put(op->Rd, to);
            return true;
        }

        bool small = !wide || (ulong)(int)mask == mask;
        if (!small) t.Asm.MoveConstant(B, mask);
        t.Get(to, op->Rn, wide);
        int operation = opc switch { 1 => OR, 2 => XOR, _ => AND };
        if (small) t.Asm.AluConstant(operation, to, (int)mask, wide);
        else t.Asm.Alu(operation, to, B, wide);
        t.Clobbered();
        t.Put(op->Rd, to);
        if (opc == 3) t.ProducedLogical();
        return true;
    }

    public static bool LogicalShifted(BlockTranslator t, uint i, Op* op)
    {
        bool wide = i.Bit(31), invert = i.Bit(21);
        uint opc = i.Field(29, 2);
        int shift = (int)i.Field(22, 2), amount = op->Aux;
        if (opc == 1 && op->Rn == Cpu.Zero && amount == 0)
        {
            // MOV and MVN.
            HostRegister moved = t.ResultIn(op->Rd, -1, A);
            t.Get(moved, op->Rm, wide);
            if (invert) t.Asm.Unary(2, moved, wide);
            t.Put(op->Rd, moved);
            return true;
        }

        int operation = opc switch { 1 => OR, 2 => XOR, _ => AND };
        HostRegister to = t.ResultIn(op->Rd, op->Rm, A);
        if (amount == 0 && !invert)
        {
            t.Get(to, op->Rn, wide);
            t.AluSlot(operation, to, op->Rm, wide);
        }
        else
        {
            if (amount == 0) t.Get(B, op->Rm, wide);
            else t.ShiftedTo(B, op->Rm, shift, amount, wide);
            if (invert) t.Asm.Unary(2, B, wide);
            t.Get(to, op->Rn, wide);
            t.Asm.Alu(operation, to, B, wide);
        }

        t.Clobbered();
        t.Put(op->Rd, to);
        if (opc == 3) t.ProducedLogical();
        return true;
    }

    /// <summary>With Rm as it is.</summary>
    private void AddSubSlot(Op* op, bool subtract, bool flags, bool wide)
    {
        int rm = op->Rm;
        if (flags)
        {
            AddSubFlags(op, subtract, wide, new Operand(OperandKind.Slot, rm));
            return;
        }

        if (!subtract && (MustKeepHostFlags || (TryGetHost(rm, out _) && (op->Rd == rm || op->Rd != op->Rn))))
        {
            Add(op, Use(rm, B), 0, wide);
            return;
        }

        HostRegister to = ResultIn(op->Rd, rm, A);
        Get(to, op->Rn, wide);
        AluSlot(subtract ? SUB : ADD, to, rm, wide);
        Clobbered();
        Put(op->Rd, to);
    }

    /// <summary>Rn plus Rm, shifted by a constant that is not 0, without a word about flags.</summary>
    private void AddShifted(Op* op, int shift, int amount, bool wide) => AddShifted(op, Use(op->Rm, B), shift, amount, wide);

    /// <summary>Likewise, of a host register. Takes RCX and RDX.</summary>
    private void AddShifted(Op* op, HostRegister operand, int shift, int amount, bool wide)
    {
        if (shift == 0 && amount <= 3)
        {
            Add(op, operand, amount, wide);
            return;
        }

        if (MustKeepHostFlags)
        {
            Asm.MoveConstant(D, (uint)amount);
            Asm.ShiftX(shift switch { 0 => 1, 1 => 3, _ => 2 }, B, operand, D, wide);
        }
        else
        {
            if (operand != B || !wide) Asm.Move(B, operand, wide);
            Shift(B, shift, amount, wide);
        }

        Add(op, B, 0, wide);
    }

    /// <summary>Rn plus a host register that is shifted left by up to 3. Leaves EFLAGS alone.</summary>
    private void Add(Op* op, HostRegister operand, int shift, bool wide)
    {
        HostRegister to = ResultIn(op->Rd, -1, A);
        Asm.LeaIndexed(to, Use(op->Rn, A), operand, shift, wide);
        Put(op->Rd, to);
    }

    /// <summary>With the second operand in a scratch register.</summary>
    private void AddSubFrom(HostRegister operand, Op* op, bool subtract, bool flags, bool wide)
    {
        if (flags)
        {
            AddSubFlags(op, subtract, wide, new Operand(OperandKind.Host, (int)operand));
            return;
        }

        HostRegister to = ResultIn(op->Rd, -1, A);
        Get(to, op->Rn, wide);
        Asm.Alu(subtract ? SUB : ADD, to, operand, wide);
        Clobbered();
        Put(op->Rd, to);
    }

    private void AddSubFlags(Op* op, bool subtract, bool wide, Operand operand)
    {
        bool compare = subtract && op->Rd == Cpu.Discard;
        if (!compare || !TryGetHost(op->Rn, out HostRegister to))
        {
            to = ResultIn(op->Rd, operand.Kind == OperandKind.Slot ? operand.Value : -1, A);
            Get(to, op->Rn, wide);
        }

        int operation = compare ? CMP : subtract ? SUB : ADD;
        switch (operand.Kind)
        {
            case OperandKind.Constant: Asm.AluConstant(operation, to, operand.Value, wide); break;
            case OperandKind.Slot: AluSlot(operation, to, operand.Value, wide); break;
            default: Asm.Alu(operation, to, (HostRegister)operand.Value, wide); break;
        }

        if (!compare) Put(op->Rd, to);
        if (subtract) ProducedSub();
        else ProducedAdd();
    }

    private enum OperandKind
    {
        Constant,
        Slot,
        Host,
    }

    /// <summary>A second operand: a constant, a guest register, or a host register that has it.</summary>
    private readonly record struct Operand(OperandKind Kind, int Value);

    /// <summary>LSL 0, LSR 1, ASR 2, ROR 3 of a guest register, by a constant that is not 0.</summary>
    private void ShiftedTo(HostRegister to, int slot, int shift, int amount, bool wide)
    {
        Get(to, slot, wide);
        Shift(to, shift, amount, wide);
    }

    private void Shift(HostRegister register, int shift, int amount, bool wide)
    {
        Asm.Shift(shift switch { 0 => 4, 1 => 5, 2 => 7, _ => 1 }, register, amount, wide);
        Clobbered();
    }

    /// <summary>UXTB to SXTX of a guest register, then shifted left.</summary>
    private void ExtendedTo(HostRegister to, int slot, int option, int amount)
    {
        HostRegister from = Use(slot, to);
        switch (option)
        {
            case 0: Asm.RegReg0F(0xB6, to, from, wide: false, byteRm: true); break;
            case 1: Asm.RegReg0F(0xB7, to, from, wide: false); break;
            case 2: Asm.Move(to, from, wide: false); break;
            case 4: Asm.RegReg0F(0xBE, to, from, wide: true, byteRm: true); break;
            case 5: Asm.RegReg0F(0xBF, to, from, wide: true); break;
            case 6: Asm.RegReg(0x63, to, from, wide: true); break;
            default:
                if (to != from) Asm.Move(to, from);
                break;
        }

        if (amount == 0) return;
        Asm.Shift(4, to, amount);
        Clobbered();
    }
}
