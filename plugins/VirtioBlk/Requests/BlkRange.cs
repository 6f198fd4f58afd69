using System.Buffers.Binary;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>One segment of a discard or write-zeroes request: struct virtio_blk_discard_write_zeroes (virtio 1.2, section 5.2.6).</summary>
/// <param name="Sector">The first sector.</param>
/// <param name="Count">How many.</param>
/// <param name="Flags">Bit 0: unmap.</param>
internal readonly record struct BlkRange(ulong Sector, uint Count, uint Flags)
{
    /// <summary>Bytes in the request.</summary>
    public const int Size = 16;

    /// <summary>The most segments in a request, as the configuration space announces (max_discard_seg, max_write_zeroes_seg).</summary>
    public const int MaxSegments = 16;

    /// <summary>The most sectors in a segment, as the configuration space announces: 1 GiB.</summary>
    public const uint MaxSectors = 1 << 21;

    /// <summary>The only flag there is.</summary>
    public const uint UNMAP = 1;

    /// <summary>Parses one segment.</summary>
    public static BlkRange Parse(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
}
