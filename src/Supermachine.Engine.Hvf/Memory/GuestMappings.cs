namespace Supermachine.Engine.Hvf;

/// <summary>
/// The host memory that the guest sees. Changed only while no vCPU runs; read by all of them. A mapping goes to the framework in
/// pieces, and each piece is taken back exactly as it was given: versions of macOS differ in whether they allow anything else.
/// </summary>
internal sealed unsafe class GuestMappings(HvApi api, int addressBits)
{
    /// <summary>Bytes of a piece. Large, for every piece is a call; small enough that one can be taken out of a large guest.</summary>
    public const ulong PieceSize = 128 << 20;

    private Mapping[] _mappings = [];

    /// <summary>Maps a range.</summary>
    /// <exception cref="ArgumentException">Misaligned, overlapping, or outside the address space; the message names the range.</exception>
    /// <exception cref="HvException">The framework refuses; nothing stays mapped.</exception>
    public void Add(ulong start, nint host, ulong length, MemoryProtection protection)
    {
        string range = $"mapping 0x{start:x}+0x{length:x}";
        if (((start | length | (ulong)host) & (HvfCapabilities.Granule - 1)) != 0) throw new ArgumentException($"{range} of host memory 0x{host:x} is not aligned at 0x{HvfCapabilities.Granule:x}");
        if (start == 0) throw new ArgumentException($"{range}: the framework maps nothing at address 0");
        if (length == 0 || start + length < start || start + length > 1UL << addressBits) throw new ArgumentException($"{range} lies outside the {addressBits}-bit address space");
        foreach (Mapping other in _mappings)
            if (start < other.Start + other.Length && other.Start < start + length) throw new ArgumentException($"{range} overlaps 0x{other.Start:x}+0x{other.Length:x}");

        Mapping mapping = new(start, length, host, protection);
        try
        {
            MapPieces(mapping, 0, length);
        }
        catch (HvException)
        {
            UnmapPieces(mapping, 0, length);
            throw;
        }

        _mappings = [.. _mappings, mapping];
    }

    /// <summary>Takes back one earlier <see cref="Add"/>.</summary>
    /// <exception cref="ArgumentException">There is no such mapping.</exception>
    public void Remove(ulong start, ulong length)
    {
        Mapping mapping = Require(start, length);
        _mappings = [.. _mappings.Where(each => each != mapping)];
        UnmapPieces(mapping, 0, mapping.Length);
    }

    /// <summary>
    /// Has the host memory under one earlier <see cref="Add"/> replaced. Each piece is taken from the guest before and given back after:
    /// stage 2 does not notice what happens to memory under a live mapping, and goes on to show what was there.
    /// </summary>
    /// <param name="start">Where it begins in the guest.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="replace">Replaces a part, by offset and length.</param>
    /// <param name="atOnce">Replace everything in one go, instead of piece by piece.</param>
    /// <exception cref="ArgumentException">There is no such mapping.</exception>
    /// <exception cref="HvException">The framework refuses; only some pieces are mapped.</exception>
    public void Replace(ulong start, ulong length, Action<ulong, ulong> replace, bool atOnce)
    {
        Mapping mapping = Require(start, length);
        ulong step = atOnce ? length : PieceSize;
        for (ulong offset = 0; offset < length; offset += step)
        {
            ulong part = Math.Min(step, length - offset);
            UnmapPieces(mapping, offset, offset + part);
            replace(offset, part);
            MapPieces(mapping, offset, offset + part);
        }
    }

    /// <summary>Takes back everything.</summary>
    public void Clear()
    {
        foreach (Mapping mapping in _mappings) UnmapPieces(mapping, 0, mapping.Length);
        _mappings = [];
    }

    /// <summary>What the guest may do at an address; nothing where it has no memory.</summary>
    public MemoryProtection ProtectionAt(ulong address) => Find(address, 1)?.Protection ?? MemoryProtection.None;

    /// <summary>Host address of memory that lies within one mapping and allows an access; null where it does not.</summary>
    public byte* Host(ulong address, ulong length, MemoryProtection access) =>
        Find(address, length) is { } mapping && (mapping.Protection & access) == access ? (byte*)mapping.Host + (address - mapping.Start) : null;

    private Mapping? Find(ulong address, ulong length)
    {
        foreach (Mapping mapping in _mappings)
            if (address - mapping.Start < mapping.Length && length <= mapping.Length - (address - mapping.Start)) return mapping;
        return null;
    }

    private Mapping Require(ulong start, ulong length) =>
        _mappings.FirstOrDefault(each => each.Start == start && each.Length == length)
        ?? throw new ArgumentException($"there is no mapping 0x{start:x}+0x{length:x}");

    private void MapPieces(Mapping mapping, ulong from, ulong to)
    {
        for (ulong offset = from; offset < to; offset += PieceSize)
        {
            // SAFETY: the caller keeps the host memory valid until it is unmapped.
            hv_return_t result = api.hv_vm_map((byte*)mapping.Host + offset, mapping.Start + offset, (nuint)PieceLength(mapping, offset), Flags(mapping.Protection));
            HvException.Check(result, nameof(api.hv_vm_map), $"mapping 0x{mapping.Start:x}+0x{mapping.Length:x}");
            mapping.IsMapped[(int)(offset / PieceSize)] = true;
        }
    }

    /// <summary>Takes back those pieces of a range that the framework has.</summary>
    private void UnmapPieces(Mapping mapping, ulong from, ulong to)
    {
        for (ulong offset = from; offset < to; offset += PieceSize)
        {
            ref bool isMapped = ref mapping.IsMapped[(int)(offset / PieceSize)];
            if (!isMapped) continue;
            HvException.Check(api.hv_vm_unmap(mapping.Start + offset, (nuint)PieceLength(mapping, offset)), nameof(api.hv_vm_unmap));
            isMapped = false;
        }
    }

    private static ulong PieceLength(Mapping mapping, ulong offset) => Math.Min(PieceSize, mapping.Length - offset);

    private static hv_memory_flags_t Flags(MemoryProtection protection) =>
        ((protection & MemoryProtection.Read) != 0 ? hv_memory_flags_t.HV_MEMORY_READ : 0)
        | ((protection & MemoryProtection.Write) != 0 ? hv_memory_flags_t.HV_MEMORY_WRITE : 0)
        | ((protection & MemoryProtection.Execute) != 0 ? hv_memory_flags_t.HV_MEMORY_EXEC : 0);

    private sealed record Mapping(ulong Start, ulong Length, nint Host, MemoryProtection Protection)
    {
        /// <summary>Which pieces the framework has: all of them, but for what a failure leaves behind.</summary>
        public bool[] IsMapped { get; } = new bool[(Length + PieceSize - 1) / PieceSize];
    }
}
