namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>Stage 2: what hv_vm_map, hv_vm_unmap and hv_vm_protect made of the guest's physical address space. Under the framework's lock.</summary>
internal sealed class GuestMemoryMap(SimulatorOptions options, uint ipaBits, ulong granule)
{
    private const hv_memory_flags_t KnownFlags = hv_memory_flags_t.HV_MEMORY_READ | hv_memory_flags_t.HV_MEMORY_WRITE | hv_memory_flags_t.HV_MEMORY_EXEC;

    private readonly List<GuestMapping> _mappings = [];
    private readonly List<(ulong Start, ulong Size, string Name)> _windows = [];

    public IReadOnlyList<GuestMapping> Mappings => _mappings;

    public uint IpaBits => ipaBits;

    /// <summary>Checks and enters a mapping.</summary>
    public GuestMapping Map(ulong host, ulong ipa, ulong size, hv_memory_flags_t flags)
    {
        CheckRange(ipa, size, host);
        CheckFlags(flags);
        if (ipa == 0) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.AddressSpace, "guest memory cannot be at address 0");
        if (_mappings.Find(mapping => mapping.Touches(ipa, size)) is { } other)
            throw new Refusal(HV_ERROR, SimulatorRule.Overlap, $"0x{ipa:x}+0x{size:x} overlaps the mapping 0x{other.Ipa:x}+0x{other.Size:x}");
        CheckWindows(ipa, size, "memory");
        GuestMapping mapping = new(ipa, size, host, flags, new MapCall(ipa, size, Back(host, size, flags)));
        _mappings.Add(mapping);
        return mapping;
    }

    /// <summary>Checks a range and takes what is mapped there out.</summary>
    /// <returns>What was there before, whole, and what stays of it.</returns>
    public (List<GuestMapping> Before, List<GuestMapping> After) Unmap(ulong ipa, ulong size)
    {
        CheckRange(ipa, size, 0);
        List<GuestMapping> before = _mappings.FindAll(mapping => mapping.Touches(ipa, size));
        bool isExact = before.Count != 0 && before.TrueForAll(mapping => mapping.Origin.Ipa == ipa && mapping.Origin.Size == size);
        if (!isExact && !options.LaxUnmap)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.ExactUnmap, $"0x{ipa:x}+0x{size:x} is not what one call of hv_vm_map mapped");
        return Replace(before, [.. before.SelectMany(mapping => Around(mapping, ipa, ipa + size))]);
    }

    /// <summary>Checks a range and gives what is mapped there another protection.</summary>
    public (List<GuestMapping> Before, List<GuestMapping> After) Protect(ulong ipa, ulong size, hv_memory_flags_t flags)
    {
        CheckRange(ipa, size, 0);
        CheckFlags(flags);
        List<GuestMapping> before = _mappings.FindAll(mapping => mapping.Touches(ipa, size));
        if ((ulong)before.Sum(mapping => (long)mapping.Within(ipa, ipa + size).Size) != size)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.ExactUnmap, $"0x{ipa:x}+0x{size:x} is not all mapped");
        foreach (GuestMapping part in before.Select(mapping => mapping.Within(ipa, ipa + size))) Back(part.Host, part.Size, flags);
        return Replace(before, [.. before.SelectMany(mapping => Around(mapping, ipa, ipa + size).Append(mapping.Within(ipa, ipa + size) with { Flags = flags }))]);
    }

    /// <summary>Enters the windows of the GIC, which nothing may overlap; all of them or none.</summary>
    public void AddWindows(IEnumerable<(ulong Start, ulong Size, string Name)> windows)
    {
        try
        {
            foreach ((ulong start, ulong size, string name) in windows) AddWindow(start, size, name);
        }
        catch (Refusal)
        {
            _windows.Clear();
            throw;
        }
    }

    /// <summary>Compares the host memory under all mappings with what it was.</summary>
    public void VerifyBacking()
    {
        foreach (MapCall call in _mappings.Select(mapping => mapping.Origin).Distinct()) call.Backing.Verify();
    }

    private void AddWindow(ulong start, ulong size, string name)
    {
        if (start >> (int)ipaBits != 0 || (start + size - 1) >> (int)ipaBits != 0)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicOrder, $"the {name} 0x{start:x}+0x{size:x} lies outside {ipaBits} bits of address");
        CheckWindows(start, size, name);
        if (_mappings.Find(mapping => mapping.Touches(start, size)) is { } other)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Overlap, $"the {name} 0x{start:x}+0x{size:x} overlaps the memory 0x{other.Ipa:x}+0x{other.Size:x}");
        _windows.Add((start, size, name));
    }

    private static IEnumerable<GuestMapping> Around(GuestMapping mapping, ulong start, ulong end)
    {
        if (mapping.Ipa < start) yield return mapping.Within(mapping.Ipa, start);
        if (mapping.End > end) yield return mapping.Within(end, mapping.End);
    }

    private (List<GuestMapping> Before, List<GuestMapping> After) Replace(List<GuestMapping> before, List<GuestMapping> after)
    {
        _mappings.RemoveAll(before.Contains);
        _mappings.AddRange(after);
        return (before, after);
    }

    private void CheckRange(ulong ipa, ulong size, ulong host)
    {
        if (size == 0 || ((ipa | size | host) & (granule - 1)) != 0)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Granule, $"guest 0x{ipa:x}, size 0x{size:x}, host 0x{host:x}: not all multiples of 0x{granule:x}, or nothing at all");
        if (ipa >> (int)ipaBits != 0 || size > (1ul << (int)ipaBits) - ipa)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.AddressSpace, $"0x{ipa:x}+0x{size:x} lies outside {ipaBits} bits of address");
    }

    private static void CheckFlags(hv_memory_flags_t flags)
    {
        if ((flags & ~KnownFlags) != 0) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Flags, $"there are no memory flags 0x{(ulong)flags:x}");
    }

    private void CheckWindows(ulong start, ulong size, string name)
    {
        foreach ((ulong window, ulong length, string other) in _windows)
        {
            if (window < start + size && start < window + length)
                throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Overlap, $"the {name} 0x{start:x}+0x{size:x} overlaps the {other} 0x{window:x}+0x{length:x}");
        }
    }

    /// <summary>The host memory, once it is certain that the guest may have what it is given.</summary>
    private HostBacking Back(ulong host, ulong size, hv_memory_flags_t flags)
    {
        if (!HostMappings.AreKnown) return new HostBacking(host, size, [], hashes: false);
        List<HostMapping> mappings = HostMappings.Of(host, size);
        if (!HostMappings.Cover(mappings, host, size)) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.HostBacking, $"there is no host memory at 0x{host:x}+0x{size:x}");
        foreach (HostMapping mapping in mappings)
        {
            bool isAllowed = ((flags & hv_memory_flags_t.HV_MEMORY_WRITE) == 0 || mapping.MayWrite) && ((flags & hv_memory_flags_t.HV_MEMORY_READ) == 0 || mapping.MayRead);
            if (!isAllowed) throw new Refusal(HV_ERROR, SimulatorRule.MaximumProtection, $"the host mapping at 0x{mapping.Start:x} can never be {flags}");
            if (mapping.HasFile && (mapping.Offset + (host - Math.Min(host, mapping.Start)) & (granule - 1)) != 0 && host >= mapping.Start)
                throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.HostBacking, $"the file under 0x{host:x} is mapped at offset 0x{mapping.Offset:x}, no multiple of 0x{granule:x}");
        }

        return new HostBacking(host, size, mappings, options.Audit);
    }
}
