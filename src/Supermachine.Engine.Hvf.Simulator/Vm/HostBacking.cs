using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// What host memory was when it was mapped into the guest, to be compared later. Stage 2 keeps the pages of then: memory that was
/// mapped anew, given back or changed under it is a guest that sees something else than its owner.
/// </summary>
internal sealed unsafe class HostBacking
{
    private const ulong PageSize = 0x1000;

    /// <summary>Hashing all of a large file at every look would take longer than the test: files above this are compared by identity only.</summary>
    private const ulong MaxHashed = 0x400_0000;

    private readonly ulong _start;
    private readonly ulong _size;
    private readonly List<(ulong Start, ulong End, (bool, string, ulong) Identity)> _parts;
    private readonly ulong[] _hashes = [];

    public HostBacking(ulong start, ulong size, IReadOnlyList<HostMapping> mappings, bool hashes)
    {
        (_start, _size) = (start, size);
        _parts = [.. Parts(mappings)];
        if (!hashes || size > MaxHashed || !mappings.Any(mapping => mapping.HasFile && mapping.IsPrivate)) return;
        _hashes = new ulong[size / PageSize];
        for (ulong page = 0; page < (ulong)_hashes.Length; page++) _hashes[page] = Hash(page);
    }

    /// <summary>Compares with what is there now.</summary>
    /// <exception cref="Refusal">It is something else.</exception>
    public void Verify()
    {
        if (!HostMappings.AreKnown) return;
        List<HostMapping> now = HostMappings.Briefly(_start, _size);
        if (!HostMappings.Cover(now, _start, _size))
            throw new Refusal(HV_ERROR, SimulatorRule.HostBacking, $"host memory 0x{_start:x}+0x{_size:x} was given back while it is mapped into the guest");
        foreach ((ulong start, ulong end, var identity) in Parts(now))
        {
            if (!_parts.Exists(part => part.Start <= start && end <= part.End && part.Identity == identity))
                throw new Refusal(HV_ERROR, SimulatorRule.HostRemap, $"host memory 0x{start:x}+0x{end - start:x} is another mapping than when it was mapped into the guest: stage 2 is stale");
        }

        VerifyPages();
    }

    /// <summary>Neighbours that have become one mapping are still what they were.</summary>
    private IEnumerable<(ulong Start, ulong End, (bool, string, ulong) Identity)> Parts(IReadOnlyList<HostMapping> mappings)
    {
        (ulong Start, ulong End, (bool, string, ulong) Identity)? last = null;
        foreach (HostMapping mapping in mappings)
        {
            ulong start = Math.Max(mapping.Start, _start), end = Math.Min(mapping.End, _start + _size);
            if (last is { } open && open.End == start && open.Identity == mapping.Identity)
            {
                last = open with { End = end };
                continue;
            }

            if (last is { } done) yield return done;
            last = (start, end, mapping.Identity);
        }

        if (last is { } rest) yield return rest;
    }

    /// <summary>A page that the guest never wrote still shows the file: whoever changes the file changes the guest.</summary>
    private void VerifyPages()
    {
        if (_hashes.Length == 0) return;
        using FileStream pagemap = File.OpenRead("/proc/self/pagemap");
        Span<byte> entry = stackalloc byte[8];
        for (ulong page = 0; page < (ulong)_hashes.Length; page++)
        {
            pagemap.Position = (long)((_start / PageSize + page) * 8);
            pagemap.ReadExactly(entry);
            bool isOfFile = (MemoryMarshal.Read<ulong>(entry) >> 61 & 1) != 0;
            if (isOfFile && Hash(page) != _hashes[page])
                throw new Refusal(HV_ERROR, SimulatorRule.HostBacking, $"the file under host memory 0x{_start + page * PageSize:x} was changed while it is mapped into the guest");
        }
    }

    // SAFETY: the page lies in the range that the mappings cover; the caller has looked.
    private ulong Hash(ulong page)
    {
        ulong hash = 14695981039346656037;
        foreach (ulong word in new ReadOnlySpan<ulong>((void*)(_start + page * PageSize), (int)(PageSize / 8))) hash = (hash ^ word) * 1099511628211;
        return hash;
    }
}
