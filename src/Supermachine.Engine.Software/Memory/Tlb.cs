namespace Supermachine.Engine.Software;

/// <summary>Fills and empties a vCPU's TLBs. Only its own thread calls.</summary>
internal static unsafe class Tlb
{
    /// <summary>Enters what a successful translation found. Write tags appear with the first write, so that a page's first write is always seen.</summary>
    public static void Fill(Cpu* cpu, ulong va, in Translation translation, byte* host, AccessKind kind, bool el0)
    {
        TlbEntry* entry = TlbEntry.Of(el0 ? cpu->TlbEl0 : cpu->TlbEl1, va);
        ulong page = va & TlbEntry.PageMask;
        ulong addend = (ulong)host - va;
        if (entry->Addend != addend || (entry->ReadTag != page && entry->WriteTag != page && entry->ExecuteTag != page))
        {
            entry->ReadTag = entry->WriteTag = entry->ExecuteTag = TlbEntry.Invalid;
            entry->Addend = addend;
        }

        if (translation.Large) cpu->LargeRegions |= RegionOf(va);
        bool aligned = translation.Device || (cpu->Sys.SCTLR_EL1 & Sctlr.A) != 0;
        if (translation.Readable && !aligned) entry->ReadTag = page;
        if (kind == AccessKind.Write && !aligned) entry->WriteTag = page;
        if (kind == AccessKind.Fetch) entry->ExecuteTag = page;
    }

    /// <summary>Forgets everything, predicted jumps included.</summary>
    public static void Flush(Cpu* cpu)
    {
        TlbEntry.Clear(cpu->TlbEl0);
        TlbEntry.Clear(cpu->TlbEl1);
        cpu->LargeRegions = 0;
        FlushJumps(cpu);
    }

    /// <summary>
    /// Forgets what the table's entry for an address gave, whatever its top byte, in both regimes. An entry for more than 4 KiB may
    /// have given any number of ours: they are not found one by one, so where there are any nearby everything goes.
    /// </summary>
    public static void FlushPage(Cpu* cpu, ulong va)
    {
        if ((cpu->LargeRegions & RegionOf(va)) != 0)
        {
            Flush(cpu);
            return;
        }

        FlushEntry(TlbEntry.Of(cpu->TlbEl0, va));
        FlushEntry(TlbEntry.Of(cpu->TlbEl1, va));
        FlushJumps(cpu);
    }

    /// <summary>Empties the jump caches.</summary>
    public static void FlushJumps(Cpu* cpu) => cpu->JumpGeneration++;

    /// <summary>Takes away the write tags of a host page, which has come to hold predecoded code. Races are harmless: see <see cref="CodeCache"/>.</summary>
    public static void ProtectPage(Cpu* cpu, ulong hostPage)
    {
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
