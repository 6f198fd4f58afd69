using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

public class SnapshotTests
{
    private const ulong Features = VirtioDriver.Version1Feature | VirtioDriver.EventIndexFeature | VirtioDriver.IndirectFeature;

    [Fact]
    public async Task ADeviceGoesOnWhereItWasSaved()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot(Features);
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1, 2]);
        for (int i = 0; i < 5; i++)
        {
            queue.AddIndirect(input, output);
            queue.Kick();
        }

        await rig.Device.StopAsync();
        queue.Add(input, output); // made available and never seen: the restored device has to find it by itself
        FakeSnapshot saved = FakeSnapshot.Of(rig.Device);

        var context = new FakeDeviceContext(rig.Memory, "test0");
        var restored = new TestDevice(context);
        restored.Restore(saved.Reader);
        Assert.True(context.Line("virtio").IsAsserted);
        Assert.Equal(5ul, restored.Counter);
        Assert.Equal(5, queue.Completed);
        Assert.Equal(saved.Integers, FakeSnapshot.Of(restored).Integers);
        restored.Start();
        Assert.Equal(6, queue.Completed);
        Assert.Equal(6ul, restored.Counter);
    }

    [Fact]
    public void SavingWithRequestsInFlightIsRefused()
    {
        var rig = new Rig();
        rig.Device.Holds = true;
        VirtioDriverQueue queue = rig.Boot();
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1]);
        queue.Add(input, output);
        queue.Kick();
        Assert.Contains("test0", Assert.Throws<InvalidOperationException>(() => FakeSnapshot.Of(rig.Device)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 2ul, "version")]
    [InlineData(1001, 256ul, "Status")]
    [InlineData(1002, Features | 1, "features")]
    [InlineData(1006, 4ul, "InterruptStatus")]
    [InlineData(1008, 3ul, "queues")]
    [InlineData(1008, 1000ul, "queue count")]
    [InlineData(1101, 64ul, "size")]
    [InlineData(1101, 65536ul, "QueueNum")]
    [InlineData(1105, 65536ul, "index")]
    public void ADamagedStateIsRefusedWhole(int field, ulong value, string named)
    {
        var rig = new Rig();
        rig.Boot(Features);
        FakeSnapshot saved = FakeSnapshot.Of(rig.Device);
        saved.Integers[field] = value;
        saved.Integers[1] = 99;
        var fresh = new TestDevice(new FakeDeviceContext(rig.Memory));
        FakeSnapshot before = FakeSnapshot.Of(fresh);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => fresh.Restore(saved.Reader)).Message, StringComparison.Ordinal);
        Assert.Equal(before.Integers, FakeSnapshot.Of(fresh).Integers);
    }

    [Fact]
    public void RingsThatAreGoneMakeADeviceThatNeedsReset()
    {
        var rig = new Rig();
        rig.Boot(Features);
        FakeSnapshot saved = FakeSnapshot.Of(rig.Device);
        saved.Integers[1102] = 0x10;
        var other = new Rig();
        other.Device.Restore(saved.Reader);
        Assert.Equal(64u, other.Driver.DeviceStatus & 64);
        Assert.True(other.Line.IsAsserted);
    }
}
