namespace Supermachine.Engine.Software;

/// <summary>Fills and empties a vCPU's TLBs. Only its own thread calls.</summary>
internal static unsafe partial class Tlb
{
    /// <summary>Enters what a successful translation found. Write tags appear with the first write, so that a page's first write is always seen.</summary>
    public static void Fill(Cpu* cpu, ulong va, in Translation translation, byte* host, AccessKind kind, bool el0)
    {
        cpu->Counters.TlbFills++;
        TlbEntry* entry = TlbEntry.Of(el0 ? cpu->TlbEl0 : cpu->TlbEl1, va);
        ulong page = va & TlbEntry.PageMask;
        ulong addend = (ulong)host - va;
        if (entry->Addend != addend || (entry->ReadTag != page && entry->WriteTag != page && entry->ExecuteTag != page))
        {
            entry->ReadTag = entry->WriteTag = entry->ExecuteTag = TlbEntry.Invalid;
            entry->Addend = addend;
        }

        if (translation.Large) cpu->Set->LargeRegions |= RegionOf(va);
        bool aligned = translation.Device || (cpu->Sys.SCTLR_EL1 & Sctlr.A) != 0;
        if (translation.Readable && !aligned) entry->ReadTag = page;
        if (kind == AccessKind.Write && !aligned) entry->WriteTag = page;
        if (kind == AccessKind.Fetch) entry->ExecuteTag = page;
    }

    /// <summary>Forgets everything of every address space, predicted jumps included. The set in use becomes that of the current registers.</summary>
    public static void Flush(Cpu* cpu)
    {
        cpu->Counters.TlbFlushes++;
        for (int i = 0; i < TlbSet.Count; i++) cpu->Sets[i].IsStale = true;
        Clear(cpu->Set);
        for (int i = 0; i < TlbSet.Count; i++) (cpu->Sets[i].Ttbr0, cpu->Sets[i].Ttbr1) = (0, 0);
        (cpu->Set->Ttbr0, cpu->Set->Ttbr1) = (cpu->Sys.TTBR0_EL1, cpu->Sys.TTBR1_EL1);
        FlushJumps(cpu);
    }

    /// <summary>
    /// Forgets what the table's entry for an address gave, whatever its top byte, in both regimes. An entry for more than 4 KiB may
    /// have given any number of ours: they are not found one by one, so where there are any nearby everything goes.
    /// </summary>
    public static void FlushPage(Cpu* cpu, ulong va)
    {
        cpu->Counters.TlbPageFlushes++;
        for (TlbSet* set = cpu->Sets; set < cpu->Sets + TlbSet.Count; set++)
        {
            if (set->El0 == null || set->IsStale) continue;
            if ((set->LargeRegions & RegionOf(va)) == 0)
            {
                FlushEntry(TlbEntry.Of(set->El0, va));
                FlushEntry(TlbEntry.Of(set->El1, va));
            }
            else if (set == cpu->Set) Clear(set);
            else set->IsStale = true;
        }

        FlushJumps(cpu);
    }

    /// <summary>Empties the jump caches of every address space.</summary>
    public static void FlushJumps(Cpu* cpu)
    {
        cpu->JumpEpoch++;
        Renew(cpu, cpu->Set);
        cpu->JumpGeneration = cpu->Set->Generation;
    }

    /// <summary>Takes away the write tags of a host page, which has come to hold predecoded code. Races are harmless: see <see cref="CodeCache"/>.</summary>
    public static void ProtectPage(Cpu* cpu, ulong hostPage)
    {
        for (int i = 0; i < TlbSet.Count; i++) Volatile.Write(ref cpu->Sets[i].DropWrites, 1);
        Interlocked.MemoryBarrier();
        ProtectPage(cpu->TlbEl0, hostPage);
        ProtectPage(cpu->TlbEl1, hostPage);
    }

    private static void ProtectPage(TlbEntry* tlb, ulong hostPage)
    {
        for (int i = 0; i < TlbEntry.Count; i++)
            if (tlb[i].WriteTag != TlbEntry.Invalid && tlb[i].WriteTag + tlb[i].Addend == hostPage) tlb[i].WriteTag = TlbEntry.Invalid;
    }

    /// <summary>A bit for the gigabyte around an address, the largest entry of any table. Several gigabytes share one.</summary>
    private static ulong RegionOf(ulong va) => 1UL << (int)((va << 8 >> 38) * 0x9E37_79B9_7F4A_7C15 >> 58);

    private static void FlushEntry(TlbEntry* entry) => entry->ReadTag = entry->WriteTag = entry->ExecuteTag = TlbEntry.Invalid;
}
