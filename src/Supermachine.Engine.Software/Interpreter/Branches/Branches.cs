using System.Numerics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// Branches (ARM ARM C4.1, Branches, exception generating and system instructions). A target in the same page is linked: its
/// block is the same whatever virtual address the page has. Other targets go through the jump cache.
/// </summary>
internal static unsafe class Branches
{
    /// <summary>B: Imm is the target relative to the page.</summary>
    private static Op* Always(Cpu* cpu, Op* op) => op->Link != null ? op->Link : Relative(cpu, op, op[1].Page);

    /// <summary>BL.</summary>
    private static Op* Call(Cpu* cpu, Op* op)
    {
        cpu->X[30] = cpu->PcOf(op) + 4;
        return op->Link != null ? op->Link : Relative(cpu, op, op[1].Page);
    }

    /// <summary>BR, RET.</summary>
    private static Op* Register(Cpu* cpu, Op* op) => Jump(cpu, cpu->X[op->Rn]);

    /// <summary>BLR.</summary>
    private static Op* CallRegister(Cpu* cpu, Op* op)
    {
        ulong target = cpu->X[op->Rn];
        cpu->X[30] = cpu->PcOf(op) + 4;
        return Jump(cpu, target);
    }

    private static Op* If<T>(Cpu* cpu, Op* op)
        where T : struct, ICondition => T.Holds(cpu) ? Taken(cpu, op) : NotTaken(cpu, op);

    private static Op* IfZero64(Cpu* cpu, Op* op) => cpu->X[op->Rn] == 0 ? Taken(cpu, op) : NotTaken(cpu, op);

    private static Op* IfZero32(Cpu* cpu, Op* op) => (uint)cpu->X[op->Rn] == 0 ? Taken(cpu, op) : NotTaken(cpu, op);

    private static Op* IfNotZero64(Cpu* cpu, Op* op) => cpu->X[op->Rn] != 0 ? Taken(cpu, op) : NotTaken(cpu, op);

    private static Op* IfNotZero32(Cpu* cpu, Op* op) => (uint)cpu->X[op->Rn] != 0 ? Taken(cpu, op) : NotTaken(cpu, op);

    private static Op* IfBitClear(Cpu* cpu, Op* op) => (cpu->X[op->Rn] >> op->Aux & 1) == 0 ? Taken(cpu, op) : NotTaken(cpu, op);

    private static Op* IfBitSet(Cpu* cpu, Op* op) => (cpu->X[op->Rn] >> op->Aux & 1) != 0 ? Taken(cpu, op) : NotTaken(cpu, op);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Op* Taken(Cpu* cpu, Op* op) => op->Link != null ? op->Link : Relative(cpu, op, op[1].Page);

    // The op after a conditional branch leads to what follows it: see BlockBuilder.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Op* NotTaken(Cpu* cpu, Op* op) => op[1].Handler(cpu, op + 1);

    /// <summary>Goes on at Imm relative to the page: the link that <see cref="BlockBuilder"/> puts after a conditional branch, or at the end of a block that just ends.</summary>
    public static Op* Continue(Cpu* cpu, Op* op) => op->Link != null ? op->Link : Relative(cpu, op, op->Page);

    /// <summary>The block at an address, if the jump cache has it; otherwise null with the PC set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Op* Jump(Cpu* cpu, ulong va)
    {
        JumpEntry* entry = cpu->Jumps + (va >> 2 & (JumpEntry.Count - 1));
        if (entry->Va == va && entry->Generation == cpu->JumpGeneration)
        {
            cpu->PageVa = va & TlbEntry.PageMask;
            return entry->Op;
        }

        cpu->Pc = Target(cpu, va);
        return null;
    }

    /// <summary>Where a branch to an address goes: without its tag where TCR_EL1.TBIn says so (AArch64.BranchAddr).</summary>
    public static ulong Target(Cpu* cpu, ulong va)
    {
        const ulong Tag = 0xFFUL << 56;
        bool high = (va >> 55 & 1) != 0;
        if ((cpu->Sys.TCR_EL1 >> (high ? 38 : 37) & 1) == 0) return va;
        return high ? va | Tag : va & ~Tag;
    }

    // A direct branch that is not linked: into this page, find its block and link it; else jump.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Op* Relative(Cpu* cpu, Op* op, uint page)
    {
        ulong target = cpu->PageVa + op->Imm;
        if (op->Imm >= 0x1000) return Jump(cpu, target);
        cpu->Pc = target;
        return cpu->Owner.Link(op, page);
    }

    /// <summary>B, BL: op 00101 imm26.</summary>
    public static bool BindImmediate(uint i, Op* op)
    {
        op->Imm = op->Offset + (ulong)(Bits.SignExtend(i.Field(0, 26), 26) << 2);
        op->Handler = i.Bit(31) ? &Call : &Always;
        return true;
    }

    /// <summary>B.cond: 0101010 0 imm19 0 cond.</summary>
    public static bool BindConditional(uint i, Op* op)
    {
        op->Imm = op->Offset + (ulong)(Bits.SignExtend(i.Field(5, 19), 19) << 2);
        op->Handler = i.Field(0, 4) switch
        {
            0 => &If<Eq>,
            1 => &If<Not<Eq>>,
            2 => &If<Cs>,
            3 => &If<Not<Cs>>,
            4 => &If<Mi>,
            5 => &If<Not<Mi>>,
            6 => &If<Vs>,
            7 => &If<Not<Vs>>,
            8 => &If<Hi>,
            9 => &If<Not<Hi>>,
            10 => &If<Ge>,
            11 => &If<Not<Ge>>,
            12 => &If<Gt>,
            13 => &If<Not<Gt>>,
            _ => &Always,
        };
        return true;
    }

    /// <summary>CBZ, CBNZ: sf 011010 op imm19 Rt.</summary>
    public static bool BindCompare(uint i, Op* op)
    {
        op->Imm = op->Offset + (ulong)(Bits.SignExtend(i.Field(5, 19), 19) << 2);
        op->Rn = Bits.Source(i.Field(0, 5));
        bool wide = i.Bit(31);
        op->Handler = i.Bit(24) ? (wide ? &IfNotZero64 : &IfNotZero32) : (wide ? &IfZero64 : &IfZero32);
        return true;
    }

    /// <summary>TBZ, TBNZ: b5 011011 op b40 imm14 Rt.</summary>
    public static bool BindTest(uint i, Op* op)
    {
        op->Imm = op->Offset + (ulong)(Bits.SignExtend(i.Field(5, 14), 14) << 2);
        op->Rn = Bits.Source(i.Field(0, 5));
        op->Aux = (ushort)(i.Field(31, 1) << 5 | i.Field(19, 5));
        op->Handler = i.Bit(24) ? &IfBitSet : &IfBitClear;
        return true;
    }

    /// <summary>BR, BLR, RET: 1101011 opc 11111 000000 Rn 00000.</summary>
    public static bool BindRegister(uint i, Op* op)
    {
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Handler = i.Field(21, 2) == 1 ? &CallRegister : &Register;
        return true;
    }
}
