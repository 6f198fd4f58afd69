namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Changes kept in memory, as much of it as was changed. A sector that is in the map but in no chunk is zeroes.</summary>
internal sealed class MemoryLayer(long length) : ILayer
{
    private const int ChunkSize = 1 << 16;
    private readonly Dictionary<long, byte[]> chunks = [];

    /// <inheritdoc/>
    public SectorMap Sectors { get; } = new(length / HostFile.SectorSize);

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int start = (int)(offset % ChunkSize);
            int length = Math.Min(destination.Length, ChunkSize - start);
            if (chunks.TryGetValue(offset / ChunkSize, out byte[]? bytes)) bytes.AsSpan(start, length).CopyTo(destination);
            else destination[..length].Clear();
            destination = destination[length..];
            offset += length;
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            int start = (int)(offset % ChunkSize);
            int length = Math.Min(source.Length, ChunkSize - start);
            if (!chunks.TryGetValue(offset / ChunkSize, out byte[]? bytes)) chunks.Add(offset / ChunkSize, bytes = new byte[ChunkSize]);
            source[..length].CopyTo(bytes.AsSpan(start));
            source = source[length..];
            offset += length;
        }
    }

    /// <inheritdoc/>
    public void Zero(long offset, long length)
    {
        for (long end = offset + length; offset < end;)
        {
            int start = (int)(offset % ChunkSize);
            int part = (int)Math.Min(ChunkSize - start, end - offset);
            if (part == ChunkSize) chunks.Remove(offset / ChunkSize);
            else if (chunks.TryGetValue(offset / ChunkSize, out byte[]? bytes)) bytes.AsSpan(start, part).Clear();
            offset += part;
        }
    }

    /// <inheritdoc/>
    public void Flush(Lock gate)
    {
        // Nothing here outlives the process, so nothing can be made to.
    }

    /// <inheritdoc/>
    public void Dispose() => chunks.Clear();
}
