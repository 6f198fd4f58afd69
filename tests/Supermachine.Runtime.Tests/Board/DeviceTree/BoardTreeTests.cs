using System.Diagnostics;
using Supermachine.Testing;
using static Supermachine.Runtime.Tests.TreeReader;

namespace Supermachine.Runtime.Tests;

public sealed class BoardTreeTests
{
    private static readonly LoadedImages Images = new(new(0x4000_0000), new(0x4200_0000), new(0x4220_0000), 0x1234, "console=ttyAMA0 quiet");

    [Fact]
    public void The_tree_says_what_the_board_is()
    {
        Dictionary<string, byte[]> tree = Read(BoardTree.Write(Board(vcpus: 3), Images));

        Assert.Equal(["console=ttyAMA0 quiet"], Strings(tree["/chosen:bootargs"]));
        Assert.Equal(["/pl011@9000000"], Strings(tree["/chosen:stdout-path"]));
        Assert.Contains("/pl011@9000000", tree.Keys);
        Assert.Equal([0u, 0x4220_0000u], Cells(tree["/chosen:linux,initrd-start"]));
        Assert.Equal([0u, 0x4220_1234u], Cells(tree["/chosen:linux,initrd-end"]));
        Assert.Equal(8, tree["/chosen:kaslr-seed"].Length);
        Assert.Equal(64, tree["/chosen:rng-seed"].Length);
        Assert.Equal([0u, 0x4000_0000u, 1u, 0u], Cells(tree["/memory@40000000:reg"]));
        Assert.Equal(["memory"], Strings(tree["/memory@40000000:device_type"]));
        for (uint cpu = 0; cpu < 3; cpu++)
        {
            Assert.Equal([cpu], Cells(tree[$"/cpus/cpu@{cpu}:reg"]));
            Assert.Equal(["psci"], Strings(tree[$"/cpus/cpu@{cpu}:enable-method"]));
        }

        Assert.DoesNotContain("/cpus/cpu@3", tree.Keys);
        Assert.Equal(["arm,psci-1.0", "arm,psci-0.2"], Strings(tree["/psci:compatible"]));
        Assert.Equal(["hvc"], Strings(tree["/psci:method"]));
        Assert.Equal([1u, 13u, 4u, 1u, 14u, 4u, 1u, 11u, 4u, 1u, 10u, 4u], Cells(tree["/timer:interrupts"]));
        Assert.Equal([0u, 0x0800_0000u, 0u, 0x1_0000u, 0u, 0x1000_0000u, 0u, 0x6_0000u], Cells(tree["/intc@8000000:reg"]));
        Assert.Equal(Cells(tree["/:interrupt-parent"]), Cells(tree["/intc@8000000:phandle"]));
        Assert.Equal([24_000_000u], Cells(tree["/apb-pclk:clock-frequency"]));
        Assert.Equal(Cells(tree["/apb-pclk:phandle"]), Cells(tree["/pl011@9000000:clocks"])[..1]);
        Assert.Equal(["arm,pl011", "arm,primecell"], Strings(tree["/pl011@9000000:compatible"]));
        Assert.Equal([0u, 1u, 4u], Cells(tree["/pl011@9000000:interrupts"]));
        Assert.Equal([0u, 2u, 4u], Cells(tree["/pl031@9010000:interrupts"]));
    }

    [Fact]
    public void A_device_describes_itself_and_the_board_adds_address_and_interrupts()
    {
        Dictionary<string, byte[]> tree = Read(BoardTree.Write(Board(), Images));
        Assert.Equal(["virtio,mmio"], Strings(tree["/virtio_mmio@a000000:compatible"]));
        Assert.Equal([0u, 0x0a00_0000u, 0u, 0x200u], Cells(tree["/virtio_mmio@a000000:reg"]));
        Assert.Equal([0u, 16u, 4u, 0u, 17u, 4u], Cells(tree["/virtio_mmio@a000000:interrupts"]));
        Assert.Empty(tree["/virtio_mmio@a000000:dma-coherent"]);
    }

    [Fact]
    public void Without_an_initrd_there_is_no_word_of_it()
    {
        Dictionary<string, byte[]> tree = Read(BoardTree.Write(Board(), Images with { InitrdLength = 0 }));
        Assert.DoesNotContain(tree.Keys, key => key.Contains("initrd", StringComparison.Ordinal));
    }

    [Fact]
    public void Seeds_come_from_the_given_source()
    {
        Dictionary<string, byte[]> tree = Read(BoardTree.Write(Board(), Images));
        Assert.All(tree["/chosen:rng-seed"], each => Assert.Equal(0x5a, each));
    }

    [Fact]
    public void A_property_given_twice_is_refused_with_the_nodes_name()
    {
        var node = new DeviceTreeNode("disk") { UnitAddress = 0x10 };
        node.Property("reg", 1u);
        Assert.Contains("disk@10", Assert.Throws<ArgumentException>(() => node.Property("reg", 2u)).Message, StringComparison.Ordinal);
    }

    /// <summary>The device-tree compiler's own checks, where it is installed.</summary>
    [Fact]
    public async Task The_device_tree_compiler_has_nothing_to_complain_about()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "dtc")))) return;
        string blob = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(blob, BoardTree.Write(Board(vcpus: 8), Images));
            var start = new ProcessStartInfo("dtc", ["-I", "dtb", "-O", "dts", "-o", "/dev/null", blob]) { RedirectStandardError = true };
            using Process dtc = Process.Start(start)!;
            string complaints = await dtc.StandardError.ReadToEndAsync();
            await dtc.WaitForExitAsync();
            Assert.Equal((0, ""), (dtc.ExitCode, complaints));
        }
        finally
        {
            File.Delete(blob);
        }
    }

    private static BoardDescription Board(int vcpus = 1)
    {
        var context = new FakeDeviceContext();
        BoardDevice[] devices =
        [
            new("uart0", MemoryLayout.Serial, new Pl011Device(context), [new InterruptLine("uart", 33)]),
            new("rtc0", MemoryLayout.Clock, new Pl031Device(context), [new InterruptLine("rtc", 34)]),
            new("disk0", MemoryLayout.Devices, new Describing(), [new InterruptLine("a", 48), new InterruptLine("b", 49)]),
            new("mute0", new(0x0a00_1000), new Mute(), []),
        ];
        var geometry = new InterruptControllerGeometry(0x1_0000, 0x200_0000, 0x2_0000, 0x1_0000, 32, 988);
        return new BoardDescription(
            vcpus, MemoryLayout.LowRamBase, 1UL << 32, geometry, new TimerInterrupts(29, 30, 27, 26), devices, bytes => bytes.Fill(0x5a));
    }

    private class Mute : IMmioDevice
    {
        public MmioWindow Window => new(0x200);

        public MmioResult Read(uint offset, AccessWidth width, out ulong value)
        {
            value = 0;
            return MmioResult.Ok;
        }

        public MmioResult Write(uint offset, AccessWidth width, ulong value) => MmioResult.Ok;
    }

    private sealed class Describing : Mute, IDeviceTreeSource
    {
        public void Describe(IDeviceTreeNode node)
        {
            node.Name = "virtio_mmio";
            node.Property("compatible", "virtio,mmio");
            node.Property("dma-coherent", ReadOnlySpan<uint>.Empty);
        }
    }
}
