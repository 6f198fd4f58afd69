using System.Buffers.Binary;

namespace Supermachine.Virtio;

/// <summary>Walks descriptor tables (virtio 1.2, sections 2.7.5 and 2.7.5.3) into a validated copy.</summary>
internal static class DescriptorTable
{
    public const int EntrySize = 16;
    private const ushort VIRTQ_DESC_F_NEXT = 1;
    private const ushort VIRTQ_DESC_F_WRITE = 2;
    private const ushort VIRTQ_DESC_F_INDIRECT = 4;

    /// <summary>Fills a chain from its head. Reads every descriptor once; ends after at most <see cref="DescriptorChain.MaxLength"/> of them.</summary>
    public static QueueFault Walk(IGuestMemory memory, GuestAddress table, uint entries, bool allowIndirect, ushort head, DescriptorChain chain)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        uint index = head;
        // One more than the limit: the descriptor that points to an indirect table is not itself a buffer.
        for (int seen = 0; seen <= chain.MaxLength; seen++)
        {
            if (index >= entries) return QueueFault.DescriptorIndex;
            if (!memory.TryRead(table + (index * EntrySize), entry)) return QueueFault.IndirectTable;
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[12..]);
            if ((flags & VIRTQ_DESC_F_INDIRECT) != 0)
            {
                // The WRITE flag beside INDIRECT is ignored (2.7.5.3.2); NEXT beside it is forbidden (2.7.5.3.1).
                if (!allowIndirect || (flags & VIRTQ_DESC_F_NEXT) != 0) return QueueFault.IndirectMisplaced;
                if (length == 0 || length % EntrySize != 0 || address > ulong.MaxValue - length) return QueueFault.IndirectTable;
                (table, entries, index, allowIndirect) = (new GuestAddress(address), length / EntrySize, 0, false);
                continue;
            }

            QueueFault fault = chain.Add(address, length, (flags & VIRTQ_DESC_F_WRITE) != 0);
            if (fault != QueueFault.None || (flags & VIRTQ_DESC_F_NEXT) == 0) return fault;
            index = BinaryPrimitives.ReadUInt16LittleEndian(entry[14..]);
        }

        return QueueFault.ChainLength;
    }
}
