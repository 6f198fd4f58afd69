namespace Supermachine.Engine.Software;

/// <summary>Add and subtract with carry, conditional select, conditional compare (ARM ARM C4.1, Data processing - register).</summary>
internal static unsafe class Conditional
{
    private static Op* Adc64(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = cpu->X[op->Rn] + (cpu->X[op->Rm] ^ op->Imm) + cpu->C;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Adc32(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)(cpu->X[op->Rn] + (cpu->X[op->Rm] ^ op->Imm) + cpu->C);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Adcs64(Cpu* cpu, Op* op)
    {
        ulong a = cpu->X[op->Rn], b = cpu->X[op->Rm] ^ op->Imm, sum = a + b, r = sum + cpu->C;
        Alu.Flags64(cpu, r, sum < a || r < sum ? 1UL : 0, ~(a ^ b) & (a ^ r));
        cpu->X[op->Rd] = r;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Adcs32(Cpu* cpu, Op* op)
    {
        uint a = (uint)cpu->X[op->Rn], b = (uint)(cpu->X[op->Rm] ^ op->Imm);
        ulong sum = (ulong)a + b + cpu->C;
        uint r = (uint)sum;
        Alu.Flags32(cpu, r, sum >> 32, ~(a ^ b) & (a ^ r));
        cpu->X[op->Rd] = r;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>CSEL, CSINC, CSINV, CSNEG: the other value is (Rm ^ Imm) + Imm2, masked by width.</summary>
    private static Op* Select64<T>(Cpu* cpu, Op* op)
        where T : struct, ICondition
    {
        cpu->X[op->Rd] = T.Holds(cpu) ? cpu->X[op->Rn] : (cpu->X[op->Rm] ^ op->Imm) + op->Imm2;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Select32<T>(Cpu* cpu, Op* op)
        where T : struct, ICondition
    {
        cpu->X[op->Rd] = T.Holds(cpu) ? (uint)cpu->X[op->Rn] : (uint)((cpu->X[op->Rm] ^ op->Imm) + op->Imm2);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>CCMN, CCMP: Aux has the condition, Imm2 the flags otherwise; Ra says whether Rm or Imm is compared.</summary>
    private static Op* Compare<T>(Cpu* cpu, Op* op)
        where T : struct, IAlu
    {
        if (Condition.Holds(cpu, op->Aux)) T.Do(cpu, cpu->X[op->Rn], op->Ra != 0 ? op->Imm : cpu->X[op->Rm]);
        else cpu->Nzcv = (uint)op->Imm2;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>ADC, ADCS, SBC, SBCS: sf op S 11010000 Rm 000000 Rn Rd.</summary>
    public static bool BindWithCarry(uint i, Op* op)
    {
        bool wide = i.Bit(31), flags = i.Bit(29);
        Registers(i, op);
        op->Imm = i.Bit(30) ? ulong.MaxValue : 0;
        op->Handler = flags ? (wide ? &Adcs64 : &Adcs32) : (wide ? &Adc64 : &Adc32);
        return true;
    }

    /// <summary>CSEL and kin: sf op 0 11010100 Rm cond 0 o2 Rn Rd.</summary>
    public static bool BindSelect(uint i, Op* op)
    {
        Registers(i, op);
        bool invert = i.Bit(30), increment = i.Bit(10);
        op->Imm = invert ? ulong.MaxValue : 0;
        op->Imm2 = increment ? 1UL : 0;
        op->Handler = i.Field(12, 4) switch
        {
            0 => Select<Eq>(i),
            1 => Select<Not<Eq>>(i),
            2 => Select<Cs>(i),
            3 => Select<Not<Cs>>(i),
            4 => Select<Mi>(i),
            5 => Select<Not<Mi>>(i),
            6 => Select<Vs>(i),
            7 => Select<Not<Vs>>(i),
            8 => Select<Hi>(i),
            9 => Select<Not<Hi>>(i),
            10 => Select<Ge>(i),
            11 => Select<Not<Ge>>(i),
            12 => Select<Gt>(i),
            13 => Select<Not<Gt>>(i),
            _ => Select<Al>(i),
        };
        return true;
    }

    /// <summary>CCMN, CCMP: sf op 1 11010010 Rm/imm5 cond imm 0 Rn 0 nzcv.</summary>
    public static bool BindCompare(uint i, Op* op)
    {
        bool wide = i.Bit(31);
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Imm = i.Field(16, 5);
        op->Ra = (byte)i.Field(11, 1);
        op->Aux = (ushort)i.Field(12, 4);
        op->Imm2 = i.Field(0, 4) << 28;
        op->Handler = i.Bit(30) ? (wide ? &Compare<Subs64> : &Compare<Subs32>) : (wide ? &Compare<Adds64> : &Compare<Adds32>);
        return true;
    }

    private static delegate*<Cpu*, Op*, Op*> Select<T>(uint i)
        where T : struct, ICondition => i.Bit(31) ? &Select64<T> : &Select32<T>;

    private static void Registers(uint i, Op* op)
    {
        op->Rm = Bits.Source(i.Field(16, 5));
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = Bits.Target(i.Field(0, 5));
    }
}
