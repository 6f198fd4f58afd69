using System.Buffers.Binary;

namespace Supermachine.Testing;

/// <summary>The driver's side of a split virtqueue (virtio 1.2, section 2.7). One thread at a time.</summary>
public sealed class VirtioDriverQueue
{
    private const uint QueueSel = 0x030, QueueNumMax = 0x034, QueueNum = 0x038, QueueReady = 0x044, QueueNotify = 0x050;
    private const uint QueueDescLow = 0x080, QueueDriverLow = 0x090, QueueDeviceLow = 0x0a0;
    private const ushort Next = 1, Write = 2, Indirect = 4;
    private readonly VirtioDriver driver;
    private readonly Stack<ushort> freeDescriptors = new();
    private readonly Dictionary<ushort, ushort[]> owned = [];
    private ushort available;
    private ushort lastNotified;
    private ushort used;

    internal VirtioDriverQueue(VirtioDriver driver, uint index, ushort size)
    {
        (this.driver, Index, Size) = (driver, index, size);
        Descriptors = driver.Allocate(16 * size);
        Available = driver.Allocate(6 + (2 * size));
        Used = driver.Allocate(6 + (8 * size));
        driver.Memory.Slice(Available, 6 + (2 * size)).Clear();
        driver.Memory.Slice(Used, 6 + (8 * size)).Clear();
        for (int i = size - 1; i >= 0; i--) freeDescriptors.Push((ushort)i);
        driver.Write(QueueSel, index);
        if (driver.Read(QueueNumMax) < size) throw new InvalidOperationException($"queue {index} allows {driver.Read(QueueNumMax)}");
        driver.Write(QueueNum, size);
        WriteAddress(QueueDescLow, Descriptors);
        WriteAddress(QueueDriverLow, Available);
        WriteAddress(QueueDeviceLow, Used);
        driver.Write(QueueReady, 1);
    }

    /// <summary>The queue's number.</summary>
    public uint Index { get; }

    /// <summary>The queue's size.</summary>
    public ushort Size { get; }

    /// <summary>The descriptor table.</summary>
    public GuestAddress Descriptors { get; }

    /// <summary>The available ring.</summary>
    public GuestAddress Available { get; }

    /// <summary>The used ring.</summary>
    public GuestAddress Used { get; }

    /// <summary>Descriptors that no chain uses.</summary>
    public int FreeDescriptors => freeDescriptors.Count;

    /// <summary>How many used entries the device has written that were not reaped.</summary>
    public int Completed => (ushort)(LoadUsed() - used);

    /// <summary>Makes a chain available without telling the device.</summary>
    /// <returns>The head, as the used ring will give it back.</returns>
    public ushort Add(params ReadOnlySpan<VirtioDriverBuffer> buffers)
    {
        var indices = new ushort[buffers.Length];
        for (int i = 0; i < indices.Length; i++) indices[i] = freeDescriptors.Pop();
        for (int i = 0; i < indices.Length; i++)
        {
            bool last = i == indices.Length - 1;
            ushort flags = (ushort)((last ? 0 : Next) | (buffers[i].DeviceWrites ? Write : 0));
            WriteDescriptor(Descriptors + (16u * indices[i]), buffers[i].Address.Value, buffers[i].Length, flags, last ? (ushort)0 : indices[i + 1]);
        }

        return MakeAvailable(indices);
    }

    /// <summary>The same by an indirect table.</summary>
    public ushort AddIndirect(params ReadOnlySpan<VirtioDriverBuffer> buffers)
    {
        GuestAddress table = driver.Allocate(16 * buffers.Length);
        for (int i = 0; i < buffers.Length; i++)
        {
            bool last = i == buffers.Length - 1;
            ushort flags = (ushort)((last ? 0 : Next) | (buffers[i].DeviceWrites ? Write : 0));
            WriteDescriptor(table + (16u * (uint)i), buffers[i].Address.Value, buffers[i].Length, flags, (ushort)(last ? 0 : i + 1));
        }

        ushort head = freeDescriptors.Pop();
        WriteDescriptor(Descriptors + (16u * head), table.Value, 16u * (uint)buffers.Length, Indirect, 0);
        return MakeAvailable([head]);
    }

    /// <summary>Notifies the device if it asked to be (sections 2.7.7 and 2.7.10.1).</summary>
    /// <returns>Whether it had asked.</returns>
    public bool Kick()
    {
        Interlocked.MemoryBarrier();
        bool wanted;
        if ((driver.Features & VirtioDriver.EventIndexFeature) != 0)
        {
            ushort wish = Load(Used + (4 + (8u * Size)));
            wanted = (ushort)(available - wish - 1) < (ushort)(available - lastNotified);
        }
        else
        {
            wanted = (Load(Used) & 1) == 0;
        }

        lastNotified = available;
        if (wanted) driver.Write(QueueNotify, Index);
        return wanted;
    }

    /// <summary>Says at which used index the driver wants an interrupt (VIRTIO_F_EVENT_IDX).</summary>
    public void SetUsedEvent(ushort index) => Store(Available + (4 + (2u * Size)), index);

    /// <summary>Sets VIRTQ_AVAIL_F_NO_INTERRUPT or clears it.</summary>
    public void SetNoInterrupt(bool set) => Store(Available, set ? (ushort)1 : (ushort)0);

    /// <summary>Takes the next used entry and frees its descriptors.</summary>
    public bool TryReap(out ushort head, out uint written)
    {
        (head, written) = (0, 0);
        if (Completed == 0) return false;
        Span<byte> entry = driver.Memory.Slice(Used + (4 + (8u * (uint)(used % Size))), 8);
        head = (ushort)BinaryPrimitives.ReadUInt32LittleEndian(entry);
        written = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        if (!owned.Remove(head, out ushort[]? indices)) throw new InvalidOperationException($"the device gave back {head}, which it did not have");
        foreach (ushort index in indices) freeDescriptors.Push(index);
        used++;
        return true;
    }

    /// <summary>Takes the next used entry, waiting for a device that works on another thread.</summary>
    /// <exception cref="TimeoutException">Nothing came in 10 seconds.</exception>
    public (ushort Head, uint Written) Reap()
    {
        ushort head = 0;
        uint written = 0;
        return SpinWait.SpinUntil(() => TryReap(out head, out written), TimeSpan.FromSeconds(10))
            ? (head, written)
            : throw new TimeoutException($"queue {Index}: the device completed nothing");
    }

    /// <summary>Writes a descriptor (section 2.7.5) anywhere, well-formed or not.</summary>
    public void WriteDescriptor(GuestAddress at, ulong address, uint length, ushort flags, ushort next)
    {
        Span<byte> entry = driver.Memory.Slice(at, 16);
        BinaryPrimitives.WriteUInt64LittleEndian(entry, address);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[12..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[14..], next);
    }

    /// <summary>Makes descriptors written by hand available, from a head.</summary>
    public ushort MakeAvailable(params ushort[] indices)
    {
        owned[indices[0]] = indices;
        Store(Available + (4 + (2u * (uint)(available % Size))), indices[0]);
        available++;
        driver.Memory.TryStoreRelease(Available + 2, available);
        return indices[0];
    }

    private ushort LoadUsed()
    {
        driver.Memory.TryLoadAcquire(Used + 2, out ushort index);
        return index;
    }

    private ushort Load(GuestAddress address) => BinaryPrimitives.ReadUInt16LittleEndian(driver.Memory.Slice(address, 2));

    private void Store(GuestAddress address, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(driver.Memory.Slice(address, 2), value);

    private void WriteAddress(uint register, GuestAddress address)
    {
        driver.Write(register, (uint)address.Value);
        driver.Write(register + 4, (uint)(address.Value >> 32));
    }
}
