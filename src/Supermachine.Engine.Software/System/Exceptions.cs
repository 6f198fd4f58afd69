namespace Supermachine.Engine.Software;

/// <summary>Exception classes of ESR_EL1.EC (ARM ARM D19.2.37).</summary>
internal static class ExceptionClass
{
    public const uint Unknown = 0x00, WaitTrap = 0x01, FpTrap = 0x07, IllegalState = 0x0E, Svc64 = 0x15, Hvc64 = 0x16, Smc64 = 0x17, SystemTrap = 0x18;
    public const uint InstructionAbortLower = 0x20, InstructionAbort = 0x21, PcAlignment = 0x22, DataAbortLower = 0x24, DataAbort = 0x25;
    public const uint SpAlignment = 0x26, Brk64 = 0x3C;
}

/// <summary>Taking exceptions to EL1 (ARM ARM D1.3). Every function leaves the PC at the vector and <see cref="Cpu.Aborted"/> set.</summary>
internal static unsafe class Exceptions
{
    /// <summary>Offset of a vector within its group of four.</summary>
    private const uint Synchronous = 0, Irq = 0x80, Fiq = 0x100;

    /// <summary>An UNDEFINED instruction.</summary>
    public static Op* Undefined(Cpu* cpu, Op* op) => Take(cpu, cpu->PcOf(op), ExceptionClass.Unknown, 0);

    /// <summary>A synchronous exception whose preferred return is <paramref name="pc"/>. Always null, for handlers to return.</summary>
    public static Op* Take(Cpu* cpu, ulong pc, uint exceptionClass, uint iss)
    {
        Enter(cpu, pc, Synchronous);
        cpu->Sys.ESR_EL1 = exceptionClass << 26 | 1u << 25 | iss;
        cpu->Aborted = true;
        return null;
    }

    /// <summary>A data abort at <paramref name="va"/>; ISV is never set: it serves stage 2 only.</summary>
    public static void DataAbort(Cpu* cpu, Op* op, ulong va, AccessKind kind, uint fault)
    {
        if (FaultStatus.IsExternal(fault) && cpu->Owner.TryTrapAbort(cpu->PcOf(op), va, kind)) return;
        uint exceptionClass = cpu->El == 0 ? ExceptionClass.DataAbortLower : ExceptionClass.DataAbort;
        uint iss = fault;
        if (kind is AccessKind.Write or AccessKind.CacheMaintenance) iss |= 1 << 6;
        if (kind == AccessKind.CacheMaintenance) iss |= 1 << 8;
        cpu->Sys.FAR_EL1 = va;
        Take(cpu, cpu->PcOf(op), exceptionClass, iss);
    }

    /// <summary>An abort of the fetch at <paramref name="pc"/>.</summary>
    public static void InstructionAbort(Cpu* cpu, ulong pc, uint fault)
    {
        if (FaultStatus.IsExternal(fault) && cpu->Owner.TryTrapAbort(pc, pc, AccessKind.Fetch)) return;
        uint exceptionClass = cpu->El == 0 ? ExceptionClass.InstructionAbortLower : ExceptionClass.InstructionAbort;
        cpu->Sys.FAR_EL1 = pc;
        Take(cpu, pc, exceptionClass, fault);
    }

    /// <summary>A PC that is not a multiple of 4.</summary>
    public static void PcAlignment(Cpu* cpu, ulong pc)
    {
        cpu->Sys.FAR_EL1 = pc;
        Take(cpu, pc, ExceptionClass.PcAlignment, 0);
    }

    /// <summary>SP misaligned where it is the base of an access.</summary>
    public static Op* StackAlignment(Cpu* cpu, Op* op) => Take(cpu, cpu->PcOf(op), ExceptionClass.SpAlignment, 0);

    /// <summary>Takes an interrupt before the instruction at the PC.</summary>
    public static void Interrupt(Cpu* cpu, bool fiq) => Enter(cpu, cpu->Pc, fiq ? Fiq : Irq);

    private static void Enter(Cpu* cpu, ulong pc, uint vector)
    {
        uint group = cpu->El == 0 ? 0x400u : cpu->SpSel != 0 ? 0x200u : 0;
        cpu->Sys.SPSR_EL1 = ProcessState.Get(cpu);
        cpu->Sys.ELR_EL1 = pc;
        ProcessState.SetLevel(cpu, 1, 1);
        cpu->IllegalState = false;
        ProcessState.SetDaif(cpu, ProcessState.AllMasked);
        cpu->Pc = cpu->Sys.VBAR_EL1 + group + vector;
    }
}
