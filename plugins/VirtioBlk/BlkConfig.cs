using System.Buffers.Binary;
using Supermachine.Virtio;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>The configuration space: struct virtio_blk_config (virtio 1.2, section 5.2.4).</summary>
internal static class BlkConfig
{
    private const int Size = 60;
    private const int capacity = 0;
    private const int size_max = 8;
    private const int seg_max = 12;
    private const int blk_size = 20;
    private const int physical_block_exp = 24;
    private const int min_io_size = 26;
    private const int writeback = 32;
    private const int max_discard_sectors = 36;
    private const int max_discard_seg = 40;
    private const int discard_sector_alignment = 44;
    private const int max_write_zeroes_sectors = 48;
    private const int max_write_zeroes_seg = 52;
    private const int write_zeroes_may_unmap = 56;

    /// <summary>Hosts' file systems work in pages of 4 KiB: 2 to the third times 512.</summary>
    private const byte PageExponent = 3;

    private const ushort SectorsPerPage = 1 << PageExponent;

    /// <summary>size_max: with seg_max it keeps a request within <see cref="BlkRequestHandler.MaxDataLength"/>.</summary>
    private const uint MaxBufferLength = 256 << 10;

    /// <summary>Header and status take two descriptors of a chain.</summary>
    private const int FrameDescriptors = 2;

    /// <summary>Makes the space.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="queueSize">The most descriptors in a chain.</param>
    public static VirtioConfigSpace Create(IDisk disk, int queueSize)
    {
        var config = new VirtioConfigSpace(Size);
        Span<byte> bytes = config.Bytes;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[capacity..], (ulong)disk.Length / HostFile.SectorSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[size_max..], MaxBufferLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[seg_max..], (uint)Math.Max(1, queueSize - FrameDescriptors));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[blk_size..], HostFile.SectorSize);
        bytes[physical_block_exp] = PageExponent;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[min_io_size..], SectorsPerPage);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[max_discard_sectors..], BlkRange.MaxSectors);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[max_discard_seg..], BlkRange.MaxSegments);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[discard_sector_alignment..], SectorsPerPage);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[max_write_zeroes_sectors..], BlkRange.MaxSectors);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[max_write_zeroes_seg..], BlkRange.MaxSegments);
        bytes[write_zeroes_may_unmap] = 1;
        config.AllowWrites(writeback, 1);
        SetWriteback(config, true);
        return config;
    }

    /// <summary>Whether the guest wants a write-back cache, which it may change at any time (5.2.5.2).</summary>
    public static bool IsWriteback(VirtioConfigSpace config) => config.Bytes[writeback] != 0;

    /// <summary>Sets the cache's mode.</summary>
    public static void SetWriteback(VirtioConfigSpace config, bool on) => config.Bytes[writeback] = on ? (byte)1 : (byte)0;
}
