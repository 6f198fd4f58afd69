using System.Diagnostics;

namespace Supermachine.Virtio;

/// <summary>
/// A validated copy of one descriptor chain: first the buffers the device reads, then those it writes. The object is made once by
/// <see cref="VirtioQueue.CreateChain"/> and filled again and again by <see cref="VirtioQueue.TryTake"/>. Used by one thread at a time.
/// </summary>
public sealed class DescriptorChain
{
    /// <summary>The most bytes in a chain (virtio 1.2, section 2.7.4.2), less the one that would not fit a length.</summary>
    public const uint MaxBytes = uint.MaxValue;

    private readonly IGuestMemory memory;
    private readonly GuestBuffer[] buffers;
    private int readable;
    private int count;
    private bool sawWritable;

    internal DescriptorChain(IGuestMemory memory, int maxLength)
    {
        this.memory = memory;
        buffers = new GuestBuffer[maxLength];
    }

    /// <summary>The most descriptors in a chain.</summary>
    public int MaxLength => buffers.Length;

    /// <summary>The buffers that the device reads.</summary>
    public ReadOnlySpan<GuestBuffer> Readable => buffers.AsSpan(0, readable);

    /// <summary>The buffers that the device writes.</summary>
    public ReadOnlySpan<GuestBuffer> Writable => buffers.AsSpan(readable, count - readable);

    /// <summary>Bytes in <see cref="Readable"/>.</summary>
    public uint ReadableLength { get; private set; }

    /// <summary>Bytes in <see cref="Writable"/>.</summary>
    public uint WritableLength { get; private set; }

    internal ushort Head { get; private set; }

    internal uint Epoch { get; private set; }

    /// <summary>Set from take to completion: the chain's buffers may be written, so a reset has to wait for it.</summary>
    internal bool InFlight { get; set; }

    /// <summary>Copies from the readable buffers, as if they were one.</summary>
    /// <param name="offset">Bytes from the start of the first.</param>
    /// <param name="destination">Filled wholly or, when refused, in an undefined part.</param>
    /// <returns>False when the buffers are shorter or lie outside RAM.</returns>
    public bool TryRead(uint offset, Span<byte> destination)
    {
        foreach (GuestBuffer buffer in Readable)
        {
            if (destination.IsEmpty) return true;
            if (!Within(buffer, ref offset, destination.Length, out GuestAddress from, out int length)) continue;
            if (!memory.TryRead(from, destination[..length])) return false;
            destination = destination[length..];
        }

        return destination.IsEmpty;
    }

    /// <summary>Copies to the writable buffers, as if they were one. Only between take and completion.</summary>
    /// <param name="offset">Bytes from the start of the first.</param>
    /// <param name="source">Written wholly or, when refused, in part.</param>
    /// <returns>False when the buffers are shorter or lie outside RAM.</returns>
    public bool TryWrite(uint offset, ReadOnlySpan<byte> source)
    {
        Debug.Assert(InFlight, "a chain is written between take and completion");
        foreach (GuestBuffer buffer in Writable)
        {
            if (source.IsEmpty) return true;
            if (!Within(buffer, ref offset, source.Length, out GuestAddress to, out int length)) continue;
            if (!memory.TryWrite(to, source[..length])) return false;
            source = source[length..];
        }

        return source.IsEmpty;
    }

    internal void Begin(ushort head, uint epoch)
    {
        Debug.Assert(!InFlight, "a chain is completed before its object is used again");
        (Head, Epoch) = (head, epoch);
        (readable, count, sawWritable, ReadableLength, WritableLength) = (0, 0, false, 0, 0);
    }

    internal QueueFault Add(ulong address, uint length, bool writable)
    {
        if (!writable && sawWritable) return QueueFault.BufferOrder;
        sawWritable = writable;
        if (length == 0) return QueueFault.None;
        if (count == buffers.Length) return QueueFault.ChainLength;
        if (address > ulong.MaxValue - length) return QueueFault.BufferAddress;
        if (length > MaxBytes - ReadableLength - WritableLength) return QueueFault.ChainBytes;
        buffers[count++] = new GuestBuffer(new GuestAddress(address), length);
        if (writable)
        {
            WritableLength += length;
            return QueueFault.None;
        }

        readable++;
        ReadableLength += length;
        return QueueFault.None;
    }

    /// <summary>The part of a buffer at an offset; steps the offset over buffers that end before it.</summary>
    private static bool Within(GuestBuffer buffer, ref uint offset, int wanted, out GuestAddress address, out int length)
    {
        (address, length) = (default, 0);
        if (offset >= buffer.Length)
        {
            offset -= buffer.Length;
            return false;
        }

        address = buffer.Address + offset;
        length = (int)Math.Min((uint)wanted, buffer.Length - offset);
        offset = 0;
        return true;
    }
}
