namespace Supermachine.Engine.Software;

/// <summary>
/// Predecoded blocks, shared by all vCPUs and keyed by physical address. Blocks go when their page is written through the slow
/// path or by IC operations. A block that another vCPU is in runs on to its end, as the architecture allows until that vCPU
/// synchronizes; CTR_EL0.DIC is 0, so a guest always tells by IC IVAU when code has changed.
/// </summary>
/// <remarks>Lookups take no lock. Ops are never moved or freed while a vCPU may be in them: see <see cref="Reclaim"/>.</remarks>
internal sealed unsafe class CodeCache(SoftwarePartition partition) : IDisposable
{
    private const int EntriesPerPage = 1024;

    private readonly Lock _lock = new();
    private OpArena _arena = new();

    /// <summary>Whether predecoded code takes more memory than it should, and wants <see cref="Reclaim"/>.</summary>
    public bool IsFull => _arena.IsFull;

    /// <summary>The block at an offset of a page, or null.</summary>
    public static Op* Find(PhysicalMap.Region region, ulong page, uint offset)
    {
        Op** entries = region.CodePages[page];
        return entries == null ? null : (Op*)Volatile.Read(ref *(nint*)(entries + (offset >> 2)));
    }

    /// <summary>The block at an offset of a page, predecoded now if it is not there.</summary>
    public Op* FindOrBuild(PhysicalMap.Region region, ulong page, uint offset)
    {
        Op* found = Find(region, page, offset);
        return found != null ? found : Build(region, page, offset);
    }

    /// <summary>A store goes to a page through the slow path: its code is stale.</summary>
    public void OnWrite(PhysicalMap.Region region, ulong pa)
    {
        ulong page = (pa - region.Start) >> 12;
        Op** entries = region.CodePages[page];
        if (entries != null && entries[EntriesPerPage] != null) Invalidate(region, page);
    }

    /// <summary>IC IVAU: forgets the code in the page of a physical address.</summary>
    public void Invalidate(ulong pa)
    {
        if (partition.Memory.Find(pa) is { } region) OnWrite(region, pa);
    }

    /// <summary>IC IALLU and IALLUIS, and a change of the memory behind the guest: forgets all code.</summary>
    public void InvalidateAll()
    {
        foreach (PhysicalMap.Region region in partition.Memory.Regions)
        {
            for (ulong page = 0; page < region.Length >> 12; page++) OnWrite(region, region.Start + (page << 12));
        }
    }

    /// <summary>
    /// Throws all code away and, once no vCPU can be in it any more, its memory. Called by a vCPU outside guest code.
    /// </summary>
    public void Reclaim(SoftwareVcpu caller)
    {
        OpArena retired;
        lock (_lock)
        {
            if (!_arena.IsFull) return;
            retired = _arena;
            _arena = new OpArena();
            foreach (PhysicalMap.Region region in partition.Memory.Regions)
            {
                for (ulong page = 0; page < region.Length >> 12; page++) ForgetLocked(region, page);
            }
        }

        partition.Vcpus.Quiesce(caller);
        retired.Dispose();
    }

    public void Dispose() => _arena.Dispose();

    private Op* Build(PhysicalMap.Region region, ulong page, uint offset)
    {
        lock (_lock)
        {
            Op** entries = region.CodePages[page];
            if (entries == null) region.CodePages[page] = entries = PhysicalMap.Region.AllocateCodePage();
            Op* block = entries[offset >> 2];
            if (block != null) return block;
            if (entries[EntriesPerPage] == null) partition.Vcpus.ProtectPage((ulong)region.Host + (page << 12));
            block = BlockBuilder.Build(_arena, region.Host + (page << 12), offset, (uint)((region.Start >> 12) + page));
            entries[EntriesPerPage] = block;
            Volatile.Write(ref *(nint*)(entries + (offset >> 2)), (nint)block);
            return block;
        }
    }

    private void Invalidate(PhysicalMap.Region region, ulong page)
    {
        lock (_lock) ForgetLocked(region, page);
    }

    private static void ForgetLocked(PhysicalMap.Region region, ulong page)
    {
        Op** entries = region.CodePages[page];
        if (entries == null || entries[EntriesPerPage] == null) return;
        for (int i = 0; i < EntriesPerPage; i++)
        {
            if (entries[i] == null) continue;
            BlockBuilder.MarkStale(entries[i]);
            Volatile.Write(ref *(nint*)(entries + i), 0);
        }

        entries[EntriesPerPage] = null;
    }
}
