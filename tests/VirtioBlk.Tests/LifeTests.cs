using System.Buffers.Binary;
using Supermachine.Plugins.VirtioBlk;
using Supermachine.Testing;

namespace VirtioBlk.Tests;

/// <summary>Requests beside resets, stops, slow disks and the cache's modes.</summary>
public class LifeTests
{
    [Fact]
    public async Task AStoppedMachineGoesOnWhereItWas()
    {
        using var image = new TempImage(64);
        var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        for (int round = 0; round < 20; round++)
        {
            await guest.Device.StopAsync();
            (ushort head, _, GuestAddress status) = guest.Submit(0, 1, new byte[512], fillsGuest: true);
            guest.Queue.Kick();
            Assert.Equal(0, guest.Queue.Completed);
            guest.Device.Start();
            Assert.Equal(head, guest.Queue.Reap().Head);
            Assert.Equal(0, guest.Driver.Memory.Slice(status, 1)[0]);
        }

        await guest.Device.StopAsync();
        guest.Device.Reset();
        guest.Device.Start();
        guest.Boot();
        Assert.Equal(image.Contents[..512], guest.Read(0, 1));
        await guest.DisposeAsync();
    }

    [Fact]
    public async Task AResetDuringARequestDropsIt()
    {
        using var image = new TempImage(64);
        var disk = new GatedDisk(image.Contents);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Threads = 1 }, disk);
        VirtioDriverQueue old = guest.Queue;
        (_, GuestAddress data, GuestAddress status) = guest.Submit(0, 0, new byte[512], fillsGuest: true);
        (_, GuestAddress second, _) = guest.Submit(0, 1, new byte[512], fillsGuest: true);
        old.Kick();
        disk.Entered.Wait();
        Task reset = Task.Run(() => guest.Driver.DeviceStatus = 0);
        Assert.True(SpinWait.SpinUntil(() => guest.Driver.DeviceStatus == 64, TimeSpan.FromSeconds(10))); // begun, and waiting for the disk
        disk.Open.Set();
        await reset;
        Assert.True(SpinWait.SpinUntil(() => guest.Driver.DeviceStatus == 0, TimeSpan.FromSeconds(10)));
        Assert.Equal(0, old.Completed);
        // From here on the buffers are the driver's: nobody may write them.
        byte[] mark = new byte[512];
        mark.AsSpan().Fill(0x5a);
        mark.CopyTo(guest.Driver.Memory.Slice(data, 512));
        guest.Boot();
        Assert.Equal(image.Contents[512..1024], guest.Read(1, 1));
        Assert.Equal(mark, guest.Driver.Memory.Slice(data, 512).ToArray());
        Assert.Equal(0, guest.Driver.Memory.Slice(second, 1)[0]);
        Assert.Equal(0, old.Completed);
        Assert.True(status.Value > 0);
    }

    [Fact]
    public async Task FlushReachesTheDiskAndSoDoEveryWriteWithoutACache()
    {
        using var image = new TempImage(64);
        var disk = new GatedDisk(image.Contents);
        disk.Open.Set();
        await using var guest = new BlkGuest(new VirtioBlkOptions(), disk);
        Assert.Equal(1ul, guest.Driver.ReadConfig(32, AccessWidth.Byte));
        Assert.Equal(0, guest.Write(0, new byte[512]));
        Assert.Equal(0, disk.Flushes);
        Assert.Equal(0, guest.Sync());
        Assert.Equal(1, disk.Flushes);
        Assert.Equal(MmioResult.Ok, guest.Device.Write(0x120, AccessWidth.Byte, 0));
        Assert.Equal(0, guest.Write(0, new byte[512]));
        Assert.Equal(2, disk.Flushes);
        guest.Boot(~(BlkGuest.ConfigWce | BlkGuest.Flush));
        Assert.Equal(0, guest.Write(0, new byte[512]));
        Assert.Equal(3, disk.Flushes);
        guest.Boot(~BlkGuest.ConfigWce);
        Assert.Equal(0, guest.Write(0, new byte[512]));
        Assert.Equal(3, disk.Flushes);
    }

    [Fact]
    public async Task ADiskThatFailsIsTheGuestsError()
    {
        using var image = new TempImage(64);
        var disk = new GatedDisk(image.Contents) { Fails = true };
        disk.Open.Set();
        await using var guest = new BlkGuest(new VirtioBlkOptions(), disk);
        Assert.Equal(1, guest.Request(0, 0, new byte[512], fillsGuest: true));
        Assert.Equal(1, guest.Write(0, new byte[512]));
        Assert.Equal(1, guest.Sync());
        Assert.Contains("no space", Assert.Single(guest.Context.Log.Entries).Message, StringComparison.Ordinal);
        disk.Fails = false;
        Assert.Equal(0, guest.Sync());
    }

    [Theory]
    [InlineData(8, 1)] // a header cut short
    [InlineData(16, 0)] // no room for a status
    public async Task AChainThatCannotBeAnsweredNeedsReset(int header, int status)
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        GuestAddress at = guest.Driver.Allocate(32);
        guest.Queue.Add(new VirtioDriverBuffer(at, (uint)header, false), new VirtioDriverBuffer(at + 16, (uint)status, true));
        guest.Queue.Kick();
        Assert.True(SpinWait.SpinUntil(() => (guest.Driver.DeviceStatus & 64) != 0, TimeSpan.FromSeconds(10)));
        guest.Boot();
        Assert.Equal(image.Contents[..512], guest.Read(0, 1));
    }

    [Fact]
    public async Task BuffersOutsideRamAreErrors()
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        GuestAddress header = guest.Driver.Allocate(16), status = guest.Driver.Allocate(1);
        foreach (uint type in new uint[] { 0, 1, 11, 13, 8 })
        {
            BinaryPrimitives.WriteUInt32LittleEndian(guest.Driver.Memory.Slice(header, 4), type);
            uint length = type is 0 or 1 ? 512u : type == 8 ? 20u : 16u;
            guest.Queue.Add(
                new VirtioDriverBuffer(header, 16, false),
                new VirtioDriverBuffer(guest.Driver.Memory.End + 0x1000_0000, length, type is 0 or 8),
                new VirtioDriverBuffer(status, 1, true));
            guest.Queue.Kick();
            guest.Queue.Reap();
            Assert.Equal(1, guest.Driver.Memory.Slice(status, 1)[0]);
        }
    }

    [Fact]
    public async Task SteadyRequestsAllocateNothing()
    {
        using var image = new TempImage(256);
        var disk = new MeteredDisk(new FileDisk(image.File, writable: true));
        await using var guest = new BlkGuest(new VirtioBlkOptions { Threads = 1 }, disk, memory: 64 << 20);
        for (int i = 0; i < 600; i++)
        {
            if (i == 100) disk.Start();
            Assert.Equal(0, guest.Request((uint)(i & 1), (ulong)(i % 200), new byte[8 * 512], fillsGuest: (i & 1) == 0, pieces: 4));
        }

        // One buffer, several in one system call: neither allocates.
        Assert.Equal(500, disk.Requests);
        Assert.Equal(0, disk.Allocated);
    }

    [Fact]
    public async Task AReadOnlyDiskIsSavedAndRestored()
    {
        using var image = new TempImage(64);
        var options = new VirtioBlkOptions { Path = image.File, Mode = DiskMode.ReadOnly };
        var guest = new BlkGuest(options);
        guest.Read(0, 4);
        await guest.Device.StopAsync();
        guest.Submit(0, 2, new byte[512], fillsGuest: true);
        FakeSnapshot saved = FakeSnapshot.Of(guest.Device);
        using var restored = new Supermachine.Plugins.VirtioBlk.VirtioBlk(options, DiskFactory.Open(options, guest.Context.Log), guest.Context);
        restored.Restore(saved.Reader);
        restored.Start();
        Assert.Equal(513u, guest.Queue.Reap().Written);
        await restored.StopAsync();
        saved.Integers[1]++;
        Assert.Throws<InvalidDataException>(() => restored.Restore(saved.Reader));
        await guest.DisposeAsync();
        await using var writer = new BlkGuest(new VirtioBlkOptions { Path = image.File, Mode = DiskMode.Overlay });
        Assert.Contains("disk0", Assert.Throws<InvalidOperationException>(() => FakeSnapshot.Of(writer.Device)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DiskMode.ReadOnly, null)]
    [InlineData(DiskMode.ReadWrite, "read-write")]
    [InlineData(DiskMode.Overlay, "overlay")]
    public async Task ADiskThatCannotBeCapturedSaysSoBeforeAnybodyTries(DiskMode mode, string? named)
    {
        using var image = new TempImage(8);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, Mode = mode });
        string? obstacle = ((ISnapshotObstacle)guest.Device).SnapshotObstacle;
        if (named is null) Assert.Null(obstacle);
        else Assert.Contains($"mode = \"{named}\"", obstacle, StringComparison.Ordinal);
    }

    /// <summary>Counts what the worker's thread allocates from one request to the next, the host's I/O included.</summary>
    private sealed class MeteredDisk(FileDisk disk) : IDisk
    {
        private long last;
        private volatile bool on;

        public int Requests { get; private set; }

        public long Allocated { get; private set; }

        public long Length => disk.Length;

        public void Start() => on = true;

        public void Read(long offset, ReadOnlySpan<Memory<byte>> buffers)
        {
            Count();
            disk.Read(offset, buffers);
        }

        public void Write(long offset, ReadOnlySpan<Memory<byte>> buffers)
        {
            Count();
            disk.Write(offset, buffers);
        }

        public void Zero(long offset, long length, bool deallocate) => disk.Zero(offset, length, deallocate);

        public void Flush() => disk.Flush();

        public void Dispose() => disk.Dispose();

        private void Count()
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (on && Requests++ > 0) Allocated += now - last;
            last = now;
        }
    }

    /// <summary>A disk in memory whose reads wait for the test, and which fails when it is told to.</summary>
    private sealed class GatedDisk(byte[] contents) : IDisk
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Open { get; } = new();

        public bool Fails { get; set; }

        public int Flushes { get; private set; }

        public long Length => contents.Length;

        public void Read(long offset, ReadOnlySpan<Memory<byte>> buffers)
        {
            Entered.Set();
            Open.Wait();
            Fail();
            foreach (Memory<byte> buffer in buffers) contents.AsSpan((int)offset, buffer.Length).CopyTo(buffer.Span);
        }

        public void Write(long offset, ReadOnlySpan<Memory<byte>> buffers) => Fail();

        public void Zero(long offset, long length, bool deallocate) => Fail();

        public void Flush()
        {
            Fail();
            Flushes++;
        }

        public void Dispose()
        {
            Entered.Dispose();
            Open.Dispose();
        }

        private void Fail()
        {
            if (Fails) throw new IOException("no space left on device");
        }
    }
}
