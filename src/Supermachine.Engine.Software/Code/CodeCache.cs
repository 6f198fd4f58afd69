using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>
/// Predecoded blocks, shared by all vCPUs and keyed by physical address. Blocks go when they, or often their page, are written through the slow
/// path or by IC operations. A block that another vCPU is in runs on to its end, as the architecture allows until that vCPU
/// synchronizes; CTR_EL0.DIC is 0, so a guest always tells by IC IVAU when code has changed.
/// </summary>
/// <remarks>Lookups take no lock. Ops are never moved or freed while a vCPU may be in them: see <see cref="Reclaim"/>.</remarks>
internal sealed unsafe class CodeCache(SoftwarePartition partition, CodeOptions options) : IDisposable
{
    private const int MostPatches = 4;

    private readonly Lock _lock = new();
    private CodeArena _arena = CreateArena(partition, options);

    /// <summary>Whether predecoded code takes more memory than it should, and wants <see cref="Reclaim"/>.</summary>
    public bool IsFull => _arena.IsFull;

    /// <summary>The way into translated code; null where blocks are interpreted.</summary>
    public TranslatedStubs? Stubs => _arena.Stubs;

    /// <summary>The block at an offset of a page, or null.</summary>
    public static Op* Find(PhysicalMap.Region region, ulong page, uint offset)
    {
        CodePage* code = region.CodePages[page];
        return code == null ? null : code->Find(offset);
    }

    /// <summary>The block at an offset of a page, predecoded now if it is not there.</summary>
    public Op* FindOrBuild(PhysicalMap.Region region, ulong page, uint offset)
    {
        Op* found = Find(region, page, offset);
        return found != null ? found : Build(region, page, offset);
    }

    /// <summary>A store takes the slow path: code that was made from those bytes is stale.</summary>
    /// <returns>Whether the page holds no code, so that later stores need not ask.</returns>
    public bool OnWrite(PhysicalMap.Region region, ulong pa, int size)
    {
        ulong page = (pa - region.Start) >> 12;
        CodePage* code = region.CodePages[page];
        region.Written[page] = true;
        if (code == null || code->Lines == 0) return true;
        ulong lines = CodePage.LinesOf((uint)pa & 0xFFF, (uint)size);
        if ((code->Lines & lines) == 0) return false;
        lock (_lock)
        {
            // Who changes an instruction or two leaves the rest alone; who goes on is about to use the page for something else.
            if (code->Writes++ < MostPatches) ForgetLocked(code, lines);
            else ForgetLocked(code);
            return code->Lines == 0;
        }
    }

    /// <summary>IC IVAU: forgets the code in the 64 bytes of a physical address.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Invalidate(ulong pa)
    {
        if (partition.Memory.Find(pa) is not { } region) return false;
        CodePage* code = region.CodePages[(pa - region.Start) >> 12];
        ulong lines = CodePage.LinesOf((uint)pa & 0xFFF, 1);
        if (code == null || (code->Lines & lines) == 0) return false;
        lock (_lock) ForgetLocked(code, lines);
        return true;
    }

    /// <summary>IC IALLU and IALLUIS, and a change of the memory behind the guest: forgets all code.</summary>
    public void InvalidateAll()
    {
        lock (_lock) ForgetAllLocked();
    }

    /// <summary>
    /// Throws all code away and, once no vCPU can be in it any more, its memory. Called by a vCPU outside guest code.
    /// </summary>
    public void Reclaim(SoftwareVcpu caller)
    {
        CodeArena retired;
        lock (_lock)
        {
            if (!_arena.IsFull) return;
            ForgetAllLocked();
            retired = _arena;
            _arena = CreateArena(partition, options);
            if (partition.Statistics is { } statistics) statistics.Flushes++;
        }

        partition.Vcpus.Post(caller, new TlbMaintenance(TlbMaintenanceKind.Jumps));
        partition.Vcpus.Quiesce(caller);
        Tlb.FlushJumps(caller.Cpu);
        retired.Dispose();
    }

    /// <summary>A block's code; 0 while it has not been run often enough to be worth it, or is stale. The caller is in guest code.</summary>
    public ulong Translated(Op* block)
    {
        BlockHeader* header = BlockHeader.Of(block);
        ulong code = Volatile.Read(ref header->Code);
        return code != 0 || header->Runs < options.InterpretedRuns ? code : Translate(block);
    }

    /// <summary>
    /// Points a branch in translated code at its target. The caller is in guest code: nothing is freed meanwhile, but another vCPU may
    /// have put a new arena in place and wait for this one.
    /// </summary>
    public void Link(ulong site, Op* target)
    {
        lock (_lock) _arena.Link(site, target);
    }

    /// <summary>Where translated code can be changed: for tests of what finds it wrong.</summary>
    internal byte* Writable(ulong code) => _arena.Writable(code);

    public void Dispose() => _arena.Dispose();

    private static CodeArena CreateArena(SoftwarePartition partition, CodeOptions options) =>
        new(options, partition.Vcpus.Count > 1, partition.Statistics, partition.Verification is not null);

    private Op* Build(PhysicalMap.Region region, ulong page, uint offset)
    {
        lock (_lock)
        {
            Op* found = Find(region, page, offset);
            if (found != null) return found;
            CodePage* code = region.CodePages[page];
            if (code == null) code = region.AddCodePage(page);
            if (code->Lines == 0 && region.Written[page])
            {
                region.Written[page] = false;
                partition.Vcpus.ProtectPage((ulong)region.Host + (page << 12));
            }

            // The lines are marked before they are read: whoever changes one of them now and tells (IC IVAU) sees the mark, waits for
            // the lock, and has the block forgotten.
            ulong lines = code->Lines;
            code->Lines = lines | CodePage.LinesOf(offset, Math.Min(BlockBuilder.MaxBytes, 0x1000 - offset));
            Interlocked.MemoryBarrier();
            Op* block = _arena.Build(region.Host + (page << 12), offset, (uint)((region.Start >> 12) + page), out uint end);
            code->Lines = lines | CodePage.LinesOf(offset, end - offset);
            code->Add(offset, block, region.CodeMemory);
            return block;
        }
    }

    private ulong Translate(Op* block)
    {
        BlockHeader* header = BlockHeader.Of(block);
        lock (_lock)
        {
            if (header->Code == 0 && !BlockBuilder.IsStale(block) && partition.Memory.Find((ulong)block[header->Ops].Page << 12) is { } region)
                _arena.Translate(block, region.CodePages[block[header->Ops].Page - (region.Start >> 12)]);
            return header->Code;
        }
    }

    private void ForgetAllLocked()
    {
        foreach (PhysicalMap.Region region in partition.Memory.Regions)
        {
            for (ulong page = 0; page < region.Length >> 12; page++)
                if (region.CodePages[page] != null) ForgetLocked(region.CodePages[page]);
        }
    }

    /// <summary>Forgets the blocks that were made from some lines.</summary>
    private void ForgetLocked(CodePage* code, ulong lines)
    {
        ForgetBlocks(code, lines);
        if (partition.Statistics is { } statistics) statistics.ForgottenLines++;
    }

    private void ForgetLocked(CodePage* code)
    {
        if (code->Lines == 0) return;
        ForgetBlocks(code, ulong.MaxValue);
        code->Writes = 0;
        if (partition.Statistics is { } statistics) statistics.ForgottenPages++;
    }

    private void ForgetBlocks(CodePage* code, ulong lines)
    {
        const int Before = (int)BlockBuilder.MaxBytes / (4 * CodePage.LineEntries);
        int first = Math.Max(0, BitOperations.TrailingZeroCount(lines) - Before), last = 63 - BitOperations.LeadingZeroCount(lines);
        for (int line = first; line <= last; line++)
        {
            ulong* blocks = code->BlocksOf(line);
            for (int i = 0; blocks != null && i < CodePage.LineEntries; i++)
            {
                if (blocks[i] == 0 || (BlockHeader.LinesOf((Op*)blocks[i]) & lines) == 0) continue;
                _arena.MarkStale((Op*)blocks[i]);
                Volatile.Write(ref blocks[i], 0);
            }
        }

        code->Lines &= ~lines;
    }
}
