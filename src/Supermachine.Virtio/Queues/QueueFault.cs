namespace Supermachine.Virtio;

/// <summary>What a driver got wrong with a queue. Each makes the device ask for a reset (virtio 1.2, section 2.1.2).</summary>
internal enum QueueFault : byte
{
    None = 0,

    /// <summary>The size is zero, not a power of two or above QueueNumMax (section 2.7).</summary>
    QueueSize,

    /// <summary>A ring is misaligned (section 2.7) or does not lie in RAM.</summary>
    RingAddress,

    /// <summary><c>avail.idx</c> is more than a queue's size ahead of what was taken.</summary>
    AvailableIndex,

    /// <summary>A descriptor's index lies outside its table.</summary>
    DescriptorIndex,

    /// <summary>More descriptors than <see cref="DescriptorChain.MaxLength"/>: a loop, or a driver that ignores the queue's size.</summary>
    ChainLength,

    /// <summary>More bytes than <see cref="DescriptorChain.MaxBytes"/>.</summary>
    ChainBytes,

    /// <summary>A buffer runs over the end of the 64-bit address space.</summary>
    BufferAddress,

    /// <summary>A device-readable buffer comes after a device-writable one (section 2.7.4.2).</summary>
    BufferOrder,

    /// <summary>An indirect table without VIRTIO_F_INDIRECT_DESC, inside another one, or followed by NEXT (section 2.7.5.3.1).</summary>
    IndirectMisplaced,

    /// <summary>An indirect table that is empty, not a multiple of 16 bytes or outside RAM.</summary>
    IndirectTable,
}
