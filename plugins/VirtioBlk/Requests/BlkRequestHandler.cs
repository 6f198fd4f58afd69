using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Supermachine.Virtio;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Performs requests on a disk. One for each worker; allocates nothing per request.</summary>
/// <param name="disk">The disk, shared with the other workers.</param>
/// <param name="settings">What the device promises the guest.</param>
/// <param name="data">Room for the buffers of one request.</param>
/// <param name="logger">Takes the host's errors.</param>
/// <param name="errorLog">Holds repeated lines back; shared with the other workers.</param>
internal sealed class BlkRequestHandler(IDisk disk, BlkSettings settings, GuestData data, ILogger logger, LogLimiter errorLog)
{
    /// <summary>The most data in one request: what a guest that keeps to size_max and seg_max can reach, and then some.</summary>
    public const uint MaxDataLength = 64 << 20;

    private readonly ulong capacity = (ulong)disk.Length / HostFile.SectorSize;

    /// <summary>Performs a request and fills all of its answer but the status.</summary>
    /// <param name="request">The request.</param>
    /// <param name="chain">The chain it came in.</param>
    /// <param name="writeThrough">Whether a write has to be durable before its answer (section 5.2.5.2).</param>
    public BlkStatus Perform(in BlkRequest request, DescriptorChain chain, bool writeThrough)
    {
        try
        {
            return request.Type switch
            {
                BlkRequestType.VIRTIO_BLK_T_IN => Read(request, chain),
                BlkRequestType.VIRTIO_BLK_T_OUT => Write(request, chain, writeThrough),
                BlkRequestType.VIRTIO_BLK_T_FLUSH => Flush(),
                BlkRequestType.VIRTIO_BLK_T_GET_ID => WriteId(request, chain),
                BlkRequestType.VIRTIO_BLK_T_DISCARD or BlkRequestType.VIRTIO_BLK_T_WRITE_ZEROES => Zero(request, chain, writeThrough),
                _ => BlkStatus.VIRTIO_BLK_S_UNSUPP,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or OutOfMemoryException)
        {
            // The host's disk is full, broken or gone, which is the guest's I/O error and not our end. (System.IO reports EFBIG as
            // an argument; an overlay in memory can find none left.)
            if (errorLog.Allow(out long suppressed))
                logger.LogError("{Type} at sector {Sector}: {Error} ({Suppressed} such lines held back)", request.Type, request.Sector, error.Message, suppressed);
            return BlkStatus.VIRTIO_BLK_S_IOERR;
        }
    }

    private BlkStatus Read(in BlkRequest request, DescriptorChain chain)
    {
        if (!InRange(request) || !data.TryFind(chain.Writable, 0, request.DataLength)) return BlkStatus.VIRTIO_BLK_S_IOERR;
        disk.Read((long)request.Sector * HostFile.SectorSize, data.Buffers);
        return BlkStatus.VIRTIO_BLK_S_OK;
    }

    private BlkStatus Write(in BlkRequest request, DescriptorChain chain, bool writeThrough)
    {
        if (settings.ReadOnly || !InRange(request)) return BlkStatus.VIRTIO_BLK_S_IOERR;
        if (!data.TryFind(chain.Readable, BlkRequest.HeaderSize, request.DataLength)) return BlkStatus.VIRTIO_BLK_S_IOERR;
        disk.Write((long)request.Sector * HostFile.SectorSize, data.Buffers);
        if (writeThrough) disk.Flush();
        return BlkStatus.VIRTIO_BLK_S_OK;
    }

    private BlkStatus Flush()
    {
        if (!settings.ReadOnly) disk.Flush();
        return BlkStatus.VIRTIO_BLK_S_OK;
    }

    private BlkStatus WriteId(in BlkRequest request, DescriptorChain chain)
    {
        Span<byte> id = stackalloc byte[VirtioBlkOptions.MaxSerialLength];
        id.Clear();
        Encoding.ASCII.GetBytes(settings.Serial, id);
        return request.DataLength == id.Length && chain.TryWrite(0, id) ? BlkStatus.VIRTIO_BLK_S_OK : BlkStatus.VIRTIO_BLK_S_IOERR;
    }

    private BlkStatus Zero(in BlkRequest request, DescriptorChain chain, bool writeThrough)
    {
        if (settings.ReadOnly) return BlkStatus.VIRTIO_BLK_S_IOERR;
        int count = (int)(request.DataLength / BlkRange.Size);
        if (count is 0 or > BlkRange.MaxSegments || request.DataLength % BlkRange.Size != 0) return BlkStatus.VIRTIO_BLK_S_IOERR;
        Span<byte> bytes = stackalloc byte[BlkRange.MaxSegments * BlkRange.Size];
        bytes = bytes[..(count * BlkRange.Size)];
        if (!chain.TryRead(BlkRequest.HeaderSize, bytes)) return BlkStatus.VIRTIO_BLK_S_IOERR;

        bool discard = request.Type == BlkRequestType.VIRTIO_BLK_T_DISCARD;
        for (int i = 0; i < count; i++)
        {
            BlkStatus status = Check(BlkRange.Parse(bytes[(i * BlkRange.Size)..]), discard);
            if (status != BlkStatus.VIRTIO_BLK_S_OK) return status;
        }

        for (int i = 0; i < count; i++)
        {
            BlkRange range = BlkRange.Parse(bytes[(i * BlkRange.Size)..]);
            if (range.Count == 0) continue;
            bool deallocate = discard || (range.Flags & BlkRange.UNMAP) != 0;
            disk.Zero((long)range.Sector * HostFile.SectorSize, range.Count * (long)HostFile.SectorSize, deallocate);
        }

        if (writeThrough) disk.Flush();
        return BlkStatus.VIRTIO_BLK_S_OK;
    }

    // 5.2.6.2: unknown flags, and unmap in a discard, are answered with UNSUPP.
    private BlkStatus Check(BlkRange range, bool discard)
    {
        if ((range.Flags & ~BlkRange.UNMAP) != 0 || (discard && range.Flags != 0)) return BlkStatus.VIRTIO_BLK_S_UNSUPP;
        bool inside = range.Count <= BlkRange.MaxSectors && range.Sector <= capacity && range.Count <= capacity - range.Sector;
        return inside ? BlkStatus.VIRTIO_BLK_S_OK : BlkStatus.VIRTIO_BLK_S_IOERR;
    }

    private bool InRange(in BlkRequest request)
    {
        Debug.Assert(capacity <= long.MaxValue / HostFile.SectorSize, "a file's length fits in a long");
        if (request.DataLength > MaxDataLength || request.DataLength % HostFile.SectorSize != 0) return false;
        return request.Sector <= capacity && request.DataLength / HostFile.SectorSize <= capacity - request.Sector;
    }
}
