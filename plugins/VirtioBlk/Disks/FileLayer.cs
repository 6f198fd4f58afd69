using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>
/// Changes kept in a sparse file that outlives the machine: a header, the bitmap of the sectors it has, and the sectors, each at its
/// own place. The bitmap is written at a flush, after the data it speaks of, so a crash loses at most what was never flushed.
/// </summary>
internal sealed class FileLayer : ILayer
{
    private const ulong Magic = 0x3159_4c52_564f_4d53; // "SMOVRLY1"
    private const int HeaderSize = 4096;
    private const long DataAlignment = 1 << 16;
    private readonly SafeFileHandle handle;
    private readonly string path;
    private readonly long dataOffset;

    /// <summary>Opens a layer, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file is no overlay, or one of another disk; the message names it.</exception>
    /// <exception cref="IOException">It is in use or cannot be opened.</exception>
    public FileLayer(string path, long length)
    {
        this.path = path;
        Sectors = new SectorMap(length / HostFile.SectorSize);
        long bitmapLength = (long)Sectors.PageCount * SectorMap.PageBytes;
        dataOffset = (HeaderSize + bitmapLength + DataAlignment - 1) / DataAlignment * DataAlignment;
        handle = HostFile.OpenPrivate(path);
        try
        {
            if (RandomAccess.GetLength(handle) == 0) WriteHeader(length);
            else CheckHeader(length);
            // A file whose making was cut short has a header and no length.
            if (RandomAccess.GetLength(handle) < dataOffset + length) RandomAccess.SetLength(handle, dataOffset + length);
            LoadMap();
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SectorMap Sectors { get; }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination) => FileDisk.ReadFully(handle, dataOffset + offset, destination, path);

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source) => RandomAccess.Write(handle, source, dataOffset + offset);

    /// <inheritdoc/>
    public void Zero(long offset, long length) => FileDisk.Zero(handle, dataOffset + offset, length, deallocate: true);

    /// <inheritdoc/>
    public void Flush(Lock gate)
    {
        IReadOnlyList<(int Page, ulong[] Words)> pages;
        lock (gate) pages = Sectors.TakeDirty();
        try
        {
            // The data first: a sector may only be found in the map once it is there.
            RandomAccess.FlushToDisk(handle);
            if (pages.Count == 0) return;
            foreach ((int page, ulong[] words) in pages)
                RandomAccess.Write(handle, MemoryMarshal.AsBytes<ulong>(words), HeaderSize + ((long)page * SectorMap.PageBytes));
            RandomAccess.FlushToDisk(handle);
        }
        catch
        {
            lock (gate) Sectors.PutBack(pages.Select(page => page.Page));
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void WriteHeader(long length)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], length);
        RandomAccess.Write(handle, header, 0);
    }

    private void CheckHeader(long length)
    {
        Span<byte> header = stackalloc byte[16];
        if (RandomAccess.Read(handle, header, 0) != header.Length || BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
            throw new InvalidDataException($"'{path}' is not an overlay file");
        long saved = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        if (saved != length) throw new InvalidDataException($"'{path}' is the overlay of a disk of {saved} bytes; this one has {length}");
    }

    private void LoadMap()
    {
        var words = new ulong[SectorMap.PageBytes / sizeof(ulong)];
        for (int page = 0; page < Sectors.PageCount; page++)
        {
            FileDisk.ReadFully(handle, HeaderSize + ((long)page * SectorMap.PageBytes), MemoryMarshal.AsBytes(words.AsSpan()), path);
            Sectors.Load(page, words);
        }
    }
}
