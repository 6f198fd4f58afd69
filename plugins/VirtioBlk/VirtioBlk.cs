using Supermachine.Virtio;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>The block device (virtio 1.2, section 5.2): one queue, its requests performed by threads of its own.</summary>
internal sealed class VirtioBlk : VirtioDevice<VirtioBlkState>, ISnapshotObstacle, IDisposable
{
    // Feature bits (5.2.3).
    private const ulong VIRTIO_BLK_F_SIZE_MAX = 1 << 1;
    private const ulong VIRTIO_BLK_F_SEG_MAX = 1 << 2;
    private const ulong VIRTIO_BLK_F_RO = 1 << 5;
    private const ulong VIRTIO_BLK_F_BLK_SIZE = 1 << 6;
    private const ulong VIRTIO_BLK_F_FLUSH = 1 << 9;
    private const ulong VIRTIO_BLK_F_TOPOLOGY = 1 << 10;
    private const ulong VIRTIO_BLK_F_CONFIG_WCE = 1 << 11;
    private const ulong VIRTIO_BLK_F_DISCARD = 1 << 13;
    private const ulong VIRTIO_BLK_F_WRITE_ZEROES = 1 << 14;
    private const ulong Always = VIRTIO_BLK_F_SIZE_MAX | VIRTIO_BLK_F_SEG_MAX | VIRTIO_BLK_F_BLK_SIZE | VIRTIO_BLK_F_TOPOLOGY;
    private const ulong Writable = VIRTIO_BLK_F_FLUSH | VIRTIO_BLK_F_CONFIG_WCE | VIRTIO_BLK_F_DISCARD | VIRTIO_BLK_F_WRITE_ZEROES;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(10);
    private readonly IDisk disk;
    private readonly DiskMode mode;
    private readonly int threads;
    private readonly BlkSettings settings;
    private readonly ushort[] queueSizes;
    private readonly LogLimiter errorLog;
    private VirtioQueue? requestq;
    private volatile BlkWorkers? workers;

    /// <summary>A device on a disk that is open; it closes the disk.</summary>
    public VirtioBlk(VirtioBlkOptions options, IDisk disk, IDeviceContext context)
        : base(context)
    {
        (this.disk, mode, threads) = (disk, options.Mode, options.Threads);
        settings = new BlkSettings(options.Mode == DiskMode.ReadOnly, options.Serial);
        queueSizes = [(ushort)options.QueueSize];
        errorLog = new LogLimiter(context.WallTime, LogPeriod);
        ConfigSpace = BlkConfig.Create(disk, options.QueueSize);
    }

    /// <inheritdoc/>
    public string? SnapshotObstacle => mode switch
    {
        DiskMode.ReadOnly => null,
        DiskMode.ReadWrite => "with mode = \"read-write\" its contents would change under the snapshot",
        _ => "with mode = \"overlay\" the guest's changes are not part of the snapshot",
    };

    /// <inheritdoc/>
    protected override uint DeviceId => 2;

    /// <inheritdoc/>
    protected override ulong DeviceFeatures => Always | (settings.ReadOnly ? VIRTIO_BLK_F_RO : Writable);

    /// <inheritdoc/>
    protected override VirtioConfigSpace ConfigSpace { get; }

    /// <inheritdoc/>
    protected override ReadOnlySpan<ushort> QueueSizes => queueSizes;

    /// <inheritdoc/>
    protected override VirtioBlkState State
    {
        get
        {
            if (SnapshotObstacle is { } reason) throw new InvalidOperationException($"{Context.Name} cannot be captured: {reason}");
            return new VirtioBlkState((ulong)disk.Length / HostFile.SectorSize, BlkConfig.IsWriteback(ConfigSpace) ? (byte)1 : (byte)0);
        }

        set
        {
            ulong capacity = (ulong)disk.Length / HostFile.SectorSize;
            if (value.Capacity != capacity) throw new InvalidDataException($"saved with a disk of {value.Capacity} sectors; this one has {capacity}");
            BlkConfig.SetWriteback(ConfigSpace, value.Writeback != 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => disk.Dispose();

    /// <inheritdoc/>
    protected override void HandleQueue(VirtioQueue queue)
    {
        requestq = queue;
        workers?.Wake();
    }

    /// <inheritdoc/>
    protected override void OnReset() => BlkConfig.SetWriteback(ConfigSpace, true);

    /// <inheritdoc/>
    protected override void OnStart() => workers = new BlkWorkers(Context.Name, threads, MakeWork);

    /// <inheritdoc/>
    protected override ValueTask OnStopAsync()
    {
        // When they do not stop, the base finds the request that is stuck, and says so.
        if (workers?.TryStop(StopLimit) == true) workers = null;
        return ValueTask.CompletedTask;
    }

    private Func<bool> MakeWork()
    {
        DescriptorChain? chain = null;
        BlkRequestHandler? handler = null;
        return () =>
        {
            if (requestq is not { } queue) return false;
            chain ??= queue.CreateChain();
            handler ??= new BlkRequestHandler(disk, settings, new GuestData(Context.Memory, chain.MaxLength), Context.Logger, errorLog);
            if (!queue.TryTake(chain)) return false;
            if (queue.HasMore) workers?.Wake();
            Serve(queue, chain, handler);
            return true;
        };
    }

    private void Serve(VirtioQueue queue, DescriptorChain chain, BlkRequestHandler handler)
    {
        uint written = 0;
        if (!BlkRequest.TryParse(chain, out BlkRequest request))
        {
            NeedsReset("a request without header or status");
        }
        else
        {
            BlkStatus status = handler.Perform(request, chain, WriteThrough);
            uint statusAt = chain.WritableLength - BlkRequest.StatusSize;
            bool answered = chain.TryWrite(statusAt, [(byte)status]);
            // 2.7.8.2: the length counts what was written from the start on, without a gap before the status.
            if (answered && (statusAt == 0 || (request.FillsGuest && status == BlkStatus.VIRTIO_BLK_S_OK))) written = chain.WritableLength;
        }

        queue.Complete(chain, written);
    }

    /// <summary>5.2.5.2: the guest is told of no cache when it took neither feature, or turned the cache off.</summary>
    private bool WriteThrough
    {
        get
        {
            ulong features = NegotiatedFeatures;
            if ((features & VIRTIO_BLK_F_CONFIG_WCE) != 0) return !BlkConfig.IsWriteback(ConfigSpace);
            return (features & VIRTIO_BLK_F_FLUSH) == 0;
        }
    }
}
