using System.Buffers.Binary;
using Supermachine.Plugins.VirtioBlk;
using Supermachine.Testing;

namespace VirtioBlk.Tests;

using Device = Supermachine.Plugins.VirtioBlk.VirtioBlk;

/// <summary>A disk image in a folder of its own.</summary>
public sealed class TempImage : IDisposable
{
    public TempImage(int sectors, int seed = 1)
    {
        Folder = Directory.CreateTempSubdirectory("virtio-blk-").FullName;
        File = Path.Combine(Folder, "disk.img");
        Contents = new byte[sectors * 512];
        new Random(seed).NextBytes(Contents);
        System.IO.File.WriteAllBytes(File, Contents);
    }

    public string Folder { get; }

    public string File { get; }

    public byte[] Contents { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>A guest with one disk, driven by requests.</summary>
internal sealed class BlkGuest : IAsyncDisposable
{
    public const ulong Flush = 1 << 9, ConfigWce = 1 << 11, Discard = 1 << 13, WriteZeroes = 1 << 14, ReadOnlyFeature = 1 << 5;

    /// <summary>Pieces lie apart in guest memory, or they would be one buffer.</summary>
    private const int Gap = 8;
    private readonly Device device;

    public BlkGuest(VirtioBlkOptions options, IDisk? disk = null, ulong features = ulong.MaxValue, int memory = 8 << 20)
    {
        Context = new FakeDeviceContext(new FakeGuestMemory(memory), "disk0");
        device = new Device(options, disk ?? DiskFactory.Open(options, Context.Log), Context);
        Driver = new VirtioDriver(device, (FakeGuestMemory)Context.Memory);
        device.Start();
        Boot(features);
    }

    public FakeDeviceContext Context { get; }

    public VirtioDriver Driver { get; }

    public Device Device => device;

    public VirtioDriverQueue Queue { get; private set; } = null!;

    public void Boot(ulong features = ulong.MaxValue)
    {
        Driver.DeviceStatus = 0;
        Assert.True(Driver.Negotiate(Driver.Offered & features));
        Queue = Driver.SetUpQueue(0, (ushort)Driver.Read(0x034));
        Driver.DriverOk();
    }

    /// <summary>Makes a request available; the data goes where its type says.</summary>
    public (ushort Head, GuestAddress Data, GuestAddress Status) Submit(
        uint type, ulong sector, byte[] data, bool fillsGuest, bool indirect = false, int pieces = 1)
    {
        GuestAddress header = Driver.Allocate(16), at = Driver.Allocate(data.Length + (Gap * pieces)), status = Driver.Allocate(1);
        Span<byte> bytes = Driver.Memory.Slice(header, 16);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, type);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], sector);
        Driver.Memory.Slice(status, 1)[0] = 0xee;
        var buffers = new List<VirtioDriverBuffer> { new(header, 16, false) };
        for (int i = 0; data.Length > 0 && i < pieces; i++)
        {
            (int start, int length) = Piece(data, pieces, i);
            GuestAddress place = at + (ulong)(start + (Gap * i));
            data.AsSpan(start, length).CopyTo(Driver.Memory.Slice(place, length));
            buffers.Add(new VirtioDriverBuffer(place, (uint)length, fillsGuest));
        }

        buffers.Add(new VirtioDriverBuffer(status, 1, true));
        ushort head = indirect ? Queue.AddIndirect(buffers.ToArray()) : Queue.Add(buffers.ToArray());
        return (head, at, status);
    }

    /// <summary>Performs one request and waits for its answer.</summary>
    public byte Request(uint type, ulong sector, byte[] data, bool fillsGuest, bool indirect = false, int pieces = 1)
    {
        (ushort head, GuestAddress at, GuestAddress status) = Submit(type, sector, data, fillsGuest, indirect, pieces);
        Queue.Kick();
        Assert.Equal(head, Queue.Reap().Head);
        for (int i = 0; fillsGuest && i < pieces; i++)
        {
            (int start, int length) = Piece(data, pieces, i);
            Driver.Memory.Slice(at + (ulong)(start + (Gap * i)), length).CopyTo(data.AsSpan(start));
        }

        return Driver.Memory.Slice(status, 1)[0];
    }

    /// <summary>Where a piece of the data starts, and how long it is; pieces are nothing round.</summary>
    private static (int Start, int Length) Piece(byte[] data, int pieces, int index)
    {
        int start = (int)((long)data.Length * index / pieces);
        return (start, (int)((long)data.Length * (index + 1) / pieces) - start);
    }

    public byte[] Read(ulong sector, int sectors, bool indirect = false, int pieces = 1)
    {
        var data = new byte[sectors * 512];
        Assert.Equal(0, Request(0, sector, data, fillsGuest: true, indirect, pieces));
        return data;
    }

    public byte Write(ulong sector, byte[] data, bool indirect = false, int pieces = 1) => Request(1, sector, data, fillsGuest: false, indirect, pieces);

    public byte Sync() => Request(4, 0, [], fillsGuest: false);

    public byte Zero(uint type, params (ulong Sector, uint Count, uint Flags)[] ranges)
    {
        var data = new byte[ranges.Length * 16];
        for (int i = 0; i < ranges.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(i * 16), ranges[i].Sector);
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan((i * 16) + 8), ranges[i].Count);
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan((i * 16) + 12), ranges[i].Flags);
        }

        return Request(type, 0, data, fillsGuest: false);
    }

    public async ValueTask DisposeAsync()
    {
        await device.StopAsync();
        device.Dispose();
    }
}
