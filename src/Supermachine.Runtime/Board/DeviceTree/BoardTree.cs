namespace Supermachine.Runtime;

/// <summary>Describes the board to the guest: what every machine has, and a node for each device that describes itself.</summary>
internal static class BoardTree
{
    /// <summary>The phandle of the fixed 24 MHz clock that feeds the PrimeCells.</summary>
    public const uint PeripheralClock = 2;

    // Our own phandle of the interrupt controller.
    private const uint Gic = 1;
    private const uint PeripheralClockHertz = 24_000_000;

    // Bindings of arm,gic-v3: first cell SPI or PPI, third cell the trigger.
    private const uint GIC_SPI = 0;
    private const uint GIC_PPI = 1;
    private const uint IRQ_TYPE_LEVEL_HIGH = 4;
    private const uint FirstSpiIntid = 32;
    private const uint FirstPpiIntid = 16;

    private const int KaslrSeedLength = 8;
    private const int RngSeedLength = 64;

    /// <summary>The whole tree as a blob.</summary>
    public static byte[] Write(BoardDescription board, LoadedImages images)
    {
        var root = new DeviceTreeNode("");
        root.Property("compatible", "supermachine,virt", "linux,dummy-virt");
        root.Property("model", "Supermachine");
        root.Property("#address-cells", 2u);
        root.Property("#size-cells", 2u);
        root.Property("interrupt-parent", Gic);
        root.Property("dma-coherent", ReadOnlySpan<uint>.Empty);
        AddChosen(root, board, images);
        AddMemory(root, board);
        AddCpus(root, board.VcpuCount);
        AddFirmware(root);
        AddTimer(root, board.Timers);
        AddInterruptController(root, board);
        AddClock(root);
        foreach (BoardDevice device in board.Devices) AddDevice(root, device);
        return FlattenedTree.Write(root);
    }

    private static void AddChosen(DeviceTreeNode root, BoardDescription board, LoadedImages images)
    {
        DeviceTreeNode chosen = root.Add(new("chosen"));
        chosen.Property("bootargs", images.CommandLine);
        chosen.Property("stdout-path", $"/pl011@{MemoryLayout.Serial.Value:x}");
        if (images.InitrdLength > 0)
        {
            chosen.Wide("linux,initrd-start", images.Initrd.Value);
            chosen.Wide("linux,initrd-end", images.Initrd.Value + images.InitrdLength);
        }

        chosen.Set("kaslr-seed", Entropy(board, KaslrSeedLength));
        chosen.Set("rng-seed", Entropy(board, RngSeedLength));
    }

    private static byte[] Entropy(BoardDescription board, int length)
    {
        byte[] seed = new byte[length];
        board.Entropy(seed);
        return seed;
    }

    private static void AddMemory(DeviceTreeNode root, BoardDescription board)
    {
        DeviceTreeNode memory = root.Add(new("memory") { UnitAddress = board.RamBase.Value });
        memory.Property("device_type", "memory");
        memory.Wide("reg", board.RamBase.Value, board.RamSize);
    }

    private static void AddCpus(DeviceTreeNode root, int count)
    {
        DeviceTreeNode cpus = root.Add(new("cpus"));
        cpus.Property("#address-cells", 1u);
        cpus.Property("#size-cells", 0u);
        for (uint index = 0; index < count; index++)
        {
            DeviceTreeNode cpu = cpus.Add(new("cpu") { UnitAddress = index });
            cpu.Property("device_type", "cpu");
            cpu.Property("compatible", "arm,armv8");
            cpu.Property("reg", index);
            cpu.Property("enable-method", "psci");
        }
    }

    private static void AddFirmware(DeviceTreeNode root)
    {
        DeviceTreeNode psci = root.Add(new("psci"));
        psci.Property("compatible", "arm,psci-1.0", "arm,psci-0.2");
        psci.Property("method", "hvc");
    }

    // always-on: the counter and the timer stop for no power state, so no other clock has to wake an idle vCPU.
    private static void AddTimer(DeviceTreeNode root, TimerInterrupts timers)
    {
        DeviceTreeNode timer = root.Add(new("timer"));
        timer.Property("compatible", "arm,armv8-timer");
        ReadOnlySpan<uint> intids = [timers.SecurePhysical, timers.NonSecurePhysical, timers.Virtual, timers.Hypervisor];
        Span<uint> cells = stackalloc uint[3 * intids.Length];
        for (int i = 0; i < intids.Length; i++)
            (cells[3 * i], cells[(3 * i) + 1], cells[(3 * i) + 2]) = (GIC_PPI, intids[i] - FirstPpiIntid, IRQ_TYPE_LEVEL_HIGH);
        timer.Property("interrupts", cells);
        timer.Property("always-on", ReadOnlySpan<uint>.Empty);
    }

    private static void AddInterruptController(DeviceTreeNode root, BoardDescription board)
    {
        DeviceTreeNode gic = root.Add(new("intc") { UnitAddress = MemoryLayout.Distributor.Value });
        gic.Property("compatible", "arm,gic-v3");
        gic.Property("#address-cells", 0u);
        gic.Property("#interrupt-cells", 3u);
        gic.Property("interrupt-controller", ReadOnlySpan<uint>.Empty);
        ulong redistributors = board.InterruptController.RedistributorSize * (ulong)board.VcpuCount;
        gic.Wide("reg", MemoryLayout.Distributor.Value, board.InterruptController.DistributorSize, MemoryLayout.Redistributors.Value, redistributors);
        gic.Property("phandle", Gic);
    }

    private static void AddClock(DeviceTreeNode root)
    {
        DeviceTreeNode clock = root.Add(new("apb-pclk"));
        clock.Property("compatible", "fixed-clock");
        clock.Property("#clock-cells", 0u);
        clock.Property("clock-frequency", PeripheralClockHertz);
        clock.Property("clock-output-names", "clk24mhz");
        clock.Property("phandle", PeripheralClock);
    }

    private static void AddDevice(DeviceTreeNode root, BoardDevice device)
    {
        if (device.Device is not IDeviceTreeSource source) return;
        var node = new DeviceTreeNode("device") { UnitAddress = device.Address.Value };
        source.Describe(node);
        node.Wide("reg", device.Address.Value, device.Device.Window.Size);
        uint[] cells = new uint[3 * device.Lines.Count];
        for (int i = 0; i < device.Lines.Count; i++)
            (cells[3 * i], cells[(3 * i) + 1], cells[(3 * i) + 2]) = (GIC_SPI, device.Lines[i].Intid - FirstSpiIntid, IRQ_TYPE_LEVEL_HIGH);
        if (cells.Length > 0) node.Property("interrupts", cells);
        root.Add(node);
    }
}
