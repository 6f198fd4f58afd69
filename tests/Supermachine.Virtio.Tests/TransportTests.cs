using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

public class TransportTests
{
    private const uint All = 0xffff_ffff;

    [Fact]
    public void SaysWhatItIs()
    {
        var rig = new Rig();
        Assert.Equal(0x7472_6976u, rig.Driver.Read(0x000));
        Assert.Equal(2u, rig.Driver.Read(0x004));
        Assert.Equal(42u, rig.Driver.Read(0x008));
        Assert.Equal((uint)0x200, rig.Device.Window.Size);
        ulong offered = TestDevice.Feature | VirtioDriver.Version1Feature | VirtioDriver.IndirectFeature | VirtioDriver.EventIndexFeature;
        Assert.Equal(offered, rig.Driver.Offered);
        rig.Driver.Write(0x014, 2);
        Assert.Equal(0u, rig.Driver.Read(0x010));
        rig.Driver.Write(0x0ac, 0);
        Assert.Equal((All, All), (rig.Driver.Read(0x0b0), rig.Driver.Read(0x0b4)));
    }

    [Theory]
    [InlineData(0ul, false)]
    [InlineData(TestDevice.Feature, false)]
    [InlineData(VirtioDriver.Version1Feature, true)]
    [InlineData(VirtioDriver.Version1Feature | TestDevice.Feature, true)]
    [InlineData(VirtioDriver.Version1Feature | 1, false)]
    [InlineData(VirtioDriver.Version1Feature | (1ul << 34), false)]
    public void TakesOnlyFeaturesItOffersWithVersion1(ulong features, bool taken)
    {
        var rig = new Rig();
        Assert.Equal(taken, rig.Driver.Negotiate(features));
        rig.Driver.DriverOk();
        Assert.Equal(taken, (rig.Driver.DeviceStatus & 4) != 0);
    }

    [Fact]
    public void FeaturesAreSettledByFeaturesOk()
    {
        var rig = new Rig();
        rig.Driver.Negotiate(VirtioDriver.Version1Feature);
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x020, AccessWidth.Word, 1));
        rig.Driver.DeviceStatus = 0;
        Assert.Equal(MmioResult.Ok, rig.Device.Write(0x020, AccessWidth.Word, 1));
    }

    [Fact]
    public void StatusBitsStayUntilReset()
    {
        var rig = new Rig();
        rig.Driver.DeviceStatus = 1;
        rig.Driver.DeviceStatus = 2;
        Assert.Equal(3u, rig.Driver.DeviceStatus);
        rig.Driver.DeviceStatus = 64;
        Assert.Equal(3u, rig.Driver.DeviceStatus);
        rig.Driver.DeviceStatus = 128;
        Assert.Equal(131u, rig.Driver.DeviceStatus);
        rig.Driver.DeviceStatus = 0;
        Assert.Equal(0u, rig.Driver.DeviceStatus);
    }

    [Fact]
    public void ResetForgetsTheDriver()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot();
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers([1, 2, 3]);
        queue.Add(input, to);
        queue.Kick();
        Assert.True(rig.Line.IsAsserted);
        rig.Driver.DeviceStatus = 0;
        Assert.False(rig.Line.IsAsserted);
        Assert.Equal(0u, rig.Driver.Read(0x060));
        Assert.Equal(0u, rig.Driver.Read(0x044));
        Assert.Equal(1, rig.Device.Resets - 1); // once for negotiation, once now
        queue = rig.Boot();
        (input, to) = rig.Buffers([9]);
        queue.Add(input, to);
        queue.Kick();
        Assert.Equal(1, queue.Completed);
    }

    [Fact]
    public void RegistersAreWordsAndConfigurationIsNot()
    {
        var rig = new Rig();
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Read(0x000, AccessWidth.Byte, out _));
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x070, AccessWidth.HalfWord, 1));
        Assert.Equal(0x88ul, rig.Driver.ReadConfig(0, AccessWidth.Byte));
        Assert.Equal(0x5566ul, rig.Driver.ReadConfig(2, AccessWidth.HalfWord));
        Assert.Equal(0x1122_3344ul, rig.Driver.ReadConfig(4, AccessWidth.Word));
        Assert.Equal(MmioResult.NoSuchRegister, rig.Device.Read(0x100 + 12, AccessWidth.Byte, out _));
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x100, AccessWidth.Byte, 0));
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x100 + 8, AccessWidth.Word, 0));
        Assert.Equal(MmioResult.Ok, rig.Device.Write(0x100 + 8, AccessWidth.HalfWord, 0xabcd));
        Assert.Equal(0xabcdul, rig.Driver.ReadConfig(8, AccessWidth.Word));
    }

    [Fact]
    public void EveryAccessHasAResultAndNoneThrows()
    {
        var rig = new Rig();
        var known = new List<uint>();
        for (uint offset = 0; offset < 0x200; offset += 4)
        {
            if (rig.Device.Read(offset, AccessWidth.Word, out ulong value) == MmioResult.Ok) known.Add(offset);
            Assert.True(value <= All);
            MmioResult result = rig.Device.Write(offset, AccessWidth.Word, All);
            Assert.True(Enum.IsDefined(result));
        }

        uint[] readable = [0x000, 0x004, 0x008, 0x00c, 0x010, 0x034, 0x044, 0x060, 0x070, 0x0b0, 0x0b4, 0x0b8, 0x0bc, 0x0fc, 0x100, 0x104, 0x108];
        Assert.Equal(readable, known);
    }

    [Fact]
    public void AQueueInUseKeepsItsRegisters()
    {
        var rig = new Rig();
        rig.Boot();
        rig.Driver.Write(0x030, 0);
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x038, AccessWidth.Word, 8));
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x080, AccessWidth.Word, 0));
        rig.Driver.Write(0x044, 0);
        Assert.Equal(0u, rig.Driver.Read(0x044));
        Assert.Equal(MmioResult.Ok, rig.Device.Write(0x038, AccessWidth.Word, 8));
        rig.Driver.Write(0x030, 99);
        Assert.Equal(0u, rig.Driver.Read(0x034));
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x044, AccessWidth.Word, 1));
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x050, AccessWidth.Word, 99));
    }

    [Fact]
    public void NothingIsTakenBeforeDriverOk()
    {
        var rig = new Rig();
        rig.Driver.Negotiate(VirtioDriver.Version1Feature);
        VirtioDriverQueue queue = rig.Driver.SetUpQueue(0, 16);
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers([1]);
        queue.Add(input, to);
        queue.Kick();
        Assert.Equal(0, queue.Completed);
        rig.Driver.DriverOk();
        Assert.Equal(1, queue.Completed);
    }

    [Fact]
    public void AChangeOfConfigurationIsANewGenerationAndAnInterrupt()
    {
        var rig = new Rig();
        rig.Boot();
        uint before = rig.Driver.Read(0x0fc);
        rig.Device.ChangeConfig(0x77);
        Assert.NotEqual(before, rig.Driver.Read(0x0fc));
        Assert.True(rig.Line.IsAsserted);
        Assert.Equal(2u, rig.Driver.AcknowledgeInterrupts());
        Assert.False(rig.Line.IsAsserted);
        Assert.Equal(0x77ul, rig.Driver.ReadConfig(0, AccessWidth.Byte));
    }

    [Fact]
    public void DescribesItsNode()
    {
        var node = new FakeDeviceTreeNode();
        new Rig().Device.Describe(node);
        Assert.Equal("virtio_mmio", node.Name);
        Assert.Equal(["virtio,mmio"], node.Strings["compatible"]);
        Assert.Empty(node.Cells["dma-coherent"]);
    }
}
