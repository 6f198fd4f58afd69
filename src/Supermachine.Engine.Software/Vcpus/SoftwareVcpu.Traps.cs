namespace Supermachine.Engine.Software;

/// <content>Exceptions to a hypervisor. The run ends in <see cref="VcpuExitKind.Fault"/>, and <see cref="Trap"/> has the particulars.</content>
internal sealed unsafe partial class SoftwareVcpu
{
    private const uint WnR = 1 << 6, S1PTW = 1 << 7, CM = 1 << 8;

    /// <summary>What goes to the hypervisor. Changed only between runs.</summary>
    public HypervisorTraps Traps { get; set; }

    /// <summary>The last exception that went there.</summary>
    public HypervisorTrap Trap { get; private set; }

    /// <summary>Ends the run at an instruction. Always null, for handlers to return.</summary>
    public Op* TrapToHypervisor(ulong pc, uint exceptionClass, uint iss, ulong va = 0, ulong pa = 0)
    {
        Cpu->Pc = pc;
        Cpu->Aborted = true;
        uint syndrome = exceptionClass << 26 | 1u << 25 | iss;
        Trap = new HypervisorTrap(syndrome, exceptionClass == ExceptionClass.InstructionAbortLower ? 0 : InstructionAt(pc), va, pa);
        Exit = new VcpuExit(VcpuExitKind.Fault, pc, AccessWidth.DoubleWord, syndrome);
        return null;
    }

    /// <summary>Gives an abort for want of memory to the hypervisor. False when it is not the one to take it.</summary>
    public bool TryTrapAbort(ulong pc, ulong va, AccessKind kind)
    {
        if ((Traps & HypervisorTraps.VM) == 0) return false;
        WalkResult walk = Mmu.Walk(Cpu, va, Cpu->El == 0);
        bool isMapped = Partition.Memory.Find(walk.PhysicalAddress) is not null;
        uint iss = (isMapped ? WalkFault.Permission : WalkFault.Translation) + 3u;
        if (walk.IsFault) iss |= S1PTW;
        else if (kind is AccessKind.Write or AccessKind.CacheMaintenance) iss |= WnR;
        if (kind == AccessKind.CacheMaintenance) iss |= CM;
        TrapToHypervisor(pc, kind == AccessKind.Fetch ? ExceptionClass.InstructionAbortLower : ExceptionClass.DataAbortLower, iss, va, walk.PhysicalAddress);
        return true;
    }

    private uint InstructionAt(ulong pc)
    {
        if (!Mmu.TryTranslate(Cpu, pc, AccessKind.Fetch, Cpu->El == 0, out Translation translation, out _)) return 0;
        byte* host = Partition.Memory.Host(translation.Pa);
        return host == null ? 0 : Volatile.Read(ref *(uint*)host);
    }
}
