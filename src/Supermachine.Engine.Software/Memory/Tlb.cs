namespace Supermachine.Engine.Software;

/// <summary>Fills and empties a vCPU's TLBs. Only its own thread calls, but for <see cref="ProtectPage(Cpu*, ulong)"/>.</summary>
internal static unsafe partial class Tlb
{
    /// <summary>Enters what a successful translation found. Write tags appear with the first write, so that a page's first write is always seen.</summary>
    public static void Fill(Cpu* cpu, ulong va, in Translation translation, byte* host, AccessKind kind, bool el0)
    {
        cpu->Counters.TlbFills++;
        TlbSet* set = el0 ? cpu->SetEl0 : cpu->SetEl1;
        if (set == (el0 ? cpu->SetsEl0 : cpu->SetsEl1)) set = Assign(cpu, el0);
        TlbEntry* entry = TlbEntry.Of(set->Entries, set->Mask, va);
        ulong page = va & TlbEntry.PageMask;
        ulong addend = (ulong)host - va;
        if (entry->Addend != addend || (entry->ReadTag != page && entry->WriteTag != page && entry->ExecuteTag != page))
        {
            if (entry->IsLive && set->Widen())
            {
                Resized(cpu, set);
                entry = TlbEntry.Of(set->Entries, set->Mask, va);
            }

            entry->ReadTag = entry->WriteTag = entry->ExecuteTag = TlbEntry.Invalid;
            entry->Addend = addend;
        }

        if (translation.PageBits > 12) set->AddLarge(va, translation.PageBits);
        if (!TlbEntry.IsHigh(va)) set->HoldsLow = true;
        else (set->HoldsHigh, set->HoldsPrivateHigh) = (true, set->HoldsPrivateHigh || translation.Private);
        bool aligned = translation.Device || (cpu->Sys.SCTLR_EL1 & Sctlr.A) != 0;
        if (translation.Readable && !aligned) entry->ReadTag = page;
        if (kind == AccessKind.Write && !aligned) entry->WriteTag = page;
        if (kind == AccessKind.Fetch) entry->ExecuteTag = page;
    }

    /// <summary>The jump cache's slot for an address of which a translation has been entered: the caller fills it.</summary>
    public static JumpEntry* Predict(Cpu* cpu, ulong va)
    {
        TlbSet* set = cpu->El == 0 ? cpu->SetEl0 : cpu->SetEl1;
        set->JumpPages.Add(PageOf(va));
        set->JumpsLow |= !TlbEntry.IsHigh(va);
        return set->Jumps + (va >> 2 & (JumpEntry.Count - 1));
    }

    /// <summary>Forgets everything of every address space, predicted jumps included, and goes on with that of the current registers.</summary>
    public static void Flush(Cpu* cpu)
    {
        cpu->Counters.TlbFlushes++;
        for (int i = 1; i < TlbSet.Count; i++) cpu->SetsEl0[i].IsStale = cpu->SetsEl1[i].IsStale = true;
        cpu->JumpEpoch++;
        Select(cpu);
    }

    /// <summary>Forgets what is private to an ASID.</summary>
    public static void FlushAsid(Cpu* cpu, ulong asid)
    {
        cpu->Counters.TlbFlushes++;
        for (int i = 1; i < TlbSet.Count; i++)
        {
            if (IsOf(cpu, cpu->SetsEl0 + i, asid)) cpu->SetsEl0[i].IsStale = true;
            TlbSet* set = cpu->SetsEl1 + i;
            if (set->IsStale || !IsOf(cpu, set, asid)) continue;
            if (set->HoldsPrivateHigh) set->IsStale = true;
            if (set->HoldsLow) set->ClearLow();
            if (set->JumpsLow) Renew(cpu, set);
        }

        Refresh(cpu);
    }

    /// <summary>
    /// Forgets what the table's entry for an address gave, whatever its top byte and its ASID, at both levels. A table entry for more
    /// than 4 KiB may have given any number of ours: they are not found one by one, everything goes.
    /// </summary>
    public static void FlushPage(Cpu* cpu, ulong va)
    {
        cpu->Counters.TlbPageFlushes++;
        FlushPage(cpu, cpu->SetsEl0, va);
        FlushPage(cpu, cpu->SetsEl1, va);
        Refresh(cpu);
    }

    /// <summary>Empties the jump caches of every address space.</summary>
    public static void FlushJumps(Cpu* cpu)
    {
        cpu->JumpEpoch++;
        Refresh(cpu);
    }

    /// <summary>Takes away the write tags of a host page, which has come to hold predecoded code. Races are harmless: see <see cref="CodeCache"/>. Any thread.</summary>
    public static void ProtectPage(Cpu* cpu, ulong hostPage)
    {
        for (int i = 0; i < TlbSet.Count; i++)
        {
            Volatile.Write(ref cpu->SetsEl0[i].DropWrites, 1);
            Volatile.Write(ref cpu->SetsEl1[i].DropWrites, 1);
        }

        Interlocked.MemoryBarrier();
        ProtectPage(cpu->SetEl0, hostPage);
        ProtectPage(cpu->SetEl1, hostPage);
    }

    private static void ProtectPage(TlbSet* set, ulong hostPage)
    {
        TlbEntry* tlb = set->Entries;
        int count = set->EntryCount;
        for (int i = 0; i < count; i++)
            if (tlb[i].WriteTag != TlbEntry.Invalid && tlb[i].WriteTag + tlb[i].Addend == hostPage) tlb[i].WriteTag = TlbEntry.Invalid;
    }

    private static void FlushPage(Cpu* cpu, TlbSet* sets, ulong va)
    {
        bool high = TlbEntry.IsHigh(va);
        for (TlbSet* set = sets + 1; set < sets + TlbSet.Count; set++)
        {
            if (set->Entries == null || set->IsStale || !(high ? set->HoldsHigh : set->HoldsLow)) continue;
            if (set->MayHoldLarge(va))
            {
                set->IsStale = true;
                continue;
            }

            TlbEntry* entry = TlbEntry.Of(set->Entries, set->Mask, va);
            entry->ReadTag = entry->WriteTag = entry->ExecuteTag = TlbEntry.Invalid;
            if (set->JumpPages.MayHold(PageOf(va))) Renew(cpu, set);
        }
    }

    /// <summary>Whether a set's private entries belong to an ASID: TCR_EL1.A1 says which TTBR has it, AS how many bits of it count.</summary>
    private static bool IsOf(Cpu* cpu, TlbSet* set, ulong asid)
    {
        const ulong A1 = 1UL << 22, AS = 1UL << 36;
        ulong own = ((cpu->Sys.TCR_EL1 & A1) != 0 ? set->Ttbr1 : set->Ttbr0) >> 48;
        return ((own ^ asid) & ((cpu->Sys.TCR_EL1 & AS) != 0 ? 0xFFFFu : 0xFFu)) == 0;
    }

    /// <summary>The page's number without the top byte, which may hold a tag.</summary>
    private static ulong PageOf(ulong va) => va << 8 >> 20;
}
