using Microsoft.Extensions.Logging;

namespace Supermachine.Virtio;

/// <summary>
/// The base of every virtio device: the virtio-mmio transport, feature negotiation, the status machine and the queues. Derive from
/// <see cref="VirtioDevice{TState}"/>, whose author writes at most six members: device id, features, configuration space, queue
/// sizes, what to do with a queue, and state.
/// </summary>
/// <remarks>
/// One lock guards registers and queues; it is held for the length of a register access or a queue operation, never during host
/// I/O. It is taken after the bus's lock and before none.
/// </remarks>
public abstract class VirtioDevice : IMmioDevice, IMachinePart, IDeviceTreeSource, ITransportOwner
{
    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(10);
    private readonly LogLimiter faultLog;
    private readonly IInterruptLine line;
    private VirtioMmioTransport? transport;
    private VirtioQueue[] queues = [];
    private bool running;

    private protected VirtioDevice(IDeviceContext context)
    {
        Context = context;
        line = context.Interrupt("virtio");
        faultLog = new LogLimiter(context.WallTime, LogPeriod);
    }

    /// <inheritdoc/>
    public MmioWindow Window => new(VirtioMmioRegister.WindowSize, AccessWidths.Byte | AccessWidths.HalfWord | AccessWidths.Word);

    /// <summary>What the device may touch of its machine.</summary>
    protected IDeviceContext Context { get; }

    /// <summary>The device's number in virtio 1.2, section 5.</summary>
    protected abstract uint DeviceId { get; }

    /// <summary>The features of this kind of device, bits 0 to 23 and 50 to 63. The base adds the transport's and the queues' own. Constant.</summary>
    protected virtual ulong DeviceFeatures => 0;

    /// <summary>The configuration space; the same object for the life of the device.</summary>
    protected virtual VirtioConfigSpace ConfigSpace { get; } = new(0);

    /// <summary>The largest size of each queue, powers of two. Constant.</summary>
    protected abstract ReadOnlySpan<ushort> QueueSizes { get; }

    /// <summary>
    /// The driver may have made buffers available. Called under the device's lock, on a vCPU thread: take and complete chains here
    /// if that never blocks, else wake a worker that does. Also called for every ready queue when the machine starts or resumes.
    /// </summary>
    protected abstract void HandleQueue(VirtioQueue queue);

    /// <summary>The device was reset, by the driver or with the machine. Called under the device's lock; must not block.</summary>
    protected virtual void OnReset()
    {
    }

    /// <summary>The machine starts or resumes: start the workers, if there are any. Must not block.</summary>
    protected virtual void OnStart()
    {
    }

    /// <summary>The machine stops or pauses: return once no worker holds a chain, in bounded time. No chain can be taken any more.</summary>
    protected virtual ValueTask OnStopAsync() => ValueTask.CompletedTask;

    /// <summary>The features agreed with the driver; 0 before that.</summary>
    protected ulong NegotiatedFeatures
    {
        get
        {
            lock (Gate) return Transport.NegotiatedFeatures;
        }
    }

    /// <summary>How long a reset by the driver waits for host I/O into its buffers before it answers "not yet".</summary>
    internal TimeSpan ReleaseWait { get; set; } = TimeSpan.FromSeconds(1);

    internal object Gate { get; } = new();

    /// <summary>Chains taken and not completed.</summary>
    internal int InFlight { get; set; }

    internal bool MayTake => running && Transport.Live;

    internal bool MayComplete => Transport.Live;

    // Made at the first use, when the author's constructor has run and his members can be asked.
    private protected VirtioMmioTransport Transport => transport ?? Build();

    /// <inheritdoc/>
    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        lock (Gate) return Transport.Read(offset, width, out value);
    }

    /// <inheritdoc/>
    public MmioResult Write(uint offset, AccessWidth width, ulong value)
    {
        lock (Gate) return Transport.Write(offset, width, value);
    }

    /// <inheritdoc/>
    public void Describe(IDeviceTreeNode node)
    {
        node.Name = "virtio_mmio";
        node.Property("compatible", "virtio,mmio");
        node.Property("dma-coherent", ReadOnlySpan<uint>.Empty);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        lock (Gate) Transport.Reset();
    }

    /// <inheritdoc/>
    public void Start()
    {
        lock (Gate) running = true;
        OnStart();
        lock (Gate) HandleReadyQueues();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">Host I/O into guest memory did not end in time; the message names the part. The part is not stopped.</exception>
    public async ValueTask StopAsync()
    {
        lock (Gate) running = false;
        await OnStopAsync().ConfigureAwait(false);
        lock (Gate)
        {
            if (InFlight != 0) throw new IOException($"{Context.Name}: {InFlight} requests are still with the host");
        }
    }

    /// <summary>Tells the driver that <see cref="ConfigSpace"/> has new contents. Any thread.</summary>
    protected void ConfigChanged()
    {
        lock (Gate) Transport.ConfigChanged();
    }

    /// <summary>Asks the driver for a reset, for what no answer within a queue can mend. Any thread.</summary>
    /// <param name="reason">For the log.</param>
    protected void NeedsReset(string reason)
    {
        lock (Gate)
        {
            Transport.NeedsReset();
            if (faultLog.Allow(out long suppressed))
                Context.Logger.LogWarning("the driver broke the device: {Reason} ({Suppressed} such lines held back); waiting for a reset", reason, suppressed);
        }
    }

    void ITransportOwner.DriverReady() => HandleReadyQueues();

    void ITransportOwner.QueueNotified(int queue)
    {
        if (MayTake) HandleQueue(queues[queue]);
    }

    bool ITransportOwner.BuffersRevoked(bool wholeDevice)
    {
        if (wholeDevice) OnReset();
        // A worker may be inside a read of the host's disk that goes straight to guest memory. It ends by itself within one
        // system call; until it has, the driver must not get its buffers back.
        long deadline = Environment.TickCount64 + (long)ReleaseWait.TotalMilliseconds;
        while (InFlight != 0)
        {
            long left = deadline - Environment.TickCount64;
            if (left <= 0 || !Monitor.Wait(Gate, (int)left)) break;
        }

        return InFlight == 0;
    }

    void ITransportOwner.Faulted(int queue, QueueFault fault) => Fault(queue, fault);

    internal void Fault(int queue, QueueFault fault) => NeedsReset($"queue {queue}: {fault}");

    internal void NotifyUsed() => Transport.NotifyUsed();

    internal void Released()
    {
        InFlight--;
        if (InFlight != 0) return;
        Transport.ReleasePending = false;
        Monitor.PulseAll(Gate);
    }

    private void HandleReadyQueues()
    {
        foreach (VirtioQueue queue in queues)
            if (MayTake) HandleQueue(queue);
    }

    private VirtioMmioTransport Build()
    {
        ReadOnlySpan<ushort> sizes = QueueSizes;
        var split = new SplitQueue[sizes.Length];
        queues = new VirtioQueue[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            split[i] = new SplitQueue(Context.Memory, sizes[i]);
            queues[i] = new VirtioQueue(this, split[i], Context.Memory, i);
        }

        ulong offered = DeviceFeatures | VirtioFeature.VERSION_1 | VirtioFeature.INDIRECT_DESC | VirtioFeature.EVENT_IDX;
        return transport = new VirtioMmioTransport(DeviceId, offered, split, ConfigSpace, line, this);
    }
}
