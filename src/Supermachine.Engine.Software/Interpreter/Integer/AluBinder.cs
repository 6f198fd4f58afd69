namespace Supermachine.Engine.Software;

/// <summary>Chooses the handler of an add/subtract or logical instruction.</summary>
internal static unsafe class AluBinder
{
    /// <summary>ADD, ADDS, SUB, SUBS (immediate): sf op S 100010 sh imm12 Rn Rd.</summary>
    public static bool AddSubImmediate(uint i, Op* op)
    {
        bool flags = i.Bit(29);
        op->Imm = (ulong)i.Field(10, 12) << (i.Bit(22) ? 12 : 0);
        op->Rn = (byte)i.Field(5, 5);
        op->Rd = flags ? Bits.Target(i.Field(0, 5)) : (byte)i.Field(0, 5);
        op->Handler = AddSub<ImmediateOperand>(i.Field(29, 3));
        return true;
    }

    /// <summary>ADD, ADDS, SUB, SUBS (shifted register): sf op S 01011 shift 0 Rm imm6 Rn Rd.</summary>
    public static bool AddSubShifted(uint i, Op* op)
    {
        uint shift = i.Field(22, 2);
        if (shift == 3 || !Shifted(i, op)) return false;
        bool wide = i.Bit(31);
        op->Handler = (shift, op->Aux, wide) switch
        {
            (0, 0, _) => AddSub<RegisterOperand>(i.Field(29, 3)),
            (0, _, _) => AddSub<LslOperand>(i.Field(29, 3)),
            (1, _, true) => AddSub<Lsr64Operand>(i.Field(29, 3)),
            (1, _, false) => AddSub<Lsr32Operand>(i.Field(29, 3)),
            (_, _, true) => AddSub<Asr64Operand>(i.Field(29, 3)),
            (_, _, false) => AddSub<Asr32Operand>(i.Field(29, 3)),
        };
        return true;
    }

    /// <summary>ADD, ADDS, SUB, SUBS (extended register): sf op S 01011 00 1 Rm option imm3 Rn Rd.</summary>
    public static bool AddSubExtended(uint i, Op* op)
    {
        uint shift = i.Field(10, 3);
        if (shift > 4) return false;
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Rn = (byte)i.Field(5, 5);
        op->Rd = i.Bit(29) ? Bits.Target(i.Field(0, 5)) : (byte)i.Field(0, 5);
        op->Aux = (ushort)(i.Field(13, 3) << 8 | shift);
        op->Handler = AddSub<ExtendedOperand>(i.Field(29, 3));
        return true;
    }

    /// <summary>AND, ORR, EOR, ANDS (immediate): sf opc 100100 N immr imms Rn Rd.</summary>
    public static bool LogicalImmediate(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        if (!wide && i.Bit(22)) return false;
        if (!Bits.TryDecodeBitMasks(i.Field(22, 1), i.Field(10, 6), i.Field(16, 6), true, wide ? 64 : 32, out ulong mask, out _)) return false;
        op->Imm = mask;
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = i.Field(29, 2) == 3 ? Bits.Target(i.Field(0, 5)) : (byte)i.Field(0, 5);
        op->Handler = Logical<ImmediateOperand>(i.Field(29, 3), false);
        return true;
    }

    /// <summary>AND, BIC, ORR, ORN, EOR, EON, ANDS, BICS (shifted register): sf opc 01010 shift N Rm imm6 Rn Rd.</summary>
    public static bool LogicalShifted(uint i, Op* op)
    {
        if (!Shifted(i, op)) return false;
        uint opc = i.Field(29, 3);
        bool invert = i.Bit(21), wide = i.Bit(31);
        if (opc is 1 or 5 && !invert && op->Rn == Cpu.Zero && op->Aux == 0 && wide)
        {
            op->Handler = &Moves.Register;
            return true;
        }

        op->Handler = (i.Field(22, 2), op->Aux, wide) switch
        {
            (0, 0, _) => Logical<RegisterOperand>(opc, invert),
            (0, _, _) => Logical<LslOperand>(opc, invert),
            (1, _, true) => Logical<Lsr64Operand>(opc, invert),
            (1, _, false) => Logical<Lsr32Operand>(opc, invert),
            (2, _, true) => Logical<Asr64Operand>(opc, invert),
            (2, _, false) => Logical<Asr32Operand>(opc, invert),
            (_, _, true) => Logical<Ror64Operand>(opc, invert),
            (_, _, false) => Logical<Ror32Operand>(opc, invert),
        };
        return true;
    }

    private static bool Shifted(uint i, Op* op)
    {
        uint amount = i.Field(10, 6);
        if (!i.Bit(31) && amount > 31) return false;
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Aux = (ushort)amount;
        return true;
    }

    /// <summary>By sf:op:S.</summary>
    private static delegate*<Cpu*, Op*, Op*> AddSub<T>(uint sfOpS)
        where T : struct, IOperand => sfOpS switch
        {
            0 => &Alu.Run<Add32, T>,
            1 => &Alu.Run<Adds32, T>,
            2 => &Alu.Run<Sub32, T>,
            3 => &Alu.Run<Subs32, T>,
            4 => &Alu.Run<Add64, T>,
            5 => &Alu.Run<Adds64, T>,
            6 => &Alu.Run<Sub64, T>,
            _ => &Alu.Run<Subs64, T>,
        };

    /// <summary>By sf:opc and N.</summary>
    private static delegate*<Cpu*, Op*, Op*> Logical<T>(uint sfOpc, bool invert)
        where T : struct, IOperand => (sfOpc, invert) switch
        {
            (0, false) => &Alu.Run<And32, T>,
            (1, false) => &Alu.Run<Orr32, T>,
            (2, false) => &Alu.Run<Eor32, T>,
            (3, false) => &Alu.Run<Ands32, T>,
            (4, false) => &Alu.Run<And64, T>,
            (5, false) => &Alu.Run<Orr64, T>,
            (6, false) => &Alu.Run<Eor64, T>,
            (7, false) => &Alu.Run<Ands64, T>,
            (0, true) => &Alu.Run<Bic32, T>,
            (1, true) => &Alu.Run<Orn32, T>,
            (2, true) => &Alu.Run<Eon32, T>,
            (3, true) => &Alu.Run<Bics32, T>,
            (4, true) => &Alu.Run<Bic64, T>,
            (5, true) => &Alu.Run<Orn64, T>,
            (6, true) => &Alu.Run<Eon64, T>,
            _ => &Alu.Run<Bics64, T>,
        };
}
