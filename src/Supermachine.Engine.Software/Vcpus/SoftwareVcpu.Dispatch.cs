using System.Runtime.ExceptionServices;

namespace Supermachine.Engine.Software;

/// <content>Running: the dispatcher between blocks.</content>
internal sealed unsafe partial class SoftwareVcpu
{
    /// <summary>So many blocks at a time, so that others who wait for this vCPU to leave the guest do not wait long.</summary>
    private const int MaxChain = 64;

    public VcpuExit Run(VcpuEntry entry)
    {
        if (Answer(entry) && TryTakeExit(out VcpuExit exit)) return exit;
        while (true)
        {
            if ((Volatile.Read(ref Cpu->Signals) & Cpu->SignalMask) != 0 && Service()) return new VcpuExit(VcpuExitKind.Canceled);
            RunBlocks();
            if (TryTakeExit(out exit)) return exit;
        }
    }

    /// <summary>The block at the PC; null when the fetch took an exception.</summary>
    /// <param name="pc">The PC.</param>
    /// <param name="isJump">Whether to enter it in the jump cache, unless it waits to be translated: a branch that is linked will not look there.</param>
    /// <param name="region">Where the block's code is.</param>
    /// <param name="page">The page of that region.</param>
    private Op* Lookup(ulong pc, bool isJump, out PhysicalMap.Region region, out ulong page)
    {
        (region, page) = (null!, 0);
        if (Shadow is not null) return null;
        byte* host = Fetch(pc);
        if (host == null) return null;
        region = Partition.Memory.FindHost(host);
        page = (ulong)(host - region.Host) >> 12;
        Op* op = Partition.Code.FindOrBuild(region, page, (uint)pc & 0xFFF);
        Cpu->PageVa = pc & TlbEntry.PageMask;
        ulong code = 0;
        if ((Partition.Code.Stubs is not null && (code = Partition.Code.Translated(op)) == 0) || !isJump) return op;
        JumpEntry* entry = Tlb.Predict(Cpu, pc);
        entry->Va = pc;
        entry->Op = op;
        entry->Code = code;
        entry->Generation = Cpu->JumpGeneration;
        return op;
    }

    /// <summary>Finds the block at the PC for a direct branch and remembers it there, if both lie in the same physical page.</summary>
    public Op* Link(Op* branch, uint fromPage)
    {
        Op* target = Lookup(Cpu->Pc, isJump: false, out PhysicalMap.Region region, out ulong page);
        if (target != null && (region.Start >> 12) + page == fromPage) branch->Link = target;
        return target;
    }

    private void RunBlocks()
    {
        Cpu->Counters.Dispatches++;
        if (Partition.Code.IsFull) Partition.Code.Reclaim(this);

        // In the guest from before the lookup: what it finds is not thrown away while it is used. Whoever set Maintenance before the
        // barrier is seen here; whoever sets it later sees that this vCPU is in the guest, and waits.
        _isInGuest = true;
        Interlocked.MemoryBarrier();
        if ((Cpu->Signals & (int)Signal.Maintenance) == 0)
        {
            Op* op = Lookup(Cpu->Pc, isJump: true, out _, out _);
            if (op != null && _verifier is not null) RunVerified(op);
            else if (op != null && Partition.Code.Stubs is not null) RunChain(op);
            else if (op != null) Interpret(op);
        }

        _isInGuest = false;
        Volatile.Write(ref _passes, _passes + 1);
        Cpu->Aborted = false;
    }

    /// <summary>One block, which is first compared if it is its turn.</summary>
    private void RunVerified(Op* op)
    {
        if (Partition.Code.Translated(op) == 0) return; // stale before it was translated
        _verifier!.Compare(op);
        RunTranslated(BlockHeader.Of(op)->Body);
    }

    /// <summary>Runs blocks, as they are translated or not, until one leaves for another that has to be looked up, or it is time to look around.</summary>
    private void RunChain(Op* op)
    {
        for (int blocks = 0; blocks < MaxChain; blocks++)
        {
            ulong code = Partition.Code.Translated(op);
            if (code != 0)
            {
                op = RunTranslated(code);
            }
            else
            {
                Cpu->Counters.InterpretedBlocks++;
                BlockHeader.Of(op)->Runs++;
                op = op->Handler(Cpu, op);
            }

            if (op == null) return;
            if ((Volatile.Read(ref Cpu->Signals) & Cpu->SignalMask) != 0 || Partition.Code.IsFull) break;
        }

        Cpu->Pc = Cpu->PcOf(op);
    }

    /// <summary>Runs blocks in the interpreter until a signal or one of them leaves.</summary>
    internal void Interpret(Op* op)
    {
        do op = op->Handler(Cpu, op);
        while (op != null && (Volatile.Read(ref Cpu->Signals) & Cpu->SignalMask) == 0);
        if (op != null) Cpu->Pc = Cpu->PcOf(op);
    }

    /// <summary>Runs translated code from an address in it until it leaves. Gives the block at the PC if a branch to it was to be linked, null otherwise.</summary>
    internal Op* RunTranslated(ulong code)
    {
        TranslatedStubs.EnterHost(Cpu);
        Cpu->LinkSite = 0;
        Partition.Code.Stubs!.Enter(Cpu, code);
        HostFlags.ToGuest(Cpu);
        Cpu->Pc = Branches.Target(Cpu, Cpu->Pc);
        if (Failure is { } failure)
        {
            Failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }

        if (Cpu->LinkSite == 0) return null;
        Op* target = Lookup(Cpu->Pc, isJump: false, out PhysicalMap.Region region, out ulong page);
        if (target != null && (region.Start >> 12) + page == Cpu->LinkPage && BlockHeader.Of(target)->Code != 0) Partition.Code.Link(Cpu->LinkSite, target);
        return target;
    }

    /// <summary>
    /// Host address of the instruction at the PC, or null when an exception was taken: by priority (ARM ARM D1.3.5) for the PC's
    /// alignment, for the translation, for PSTATE.IL.
    /// </summary>
    private byte* Fetch(ulong pc)
    {
        if ((pc & 3) != 0)
        {
            Exceptions.PcAlignment(Cpu, pc);
            return null;
        }

        TlbEntry* entry = TlbEntry.Of(Cpu, pc);
        byte* host = entry->ExecuteTag == (pc & TlbEntry.PageMask) ? (byte*)(pc + entry->Addend) : FetchSlowly(pc);
        if (host == null || !Cpu->IllegalState) return host;
        Exceptions.Take(Cpu, pc, ExceptionClass.IllegalState, 0);
        return null;
    }

    private byte* FetchSlowly(ulong pc)
    {
        Cpu->Counters.TlbMisses++;
        bool el0 = Cpu->El == 0;
        if (!Mmu.TryTranslate(Cpu, pc, AccessKind.Fetch, el0, out Translation translation, out uint fault))
        {
            Exceptions.InstructionAbort(Cpu, pc, fault);
            return null;
        }

        PhysicalMap.Region? region = Partition.Memory.Find(translation.Pa);
        if (region is null || (region.Protection & MemoryProtection.Execute) == 0)
        {
            Exceptions.InstructionAbort(Cpu, pc, FaultStatus.ExternalAbort);
            return null;
        }

        byte* host = region.Host + (translation.Pa - region.Start);
        Tlb.Fill(Cpu, pc, in translation, host, AccessKind.Fetch, el0);
        return host;
    }

    /// <summary>Attends to signals at an instruction boundary. True when the run has to return.</summary>
    private bool Service()
    {
        Signal signals = (Signal)(Volatile.Read(ref Cpu->Signals) & Cpu->SignalMask);
        if ((signals & Signal.Maintenance) != 0) ServiceMaintenance();
        if ((signals & Signal.Exit) != 0)
        {
            Lower(Signal.Exit);
            return true;
        }

        if ((signals & Signal.Fiq) != 0) Exceptions.Interrupt(Cpu, fiq: true);
        else if ((signals & Signal.Irq) != 0) Exceptions.Interrupt(Cpu, fiq: false);
        return false;
    }

    private bool TryTakeExit(out VcpuExit exit)
    {
        exit = Exit.GetValueOrDefault();
        bool taken = Exit.HasValue;
        Exit = null;
        if (taken) Cpu->Counters.Exits++;
        if (taken) _pending = exit.Kind;
        return taken;
    }
}
