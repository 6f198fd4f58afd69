namespace Supermachine.Engine.Software;

/// <summary>FEAT_LSE: compare-and-swap, swap and read-modify-write in memory (ARM ARM C4.1). All are as strong as the host's atomics.</summary>
internal static unsafe class LargeSystemExtensions
{
    /// <summary>CAS: Rm is compared and takes what memory held, Rd is stored. Ra is where the old value goes.</summary>
    private static Op* CompareAndSwap(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        byte* host = Host(cpu, op);
        if (host == null) return null;
        cpu->X[op->Ra] = Atomics.CompareAndSwap(host, op->Aux, cpu->X[op->Rm], cpu->X[op->Rd]);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>CASP: the pairs Rm, Rm+1 and Rd, Rd+1; Aux is the size of the pair.</summary>
    private static Op* CompareAndSwapPair(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        byte* host = Host(cpu, op);
        if (host == null) return null;
        int second = op->Rm == 30 ? Cpu.Zero : op->Rm + 1, stored = op->Rd == 30 ? Cpu.Zero : op->Rd + 1;
        int target = op->Rm == 30 ? Cpu.Discard : op->Rm + 1;
        if (op->Aux == 8)
        {
            ulong expected = (uint)cpu->X[op->Rm] | cpu->X[second] << 32;
            ulong found = Atomics.CompareAndSwap(host, 8, expected, (uint)cpu->X[op->Rd] | cpu->X[stored] << 32);
            (cpu->X[op->Rm], cpu->X[target]) = ((uint)found, found >> 32);
        }
        else
        {
            UInt128 found = Atomics.CompareAndSwap128(
                host, new UInt128(cpu->X[second], cpu->X[op->Rm]), new UInt128(cpu->X[stored], cpu->X[op->Rd]));
            (cpu->X[op->Rm], cpu->X[target]) = ((ulong)found, (ulong)(found >> 64));
        }

        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>SWP.</summary>
    private static Op* Swap(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        byte* host = Host(cpu, op);
        if (host == null) return null;
        cpu->X[op->Rd] = Atomics.Exchange(host, op->Aux, cpu->X[op->Rm]);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>LDADD, LDCLR, LDEOR, LDSET, LDSMAX, LDSMIN, LDUMAX, LDUMIN by number in Imm.</summary>
    private static Op* ReadModifyWrite(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        byte* host = Host(cpu, op);
        if (host == null) return null;
        int size = op->Aux;
        ulong operand = cpu->X[op->Rm], old = DataAccess.Load(host, size);
        while (true)
        {
            ulong found = Atomics.CompareAndSwap(host, size, old, Modify((int)op->Imm, old, operand, size));
            if (found == old) break;
            old = found;
        }

        cpu->X[op->Rd] = old;
        return op[1].Handler(cpu, op + 1);
    }

    private static ulong Modify(int operation, ulong old, ulong operand, int size)
    {
        int shift = 64 - (8 * size);
        ulong mask = ulong.MaxValue >> shift;
        operand &= mask;
        long signedOld = (long)(old << shift), signedOperand = (long)(operand << shift);
        return operation switch
        {
            0 => old + operand,
            1 => old & ~operand,
            2 => old ^ operand,
            3 => old | operand,
            4 => signedOld > signedOperand ? old : operand,
            5 => signedOld < signedOperand ? old : operand,
            6 => Math.Max(old, operand),
            _ => Math.Min(old, operand),
        };
    }

    /// <summary>size 001000 1 L 1 Rs o0 11111 Rn Rt: CAS and its ordered forms.</summary>
    public static bool BindCompareAndSwap(uint i, Op* op)
    {
        Registers(i, op);
        op->Rd = Bits.Source(i.Field(0, 5));
        op->Ra = Bits.Target(i.Field(16, 5));
        op->Aux = (ushort)(1 << (int)i.Field(30, 2));
        op->Handler = &CompareAndSwap;
        return true;
    }

    /// <summary>0 sz 001000 0 L 1 Rs o0 11111 Rn Rt: CASP; both register numbers are even.</summary>
    public static bool BindCompareAndSwapPair(uint i, Op* op)
    {
        if (i.Bit(16) || i.Bit(0)) return false;
        Registers(i, op);
        op->Rm = (byte)i.Field(16, 5);
        op->Rd = (byte)i.Field(0, 5);
        op->Aux = (ushort)(8 << (int)i.Field(30, 1));
        op->Handler = &CompareAndSwapPair;
        return true;
    }

    /// <summary>size 111 0 00 A R 1 Rs o3 opc 00 Rn Rt.</summary>
    public static bool BindMemoryOperation(uint i, Op* op)
    {
        Registers(i, op);
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Aux = (ushort)(1 << (int)i.Field(30, 2));
        op->Imm = i.Field(12, 3);
        if (i.Bit(15) && op->Imm != 0) return false;
        op->Handler = i.Bit(15) ? &Swap : &ReadModifyWrite;
        return true;
    }

    private static byte* Host(Cpu* cpu, Op* op) => Exclusive.Host(cpu, op, cpu->X[op->Rn], op->Aux, AccessKind.Write);

    private static void Registers(uint i, Op* op)
    {
        op->Rn = (byte)i.Field(5, 5);
        op->Rm = Bits.Source(i.Field(16, 5));
    }
}
