using System.Buffers.Binary;
using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

public sealed record TestState(ulong Counter) : ISnapshotState<TestState>
{
    public static SnapshotSchema Schema => new("supermachine.test-device", 1);

    public static TestState ReadFrom(SnapshotReader reader) => new(reader.Field(1));

    public void WriteTo(SnapshotWriter writer) => writer.Field(1, Counter);
}

/// <summary>Gives back what it reads, each byte inverted, in place or whenever the test says so.</summary>
public sealed class TestDevice : VirtioDevice<TestState>
{
    private readonly ushort[] sizes;

    public TestDevice(IDeviceContext context, params ushort[] sizes)
        : base(context)
    {
        this.sizes = sizes.Length == 0 ? [16, 16] : sizes;
        ReleaseWait = TimeSpan.FromMilliseconds(20);
        BinaryPrimitives.WriteUInt64LittleEndian(ConfigSpace.Bytes, 0x1122_3344_5566_7788);
        ConfigSpace.AllowWrites(8, 2);
    }

    public const ulong Feature = 1 << 3;

    /// <summary>Whether chains stay with the test until it completes them.</summary>
    public bool Holds { get; set; }

    public ulong Counter { get; set; }

    public int Resets { get; private set; }

    public int Handled { get; private set; }

    public VirtioQueue? Last { get; private set; }

    public Queue<DescriptorChain> Held { get; } = new();

    public void ChangeConfig(byte value)
    {
        ConfigSpace.Bytes[0] = value;
        ConfigChanged();
    }

    public void SetReleaseWait(TimeSpan wait) => ReleaseWait = wait;

    protected override uint DeviceId => 42;

    protected override ulong DeviceFeatures => Feature;

    protected override VirtioConfigSpace ConfigSpace { get; } = new(12);

    protected override ReadOnlySpan<ushort> QueueSizes => sizes;

    protected override TestState State
    {
        get => new(Counter);
        set => Counter = value.Counter;
    }

    protected override void OnReset() => Resets++;

    protected override void HandleQueue(VirtioQueue queue)
    {
        Handled++;
        Last = queue;
        DescriptorChain chain = queue.CreateChain();
        while (queue.TryTake(chain))
        {
            Counter++;
            if (!Holds)
            {
                queue.Complete(chain, Serve(chain));
                continue;
            }

            Held.Enqueue(chain);
            chain = queue.CreateChain();
        }
    }

    public static uint Serve(DescriptorChain chain)
    {
        // The bound is the test's own: hostile chains claim gigabytes.
        var bytes = new byte[Math.Min(Math.Min(chain.ReadableLength, chain.WritableLength), 1 << 16)];
        if (!chain.TryRead(0, bytes)) return 0;
        for (int i = 0; i < bytes.Length; i++) bytes[i] ^= 0xff;
        return chain.TryWrite(0, bytes) ? (uint)bytes.Length : 0;
    }
}

/// <summary>A test device with its guest.</summary>
internal sealed class Rig
{
    public Rig(int memory = 1 << 20, params ushort[] sizes)
    {
        Memory = new FakeGuestMemory(memory);
        Context = new FakeDeviceContext(Memory, "test0");
        Device = new TestDevice(Context, sizes);
        Driver = new VirtioDriver(Device, Memory);
        Device.Start();
    }

    public FakeGuestMemory Memory { get; }

    public FakeDeviceContext Context { get; }

    public TestDevice Device { get; }

    public VirtioDriver Driver { get; }

    public FakeInterruptLine Line => Context.Line("virtio");

    public VirtioDriverQueue Boot(ulong features = VirtioDriver.Version1Feature, ushort size = 16)
    {
        Assert.True(Driver.Negotiate(features));
        VirtioDriverQueue queue = Driver.SetUpQueue(0, size);
        Driver.DriverOk();
        return queue;
    }

    /// <summary>A request of some bytes, and room for the same.</summary>
    public (VirtioDriverBuffer In, VirtioDriverBuffer Out) Buffers(byte[] data)
    {
        GuestAddress input = Driver.Allocate(data.Length), to = Driver.Allocate(data.Length);
        data.CopyTo(Memory.Slice(input, data.Length));
        return (new VirtioDriverBuffer(input, (uint)data.Length, false), new VirtioDriverBuffer(to, (uint)data.Length, true));
    }
}
