using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

public class QueueTests
{
    private const ulong V1 = VirtioDriver.Version1Feature;

    [Theory]
    [InlineData(V1, false)]
    [InlineData(V1 | VirtioDriver.IndirectFeature, true)]
    [InlineData(V1 | VirtioDriver.EventIndexFeature, false)]
    [InlineData(V1 | VirtioDriver.EventIndexFeature | VirtioDriver.IndirectFeature, true)]
    public void ServesChainsInOrderRoundTheRings(ulong features, bool indirect)
    {
        var rig = new Rig(memory: 4 << 20);
        VirtioDriverQueue queue = rig.Boot(features, size: 4);
        for (int i = 0; i < 70_000; i++)
        {
            (VirtioDriverBuffer input, VirtioDriverBuffer to) = i < 100 ? rig.Buffers([(byte)i, 7]) : (new(rig.Memory.Start, 0, false), new(rig.Memory.Start, 0, true));
            ushort head = indirect && i < 100 ? queue.AddIndirect(input, to) : queue.Add(input, to);
            queue.Kick();
            Assert.True(queue.TryReap(out ushort given, out uint written));
            Assert.Equal(head, given);
            Assert.Equal(input.Length, written);
            if (i < 100) Assert.Equal([(byte)~i, (byte)0xf8], rig.Memory.Slice(to.Address, 2).ToArray());
        }

        Assert.Equal(70_000ul, rig.Device.Counter);
    }

    [Fact]
    public void SplitsDataOverBuffersAnyWay()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot();
        byte[] data = [.. Enumerable.Range(1, 100).Select(i => (byte)i)];
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers(data);
        queue.Add(
            input with { Length = 1 }, new(input.Address + 1, 60, false), new(input.Address + 61, 39, false),
            to with { Length = 33 }, new(rig.Memory.Start, 0, true), new(to.Address + 33, 67, true));
        queue.Kick();
        Assert.True(queue.TryReap(out _, out uint written));
        Assert.Equal(100u, written);
        Assert.Equal(data.Select(value => (byte)~value), rig.Memory.Slice(to.Address, 100).ToArray());
    }

    [Fact]
    public void NoInterruptFlagIsHonoured()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot();
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers([1]);
        queue.SetNoInterrupt(true);
        queue.Add(input, to);
        queue.Kick();
        Assert.Equal(1, queue.Completed);
        Assert.Equal(0, rig.Line.RisingEdges);
        queue.SetNoInterrupt(false);
        queue.Add(input, to);
        queue.Kick();
        Assert.Equal(1, rig.Line.RisingEdges);
        Assert.Equal(1u, rig.Driver.AcknowledgeInterrupts());
    }

    [Fact]
    public void UsedEventSaysWhichCompletionInterrupts()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot(V1 | VirtioDriver.EventIndexFeature);
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers([1]);
        queue.SetUsedEvent(2);
        for (int i = 0; i < 5; i++)
        {
            queue.Add(input, to);
            queue.Kick();
            // used_event = 2: the third completion, the one that makes used.idx 3.
            Assert.Equal(i == 2 ? 1u : 0u, rig.Driver.AcknowledgeInterrupts());
        }
    }

    [Fact]
    public void ABusyDeviceIsNotNotified()
    {
        var rig = new Rig();
        rig.Device.Holds = true;
        VirtioDriverQueue queue = rig.Boot(V1 | VirtioDriver.EventIndexFeature);
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers([1]);
        queue.Add(input, to);
        Assert.True(queue.Kick()); // asks for the first one after it went idle
        queue.Add(input, to);
        Assert.True(queue.Kick());
        int handled = rig.Device.Handled;
        queue.Add(input, to);
        queue.Add(input, to);
        Assert.True(queue.Kick()); // one notification covers both
        Assert.Equal(handled + 1, rig.Device.Handled);
        Assert.Equal(4, rig.Device.Held.Count);
    }

    [Fact]
    public void ADisabledQueueTakesNothingAndStartsAnew()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot();
        (VirtioDriverBuffer input, VirtioDriverBuffer to) = rig.Buffers([1]);
        queue.Add(input, to);
        queue.Kick();
        rig.Driver.Write(0x030, 0);
        rig.Driver.Write(0x044, 0);
        queue.Add(input, to);
        rig.Driver.Write(0x050, 0);
        Assert.Equal(1, queue.Completed);
        VirtioDriverQueue again = rig.Driver.SetUpQueue(0, 8);
        again.Add(input, to);
        again.Kick();
        Assert.Equal(1, again.Completed);
    }
}
