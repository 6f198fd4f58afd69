namespace Supermachine.Runtime;

/// <summary>Gives devices their addresses and interrupt numbers, in the order they are added.</summary>
internal sealed class DeviceMap(InterruptControllerGeometry geometry)
{
    // SPIs of the board's own devices, where QEMU's virt board has them; the others begin where its virtio slots do.
    private const uint FirstSpiIntid = 32;
    private const uint SerialSpi = 1;
    private const uint ClockSpi = 2;
    private const uint FirstDeviceSpi = 16;

    // A page of its own for each device: a guest maps whole pages.
    private const ulong SmallestStride = 0x1000;

    private readonly List<BoardDevice> _devices = [];
    private ulong _next = MemoryLayout.Devices.Value;
    private uint _nextSpi = FirstDeviceSpi;

    public IReadOnlyList<BoardDevice> Devices => _devices;

    public uint SerialIntid => Intid(SerialSpi);

    public uint ClockIntid => Intid(ClockSpi);

    public uint NextDeviceIntid() => Intid(_nextSpi++);

    public void AddFixed(string name, GuestAddress address, IMmioDevice device, IReadOnlyList<InterruptLine> lines) =>
        _devices.Add(new BoardDevice(name, address, device, lines));

    /// <exception cref="ArgumentException">The name is taken, the window is misshapen, or there is no room.</exception>
    public void Add(string name, IMmioDevice device, IReadOnlyList<InterruptLine> lines)
    {
        if (_devices.Exists(each => each.Name == name)) throw new ArgumentException($"device \"{name}\": the name is taken");
        MmioSlot.CheckWindow(name, device.Window);
        ulong stride = Math.Max(device.Window.Size, SmallestStride);
        ulong address = (_next + stride - 1) & ~(stride - 1);
        if (address + stride > MemoryLayout.Redistributors.Value)
            throw new ArgumentException($"device \"{name}\": no room on the bus for its window of 0x{device.Window.Size:x} bytes");
        _next = address + stride;
        _devices.Add(new BoardDevice(name, new GuestAddress(address), device, lines));
    }

    public MemoryLayout Layout(MachineSettings settings)
    {
        MemoryRegion[] regions =
        [
            new("gicd", MemoryRegionKind.InterruptController, MemoryLayout.Distributor, geometry.DistributorSize, []),
            new("gicr", MemoryRegionKind.InterruptController, MemoryLayout.Redistributors, geometry.RedistributorRegionSize, []),
            new("ram", MemoryRegionKind.Ram, settings.RamBase, settings.Memory.Bytes, []),
            .. _devices.Select(Region),
        ];
        Array.Sort(regions, static (a, b) => a.Address.CompareTo(b.Address));
        return new MemoryLayout(regions);
    }

    private static MemoryRegion Region(BoardDevice device)
    {
        var interrupts = new InterruptAssignment[device.Lines.Count];
        for (int i = 0; i < interrupts.Length; i++) interrupts[i] = new(device.Lines[i].Label, device.Lines[i].Intid);
        return new MemoryRegion(device.Name, MemoryRegionKind.Device, device.Address, device.Device.Window.Size, interrupts);
    }

    private uint Intid(uint spi)
    {
        uint intid = FirstSpiIntid + spi;
        if (intid < geometry.FirstSpi || intid - geometry.FirstSpi >= geometry.SpiCount)
            throw new InvalidOperationException($"the interrupt controller has no SPI left: INTID {intid} is beyond its {geometry.SpiCount} from {geometry.FirstSpi} on");
        return intid;
    }
}
