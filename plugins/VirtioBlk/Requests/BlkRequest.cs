using System.Buffers.Binary;
using Supermachine.Virtio;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>A request as the driver wrote it (virtio 1.2, section 5.2.6): one copy, of which only the form has been checked.</summary>
/// <param name="Type">VIRTIO_BLK_T_*, or a number that means nothing to us.</param>
/// <param name="Sector">The first sector, for reads and writes.</param>
/// <param name="DataLength">Bytes of data: to write into the guest for a read or an id, to read from it for everything else.</param>
internal readonly record struct BlkRequest(BlkRequestType Type, ulong Sector, uint DataLength)
{
    /// <summary>Bytes of header before the data: type, reserved, sector.</summary>
    public const int HeaderSize = 16;

    /// <summary>Bytes of status behind the data.</summary>
    public const int StatusSize = 1;

    /// <summary>Whether the data goes to the guest.</summary>
    public bool FillsGuest => Type is BlkRequestType.VIRTIO_BLK_T_IN or BlkRequestType.VIRTIO_BLK_T_GET_ID;

    /// <summary>Parses a chain. The layout of its buffers is the driver's affair (2.7.4): only their order and sum count.</summary>
    /// <returns>False when there is no header to read or no room for a status, so that no answer is possible.</returns>
    public static bool TryParse(DescriptorChain chain, out BlkRequest request)
    {
        request = default;
        Span<byte> header = stackalloc byte[HeaderSize];
        if (chain.WritableLength < StatusSize || !chain.TryRead(0, header)) return false;
        var type = (BlkRequestType)BinaryPrimitives.ReadUInt32LittleEndian(header);
        request = new BlkRequest(type, BinaryPrimitives.ReadUInt64LittleEndian(header[8..]), 0);
        uint length = request.FillsGuest ? chain.WritableLength - StatusSize : chain.ReadableLength - HeaderSize;
        request = request with { DataLength = length };
        return true;
    }
}

/// <summary>The types of requests (section 5.2.6) that we serve.</summary>
internal enum BlkRequestType : uint
{
    VIRTIO_BLK_T_IN = 0,
    VIRTIO_BLK_T_OUT = 1,
    VIRTIO_BLK_T_FLUSH = 4,
    VIRTIO_BLK_T_GET_ID = 8,
    VIRTIO_BLK_T_DISCARD = 11,
    VIRTIO_BLK_T_WRITE_ZEROES = 13,
}

/// <summary>The answers to a request (section 5.2.6).</summary>
internal enum BlkStatus : byte
{
    VIRTIO_BLK_S_OK = 0,
    VIRTIO_BLK_S_IOERR = 1,
    VIRTIO_BLK_S_UNSUPP = 2,
}
