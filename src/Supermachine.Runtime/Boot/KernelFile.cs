using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>An opened kernel: its header, and its bytes once there is a place for them. Plain files go from disk to guest RAM in one copy.</summary>
internal sealed class KernelFile : IDisposable
{
    // Room for an EFI stub's section table.
    private const int StartLength = 4096;
    private const int SmallestGzip = 18;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly byte[]? _unpacked;

    private KernelFile(string path, SafeFileHandle file, byte[]? unpacked, ulong length, ReadOnlySpan<byte> start)
    {
        (_path, _file, _unpacked, Length) = (path, file, unpacked, length);
        if (ImageHeader.TryParse(start, out ImageHeader header)) Header = header;
    }

    /// <summary>Bytes of the kernel, unpacked.</summary>
    public ulong Length { get; }

    /// <summary>The header; null for a raw flat image.</summary>
    public ImageHeader? Header { get; }

    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes the kernel may have, unpacked.</param>
    /// <exception cref="KernelLoadException">The file cannot be read, or is nothing that boots here.</exception>
    public static KernelFile Open(string path, ulong limit)
    {
        SafeFileHandle file = HostFile.Open(path);
        try
        {
            return Read(path, file, limit);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Fills <paramref name="destination"/>, which is <see cref="Length"/> bytes long.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (_unpacked is not null) _unpacked.AsSpan(0, destination.Length).CopyTo(destination);
        else HostFile.ReadExactly(_path, _file, destination);
    }

    public void Dispose() => _file.Dispose();

    private static KernelFile Read(string path, SafeFileHandle file, ulong limit)
    {
        ulong length = HostFile.Length(path, file);
        if (length == 0) throw new KernelLoadException(path, "is empty");
        byte[] start = new byte[Math.Min(length, StartLength)];
        HostFile.ReadExactly(path, file, start);
        byte[]? unpacked = null;
        if (start.AsSpan().StartsWith([(byte)0x1f, (byte)0x8b]))
        {
            unpacked = Unpack(path, file, length, limit);
            (start, length) = (unpacked[..Math.Min(unpacked.Length, StartLength)], (ulong)unpacked.Length);
            if (length == 0) throw new KernelLoadException(path, "is a gzip file with nothing in it");
        }

        Check(path, start, length);
        if (length > limit) throw new KernelLoadException(path, $"has {length} bytes, more than the machine's RAM ({new ByteSize(limit)})");
        return new KernelFile(path, file, unpacked, length, start);
    }

    private static void Check(string path, ReadOnlySpan<byte> start, ulong length)
    {
        bool isImage = ImageHeader.TryParse(start, out ImageHeader header);
        if (!isImage && ForeignFormats.Recognize(start) is { } what) throw new KernelLoadException(path, what);
        if (!isImage) return;
        if (header.IsBigEndian) throw new KernelLoadException(path, "is a big-endian kernel; only little-endian guests run here");
        ulong needed = ImageHeader.FileLength(start);
        if (needed > length) throw new KernelLoadException(path, $"is truncated: {length} bytes of {needed}");
    }

    // Bounded: a small file can unpack to more than any machine has.
    private static byte[] Unpack(string path, SafeFileHandle file, ulong packed, ulong limit)
    {
        if (packed < SmallestGzip) throw new KernelLoadException(path, "is truncated: the gzip stream ends too early");
        using var output = new MemoryStream();
        try
        {
            using var stream = new FileStream(HostFile.Open(path), FileAccess.Read);
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            byte[] chunk = new byte[1 << 16];
            for (int count; (count = gzip.Read(chunk)) > 0;)
            {
                output.Write(chunk.AsSpan(0, count));
                if ((ulong)output.Length > Math.Min(limit, (ulong)Array.MaxLength))
                    throw new KernelLoadException(path, $"unpacks to more than the machine's RAM ({new ByteSize(limit)})");
            }
        }
        catch (InvalidDataException damage)
        {
            throw new KernelLoadException(path, $"is a damaged or truncated gzip file ({damage.Message})", damage);
        }

        // RFC 1952, 2.3.1: the last four bytes are the length; a stream that just stops has something else there.
        Span<byte> trailer = stackalloc byte[4];
        RandomAccess.Read(file, trailer, (long)packed - trailer.Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)output.Length)
            throw new KernelLoadException(path, "is truncated: the gzip stream ends too early");
        return output.ToArray();
    }
}
