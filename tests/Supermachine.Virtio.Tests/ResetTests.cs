using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

/// <summary>The driver takes its buffers back while the device holds them.</summary>
public class ResetTests
{
    private const ulong Features = VirtioDriver.Version1Feature;

    [Fact]
    public void AResetIsNotCompleteWhileTheHostHoldsABuffer()
    {
        (Rig rig, VirtioDriverQueue queue, DescriptorChain chain) = Hold();
        rig.Driver.DeviceStatus = 0;
        Assert.Equal(64u, rig.Driver.DeviceStatus); // not 0: not yet (2.1.1)
        Assert.Equal(MmioResult.NotPermitted, rig.Device.Write(0x070, AccessWidth.Word, 1));
        Assert.False(rig.Device.Last!.IsCurrent(chain));
        rig.Device.Last.Complete(chain, 4);
        Assert.Equal(0u, rig.Driver.DeviceStatus);
        Assert.Equal(0, queue.Completed);
        Assert.Equal(0, rig.Line.RisingEdges);
        rig.Device.Holds = false;
        queue = rig.Boot();
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1]);
        queue.Add(input, output);
        queue.Kick();
        Assert.Equal(1, queue.Completed);
    }

    [Fact]
    public void AResetWaitsForABufferThatIsComingBack()
    {
        (Rig rig, VirtioDriverQueue queue, DescriptorChain chain) = Hold();
        rig.Device.SetReleaseWait(TimeSpan.FromSeconds(30));
        var worker = new Thread(() =>
        {
            SpinWait.SpinUntil(() => !rig.Device.Last!.IsCurrent(chain));
            rig.Device.Last!.Complete(chain, 4);
        });
        worker.Start();
        rig.Driver.DeviceStatus = 0;
        Assert.Equal(0u, rig.Driver.DeviceStatus);
        worker.Join();
        Assert.Equal(0, queue.Completed);
    }

    [Fact]
    public void AQueueThatIsStoppedDropsWhatWasTaken()
    {
        (Rig rig, VirtioDriverQueue queue, DescriptorChain chain) = Hold();
        rig.Driver.Write(0x030, 0);
        rig.Driver.Write(0x044, 0);
        rig.Device.Last!.Complete(chain, 4);
        Assert.Equal(0, queue.Completed);
        Assert.Equal(0u, rig.Driver.Read(0x044));
    }

    [Fact]
    public async Task AStopNamesThePartThatCannotStop()
    {
        (Rig rig, _, DescriptorChain chain) = Hold();
        IOException error = await Assert.ThrowsAsync<IOException>(async () => await rig.Device.StopAsync());
        Assert.Contains("test0", error.Message, StringComparison.Ordinal);
        rig.Device.Last!.Complete(chain, 0);
        await rig.Device.StopAsync();
    }

    [Fact]
    public async Task AStoppedDeviceTouchesNothingAndForgetsNothing()
    {
        var rig = new Rig();
        VirtioDriverQueue queue = rig.Boot();
        await rig.Device.StopAsync();
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1]);
        queue.Add(input, output);
        queue.Kick();
        Assert.Equal(0, queue.Completed);
        rig.Device.Start();
        Assert.Equal(1, queue.Completed);
    }

    [Fact]
    public async Task AMachineResetIsTheStateOfPowerOn()
    {
        var rig = new Rig();
        rig.Boot();
        await rig.Device.StopAsync();
        FakeSnapshot fresh = FakeSnapshot.Of(new Rig().Device);
        rig.Device.Reset();
        Assert.Equal(fresh.Integers, FakeSnapshot.Of(rig.Device).Integers);
        rig.Device.Start();
        Assert.NotNull(rig.Boot());
    }

    /// <summary>A worker that completes for ever, beside a driver that resets for ever: the used rings of old queues stay as they were.</summary>
    [Fact]
    public void ResetsRaceWithCompletions()
    {
        var rig = new Rig(memory: 8 << 20);
        rig.Device.Holds = true;
        rig.Device.SetReleaseWait(TimeSpan.FromSeconds(30));
        using var stop = new CancellationTokenSource();
        var chains = new System.Collections.Concurrent.ConcurrentQueue<DescriptorChain>();
        var worker = new Thread(() =>
        {
            while (!stop.IsCancellationRequested || !chains.IsEmpty)
            {
                if (!chains.TryDequeue(out DescriptorChain? chain)) continue;
                uint written = rig.Device.Last!.IsCurrent(chain) ? TestDevice.Serve(chain) : 0;
                rig.Device.Last.Complete(chain, written);
            }
        });
        worker.Start();
        for (int round = 0; round < 500; round++)
        {
            VirtioDriverQueue queue = rig.Boot(Features);
            (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers(new byte[32]);
            for (int i = 0; i < 8; i++) queue.Add(input, output);
            queue.Kick();
            while (rig.Device.Held.TryDequeue(out DescriptorChain? chain)) chains.Enqueue(chain);
            Thread.SpinWait(round);
            rig.Driver.DeviceStatus = 0;
            Assert.Equal(0u, rig.Driver.DeviceStatus);
            int completed = queue.Completed;
            byte[] before = rig.Memory.Slice(output.Address, 32).ToArray();
            Thread.SpinWait(200);
            Assert.Equal(completed, queue.Completed);
            Assert.Equal(before, rig.Memory.Slice(output.Address, 32).ToArray());
        }

        stop.Cancel();
        worker.Join();
    }

    private static (Rig Rig, VirtioDriverQueue Queue, DescriptorChain Chain) Hold()
    {
        var rig = new Rig();
        rig.Device.Holds = true;
        VirtioDriverQueue queue = rig.Boot();
        (VirtioDriverBuffer input, VirtioDriverBuffer output) = rig.Buffers([1, 2, 3, 4]);
        queue.Add(input, output);
        queue.Kick();
        return (rig, queue, rig.Device.Held.Dequeue());
    }
}
