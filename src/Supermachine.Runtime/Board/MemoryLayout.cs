namespace Supermachine.Runtime;

/// <summary>Where everything lies in the guest's physical address space, lowest address first. Described in <c>docs/reference/memory-map.md</c>.</summary>
/// <param name="Regions">The regions in order of address; none overlap.</param>
public sealed record MemoryLayout(IReadOnlyList<MemoryRegion> Regions)
{
    /// <summary>Where RAM begins unless asked otherwise.</summary>
    public static GuestAddress LowRamBase => new(0x4000_0000);

    /// <summary>The other place where RAM can begin.</summary>
    public static GuestAddress HighRamBase => new(0x8000_0000);

    /// <summary>The GICv3 distributor.</summary>
    internal static GuestAddress Distributor => new(0x0800_0000);

    /// <summary>The PL011, where early guest code looks first.</summary>
    internal static GuestAddress Serial => new(0x0900_0000);

    /// <summary>The PL031.</summary>
    internal static GuestAddress Clock => new(0x0901_0000);

    /// <summary>The first device of the machine file.</summary>
    internal static GuestAddress Devices => new(0x0a00_0000);

    /// <summary>The redistributors, and the end of the devices. From here to RAM everything belongs to them: HVF claims 32 MiB.</summary>
    internal static GuestAddress Redistributors => new(0x1000_0000);

    /// <summary>The region that holds RAM.</summary>
    public MemoryRegion Ram => Regions.Single(region => region.Kind == MemoryRegionKind.Ram);
}

/// <summary>One region of the guest's physical address space.</summary>
/// <param name="Name">The part's name: <c>ram</c>, <c>gicd</c>, <c>gicr</c>, <c>uart0</c>, <c>rtc0</c>, or the <c>id</c> of the machine file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its first byte.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Interrupts">The device's interrupt lines, in the order it asked for them.</param>
public sealed record MemoryRegion(
    string Name,
    MemoryRegionKind Kind,
    GuestAddress Address,
    ulong Size,
    IReadOnlyList<InterruptAssignment> Interrupts);

/// <summary>What lies in a region.</summary>
public enum MemoryRegionKind
{
    /// <summary>RAM.</summary>
    Ram = 0,

    /// <summary>A part of the engine's interrupt controller.</summary>
    InterruptController = 1,

    /// <summary>A device.</summary>
    Device = 2,
}

/// <summary>The number of an interrupt line.</summary>
/// <param name="Label">What the line is for, as the device said.</param>
/// <param name="Intid">The absolute INTID.</param>
public readonly record struct InterruptAssignment(string Label, uint Intid);
