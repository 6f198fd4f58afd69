using System.Buffers.Binary;
using System.Diagnostics;

namespace Supermachine.Virtio;

/// <summary>
/// A split virtqueue seen from the device (virtio 1.2, section 2.7). Plain: its owner serializes the calls. Nothing here trusts the
/// rings; a fault leaves the queue as it was.
/// </summary>
/// <param name="memory">Where the rings are.</param>
/// <param name="maxSize">QueueNumMax: a power of two up to 32768.</param>
internal sealed class SplitQueue(IGuestMemory memory, ushort maxSize)
{
    private const ushort VIRTQ_AVAIL_F_NO_INTERRUPT = 1;
    private const int RingHeader = 4;
    private const int UsedEntrySize = 8;
    private ushort nextAvailable;
    private ushort nextUsed;

    public ushort MaxSize => maxSize;

    public bool Ready { get; private set; }

    /// <summary>QueueNum, as the driver wrote it.</summary>
    public uint Size { get; set; }

    /// <summary>QueueDesc, QueueDriver and QueueDevice.</summary>
    public ulong Descriptors { get; set; }

    public ulong Driver { get; set; }

    public ulong Device { get; set; }

    /// <summary>Changes whenever the driver takes its buffers back; what was taken in another epoch is no longer ours.</summary>
    public uint Epoch { get; private set; }

    public bool EventIndex { get; set; }

    public bool Indirect { get; set; }

    private GuestAddress Available => new(Driver);

    private GuestAddress Used => new(Device);

    private GuestAddress UsedEvent => Available + (RingHeader + (2 * (ulong)Size));

    private GuestAddress AvailableEvent => Used + (RingHeader + (UsedEntrySize * (ulong)Size));

    /// <summary>Makes the queue live (QueueReady = 1), or says what is wrong with it.</summary>
    public QueueFault Enable()
    {
        QueueFault fault = Check();
        Ready = fault == QueueFault.None;
        return fault;
    }

    /// <summary>Takes the queue out of use and forgets its position (QueueReady = 0).</summary>
    public void Disable()
    {
        Epoch++;
        (Ready, nextAvailable, nextUsed) = (false, 0, 0);
    }

    public void Reset()
    {
        Disable();
        (Size, Descriptors, Driver, Device) = (0, 0, 0, 0);
        (EventIndex, Indirect) = (false, false);
    }

    /// <summary>Copies the next available chain. An empty queue asks for a notification first and then looks once more, so none is lost.</summary>
    /// <returns>False with <see cref="QueueFault.None"/> when the queue is empty.</returns>
    public bool TryTake(DescriptorChain chain, out QueueFault fault)
    {
        Debug.Assert(Ready, "only a ready queue is walked");
        fault = Pending(out int pending);
        if (fault == QueueFault.None && pending == 0 && EventIndex)
        {
            fault = RequestNotification();
            if (fault == QueueFault.None) fault = Pending(out pending);
        }

        if (fault != QueueFault.None || pending == 0) return false;
        fault = Fetch(chain);
        if (fault != QueueFault.None) return false;
        nextAvailable++;
        return true;
    }

    /// <summary>Whether the driver has made more available; faults count as nothing and are found by the next take.</summary>
    public bool HasMore() => Ready && Pending(out int pending) == QueueFault.None && pending > 0;

    /// <summary>Gives a chain back (section 2.7.8) and says whether the driver wants to hear of it (2.7.7.2, 2.7.10).</summary>
    public QueueFault Publish(ushort head, uint written, out bool interrupt)
    {
        interrupt = false;
        Span<byte> entry = stackalloc byte[UsedEntrySize];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, head);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], written);
        ulong slot = nextUsed & (Size - 1);
        if (!memory.TryWrite(Used + (RingHeader + (slot * UsedEntrySize)), entry)) return QueueFault.RingAddress;
        ushort used = ++nextUsed;
        if (!memory.TryStoreRelease(Used + 2, used)) return QueueFault.RingAddress;
        // The index must be visible before we look whether the driver waits for it, or both sides could sleep.
        Interlocked.MemoryBarrier();
        if (!memory.TryLoadAcquire(EventIndex ? UsedEvent : Available, out ushort wish)) return QueueFault.RingAddress;
        interrupt = EventIndex ? wish == (ushort)(used - 1) : (wish & VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
        return QueueFault.None;
    }

    public VirtioQueueState Save() => new()
    {
        Ready = Ready,
        Size = (ushort)Size,
        Descriptors = Descriptors,
        Driver = Driver,
        Device = Device,
        NextAvailable = nextAvailable,
        NextUsed = nextUsed,
    };

    /// <summary>Applies a validated state. A ready queue whose rings are no longer in RAM comes back not ready, with the fault.</summary>
    public QueueFault Restore(VirtioQueueState state)
    {
        Disable();
        (Size, Descriptors, Driver, Device) = (state.Size, state.Descriptors, state.Driver, state.Device);
        (nextAvailable, nextUsed) = (state.NextAvailable, state.NextUsed);
        return state.Ready ? Enable() : QueueFault.None;
    }

    private QueueFault Check()
    {
        if (Size == 0 || Size > maxSize || (Size & (Size - 1)) != 0) return QueueFault.QueueSize;
        bool aligned = Descriptors % 16 == 0 && Driver % 2 == 0 && Device % 4 == 0;
        bool inside = memory.TryGetMemory(new GuestAddress(Descriptors), (int)Size * DescriptorTable.EntrySize, out _)
            && memory.TryGetMemory(Available, RingHeader + ((int)Size * 2) + 2, out _)
            && memory.TryGetMemory(Used, RingHeader + ((int)Size * UsedEntrySize) + 2, out _);
        return aligned && inside ? QueueFault.None : QueueFault.RingAddress;
    }

    private QueueFault Pending(out int pending)
    {
        pending = 0;
        if (!memory.TryLoadAcquire(Available + 2, out ushort available)) return QueueFault.RingAddress;
        pending = (ushort)(available - nextAvailable);
        return pending > Size ? QueueFault.AvailableIndex : QueueFault.None;
    }

    private QueueFault RequestNotification()
    {
        if (!memory.TryStoreRelease(AvailableEvent, nextAvailable)) return QueueFault.RingAddress;
        Interlocked.MemoryBarrier();
        return QueueFault.None;
    }

    private QueueFault Fetch(DescriptorChain chain)
    {
        ulong slot = nextAvailable & (Size - 1);
        if (!memory.TryLoadAcquire(Available + (RingHeader + (slot * 2)), out ushort head)) return QueueFault.RingAddress;
        if (head >= Size) return QueueFault.DescriptorIndex;
        chain.Begin(head, Epoch);
        return DescriptorTable.Walk(memory, new GuestAddress(Descriptors), Size, Indirect, head, chain);
    }
}
