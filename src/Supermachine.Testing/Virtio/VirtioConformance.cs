using static Supermachine.Testing.ConformanceException;

namespace Supermachine.Testing;

/// <summary>
/// The rules that every virtio-mmio device keeps whatever it does, each as a check to call from a test. A check makes a device of
/// its own and throws <see cref="ConformanceException"/> when a rule is broken.
/// </summary>
/// <param name="create">Makes a device in a context; it is started, stopped and disposed of by the check.</param>
public sealed class VirtioConformance(Func<IDeviceContext, IMmioDevice> create)
{
    private const uint QueueSel = 0x030, QueueNumMax = 0x034, QueueReady = 0x044, QueueNotify = 0x050, InterruptStatus = 0x060;
    private const uint NeedsReset = 64, FeaturesOk = 8;
    private const int MaxQueues = 64;
    private const int RingBytes = 1 << 14;

    private readonly Dictionary<string, Action<Subject>> checks = new()
    {
        ["identity"] = Identity,
        ["features"] = Features,
        ["queues"] = Queues,
        ["reset"] = Reset,
        ["any access has a result"] = AnyAccess,
        ["hostile rings"] = HostileRings,
        ["state round trip"] = StateRoundTrip,
    };

    /// <summary>The names of the checks, for a theory.</summary>
    public IEnumerable<string> Names => checks.Keys;

    /// <summary>Runs one check.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">Of the random accesses and rings.</param>
    public async Task RunAsync(string name, int seed = 1)
    {
        var subject = new Subject(create, new Random(seed));
        try
        {
            checks[name](subject);
        }
        catch (Exception error) when (error is not ConformanceException)
        {
            throw new ConformanceException($"{name}: nothing that a guest does may throw ({error.GetType().Name}: {error.Message})", error);
        }
        finally
        {
            await subject.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void Identity(Subject subject)
    {
        Require(subject.Device.Window.Size >= 0x200, "the window has the registers and the configuration space (4.2.2)");
        Require(subject.Driver.Read(0x000) == 0x7472_6976, "MagicValue is \"virt\" (4.2.2)");
        Require(subject.Driver.Read(0x004) == 2, "Version is 2 (4.2.2)");
        Require(subject.Driver.Read(0x008) != 0, "DeviceID is not that of a placeholder (4.2.2)");
        Require(subject.Driver.DeviceStatus == 0, "a device starts reset (2.1)");
        Require((subject.Driver.Offered & VirtioDriver.Version1Feature) != 0, "VIRTIO_F_VERSION_1 is offered (6.1)");
    }

    private static void Features(Subject subject)
    {
        ulong offered = subject.Driver.Offered;
        Require(subject.Driver.Negotiate(offered), "all that is offered can be taken (2.2)");
        Require(subject.Driver.Negotiate(VirtioDriver.Version1Feature), "VIRTIO_F_VERSION_1 alone can be taken (2.2)");
        Require(!subject.Driver.Negotiate(offered & ~VirtioDriver.Version1Feature), "a driver without VIRTIO_F_VERSION_1 is refused (6.1)");
        for (int bit = 0; bit < 64; bit++)
        {
            ulong feature = 1UL << bit;
            if ((offered & feature) == 0) Require(!subject.Driver.Negotiate(offered | feature), $"bit {bit} was not offered and is refused (2.2)");
        }

        Require((subject.Driver.DeviceStatus & FeaturesOk) == 0, "FEATURES_OK stays clear after a refusal (3.1.1)");
    }

    private static void Queues(Subject subject)
    {
        int count = subject.Boot();
        Require(count > 0, "there is a queue");
        subject.Driver.Write(QueueSel, MaxQueues);
        Require(subject.Driver.Read(QueueNumMax) == 0, "a queue that does not exist has QueueNumMax 0 (4.2.2)");
        for (uint queue = 0; queue < count; queue++)
        {
            subject.Driver.Write(QueueSel, queue);
            uint max = subject.Driver.Read(QueueNumMax);
            Require((max & (max - 1)) == 0 && max <= 32768, "QueueNumMax is a power of two up to 32768 (2.7)");
            Require(subject.Driver.Read(QueueReady) == 1, "a queue that was set up is ready (4.2.2)");
            subject.Driver.Write(QueueReady, 0);
            Require(subject.Driver.Read(QueueReady) == 0, "a queue can be stopped (4.2.2.2)");
        }
    }

    private static void Reset(Subject subject)
    {
        int count = subject.Boot();
        subject.Driver.DeviceStatus = 0;
        Require(subject.Settle(), "a reset comes to its end (2.1.1)");
        Require(subject.Driver.Read(InterruptStatus) == 0 && !subject.AnyLine, "a reset takes interrupts back (4.2.2.1)");
        for (uint queue = 0; queue < count; queue++)
        {
            subject.Driver.Write(QueueSel, queue);
            Require(subject.Driver.Read(QueueReady) == 0, "a reset stops the queues (4.2.2.1)");
        }

        subject.Boot();
    }

    private static void AnyAccess(Subject subject)
    {
        AccessWidth[] widths = [AccessWidth.Byte, AccessWidth.HalfWord, AccessWidth.Word];
        for (int i = 0; i < 20_000; i++)
        {
            if (i % 1000 == 0) subject.Boot();
            AccessWidth width = widths[subject.Random.Next(widths.Length)];
            uint offset = (uint)(subject.Random.Next(0x200 / (int)width) * (int)width);
            uint value = subject.Random.Next(3) == 0 ? (uint)subject.Random.NextInt64() : (uint)subject.Random.Next(32);
            value &= (uint)((1UL << (8 * (int)width)) - 1);
            if (subject.Random.Next(2) == 0) subject.Device.Write(offset, width, value);
            else if (subject.Device.Read(offset, width, out ulong read) == MmioResult.Ok) Require(read >> (8 * (int)width) == 0, "a value has the width of its access");
        }

        Require(subject.Settle(), "whatever was written, a reset mends it (2.1.1)");
        subject.Boot();
    }

    private static void HostileRings(Subject subject)
    {
        int count = subject.Boot();
        for (int round = 0; round < 300; round++)
        {
            subject.Random.NextBytes(subject.Driver.Memory.Bytes[..RingBytes]);
            foreach (VirtioDriverQueue queue in subject.Queues) subject.Driver.Memory.TryStoreRelease(queue.Available + 2, (ushort)subject.Random.Next(queue.Size + 2));
            for (uint queue = 0; queue < count; queue++) subject.Driver.Write(QueueNotify, queue);
            if ((subject.Driver.DeviceStatus & NeedsReset) == 0 && round % 10 != 0) continue;
            Require(subject.Settle(), "a broken device can be reset (2.1.2)");
            subject.Boot();
        }
    }

    private static void StateRoundTrip(Subject subject)
    {
        if (subject.Device is not ISnapshotParticipant part || subject.Device is ISnapshotObstacle { SnapshotObstacle: not null }) return;
        subject.Boot();
        subject.Stop();
        FakeSnapshot saved = FakeSnapshot.Of(part);
        (subject.Device as IMachinePart)?.Reset();
        Require(subject.Driver.DeviceStatus == 0, "a machine's reset resets the device");
        part.Restore(saved.Reader);
        FakeSnapshot again = FakeSnapshot.Of(part);
        bool same = saved.Integers.OrderBy(field => field.Key).SequenceEqual(again.Integers.OrderBy(field => field.Key))
            && saved.Blobs.Count == again.Blobs.Count && saved.Blobs.All(field => again.Blobs[field.Key].AsSpan().SequenceEqual(field.Value));
        Require(same, "a restored state is the saved one");
    }

    /// <summary>One device with its guest.</summary>
    private sealed class Subject : IAsyncDisposable
    {
        private readonly FakeDeviceContext context = new(new FakeGuestMemory(1 << 20));
        private bool started;

        public Subject(Func<IDeviceContext, IMmioDevice> create, Random random)
        {
            Random = random;
            Device = create(context);
            Driver = new VirtioDriver(Device, (FakeGuestMemory)context.Memory);
            Start();
        }

        public Random Random { get; }

        public IMmioDevice Device { get; }

        public VirtioDriver Driver { get; private set; }

        public List<VirtioDriverQueue> Queues { get; } = [];

        public bool AnyLine => context.Lines.Values.Any(line => line.IsAsserted);

        /// <summary>Brings the device up with everything it offers and all of its queues, from the start of memory.</summary>
        public int Boot()
        {
            Require(Settle(), "a reset comes to its end (2.1.1)");
            Driver = new VirtioDriver(Device, (FakeGuestMemory)context.Memory);
            Require(Driver.Negotiate(Driver.Offered), "all that is offered can be taken (2.2)");
            Queues.Clear();
            for (uint queue = 0; queue < MaxQueues; queue++)
            {
                Driver.Write(QueueSel, queue);
                if (Driver.Read(QueueNumMax) is var max and not 0) Queues.Add(Driver.SetUpQueue(queue, (ushort)Math.Min(max, 16)));
            }

            Driver.DriverOk();
            return Queues.Count;
        }

        /// <summary>Resets, and waits for host I/O that the reset has to wait for.</summary>
        public bool Settle()
        {
            Driver.DeviceStatus = 0;
            return SpinWait.SpinUntil(() => Driver.DeviceStatus == 0, TimeSpan.FromSeconds(10));
        }

        public void Start()
        {
            started = true;
            (Device as IMachinePart)?.Start();
        }

        public void Stop()
        {
            if (!started || Device is not IMachinePart part) return;
            started = false;
            part.StopAsync().AsTask().Wait();
        }

        public async ValueTask DisposeAsync()
        {
            Stop();
            if (Device is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
            else (Device as IDisposable)?.Dispose();
        }
    }
}
