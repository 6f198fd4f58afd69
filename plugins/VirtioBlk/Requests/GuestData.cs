using Supermachine.Virtio;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>
/// The data of a request as host memory, for I/O without a copy: the chain's buffers without header and status, neighbours merged.
/// Made once for each worker and filled again and again.
/// </summary>
internal sealed class GuestData(IGuestMemory memory, int maxLength)
{
    private readonly Memory<byte>[] buffers = new Memory<byte>[maxLength];
    private int count;
    private ulong pendingAddress;
    private int pendingLength;

    /// <summary>The data's buffers, in order.</summary>
    public ReadOnlySpan<Memory<byte>> Buffers => buffers.AsSpan(0, count);

    /// <summary>Finds a range of a chain's buffers.</summary>
    /// <param name="source">The readable or the writable ones.</param>
    /// <param name="skip">Bytes to leave out at the start.</param>
    /// <param name="length">Bytes to find; no more than there are.</param>
    /// <returns>False when some of it is not in RAM.</returns>
    public bool TryFind(ReadOnlySpan<GuestBuffer> source, uint skip, uint length)
    {
        (count, pendingLength) = (0, 0);
        foreach (GuestBuffer buffer in source)
        {
            if (length == 0) break;
            uint skipped = Math.Min(skip, buffer.Length);
            skip -= skipped;
            uint part = Math.Min(buffer.Length - skipped, length);
            length -= part;
            if (part != 0 && !TryAdd(buffer.Address.Value + skipped, (int)part)) return false;
        }

        return TryEmit();
    }

    private bool TryAdd(ulong address, int length)
    {
        if (pendingLength != 0 && pendingAddress + (ulong)pendingLength == address)
        {
            pendingLength += length;
            return true;
        }

        if (!TryEmit()) return false;
        (pendingAddress, pendingLength) = (address, length);
        return true;
    }

    private bool TryEmit()
    {
        if (pendingLength == 0) return true;
        if (!memory.TryGetMemory(new GuestAddress(pendingAddress), pendingLength, out buffers[count])) return false;
        count++;
        pendingLength = 0;
        return true;
    }
}
