using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// The guest-physical address space: the host memory mapped into it and, for each page of it, the predecoded code it holds.
/// Changed only while no vCPU runs; read by all of them.
/// </summary>
internal sealed unsafe class PhysicalMap : IDisposable
{
    public const int AddressBits = 40;

    private Region[] _regions = [];

    public IReadOnlyList<Region> Regions => _regions;

    /// <summary>The mapped region that holds an address, or null: then it is a device's or nobody's.</summary>
    public Region? Find(ulong address)
    {
        foreach (Region region in _regions)
            if (address - region.Start < region.Length) return region;
        return null;
    }

    /// <summary>Host address of a mapped byte, or null.</summary>
    public byte* Host(ulong address)
    {
        Region? region = Find(address);
        return region is null ? null : region.Host + (address - region.Start);
    }

    /// <summary>The mapped region that holds a host address, which came from one of them.</summary>
    public Region FindHost(byte* host)
    {
        foreach (Region region in _regions)
            if ((ulong)(host - region.Host) < region.Length) return region;
        throw new InvalidOperationException($"host address {(nint)host:x} is not mapped");
    }

    /// <summary>The guest-physical address of a host address, which came from a mapping.</summary>
    public ulong AddressOf(byte* host)
    {
        Region region = FindHost(host);
        return region.Start + (ulong)(host - region.Host);
    }

    public Region Add(ulong start, byte* host, ulong length, MemoryProtection protection)
    {
        if (((start | length | (ulong)host) & ~TlbEntry.PageMask) != 0) throw new ArgumentException($"mapping {start:x}+{length:x} is not page-aligned");
        if (length == 0 || start + length < start || start + length > 1UL << AddressBits)
            throw new ArgumentException($"mapping {start:x}+{length:x} lies outside the {AddressBits}-bit address space");
        foreach (Region other in _regions)
            if (start < other.Start + other.Length && other.Start < start + length)
                throw new ArgumentException($"mapping {start:x}+{length:x} overlaps {other.Start:x}+{other.Length:x}");
        Region region = new(start, host, length, protection);
        int at = 0;
        while (at < _regions.Length && _regions[at].Start < start) at++;
        _regions = [.. _regions.AsSpan(0, at), region, .. _regions.AsSpan(at)];
        return region;
    }

    public void Remove(ulong start, ulong length)
    {
        Region region = _regions.FirstOrDefault(each => each.Start == start && each.Length == length)
            ?? throw new ArgumentException($"there is no mapping {start:x}+{length:x}");
        _regions = [.. _regions.Where(each => each != region)];
        region.Dispose();
    }

    public void Dispose()
    {
        foreach (Region region in _regions) region.Dispose();
        _regions = [];
    }

    /// <summary>One mapping.</summary>
    internal sealed class Region : IDisposable
    {
        internal Region(ulong start, byte* host, ulong length, MemoryProtection protection)
        {
            (Start, Length, Protection) = (start, length, protection);
            Host = host;
            CodePages = (CodePage**)NativeMemory.AllocZeroed((nuint)(length >> 12), (nuint)sizeof(nint));
            Written = (bool*)NativeMemory.AllocZeroed((nuint)(length >> 12), sizeof(bool));
        }

        public ulong Start { get; }

        public byte* Host { get; }

        public ulong Length { get; }

        public MemoryProtection Protection { get; }

        /// <summary>For each page, null or what code it holds. Written under the code cache's lock.</summary>
        public CodePage** CodePages { get; private set; }

        /// <summary>For each page, whether a TLB may have a write tag of it that came since <see cref="CodeCache"/> last had them taken away. Any thread, without a lock.</summary>
        public bool* Written { get; private set; }

        /// <summary>Where <see cref="CodePages"/> and what they point to lie. Under the code cache's lock.</summary>
        public HostArena CodeMemory { get; } = new();

        /// <summary>A page that had no code until now. Under the code cache's lock.</summary>
        public CodePage* AddCodePage(ulong page)
        {
            CodePage* code = (CodePage*)CodeMemory.Allocate(sizeof(CodePage));
            Volatile.Write(ref *(nint*)(CodePages + page), (nint)code);
            return code;
        }

        /// <summary>Whether the page of an address holds predecoded code.</summary>
        public bool HasCode(ulong address)
        {
            CodePage* code = CodePages[(address - Start) >> 12];
            return code != null && code->Lines != 0;
        }

        public void Dispose()
        {
            NativeMemory.Free(CodePages);
            NativeMemory.Free(Written);
            CodePages = null;
            Written = null;
            CodeMemory.Dispose();
        }
    }
}
