namespace Supermachine.Plugins.VirtioBlk;

/// <summary>A base that is only read, under a layer that takes every change, sector by sector.</summary>
internal sealed class OverlayDisk(IDisk @base, ILayer layer) : IDisk
{
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public long Length => @base.Length;

    /// <inheritdoc/>
    public void Read(long offset, ReadOnlySpan<Memory<byte>> buffers)
    {
        foreach (Memory<byte> buffer in buffers)
        {
            ReadOne(offset, buffer);
            offset += buffer.Length;
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<Memory<byte>> buffers)
    {
        long start = offset;
        lock (gate)
        {
            foreach (Memory<byte> buffer in buffers)
            {
                layer.Write(offset, buffer.Span);
                offset += buffer.Length;
            }

            layer.Sectors.Add(start / HostFile.SectorSize, (offset - start) / HostFile.SectorSize);
        }
    }

    /// <inheritdoc/>
    public void Zero(long offset, long length, bool deallocate)
    {
        lock (gate)
        {
            layer.Zero(offset, length);
            layer.Sectors.Add(offset / HostFile.SectorSize, length / HostFile.SectorSize);
        }
    }

    /// <inheritdoc/>
    public void Flush() => layer.Flush(gate);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            layer.Flush(gate);
        }
        catch (IOException)
        {
            // The guest did not flush what is lost here, so it was promised nothing.
        }

        layer.Dispose();
        @base.Dispose();
    }

    private void ReadOne(long offset, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int length;
            bool present;
            lock (gate)
            {
                length = Run(offset, buffer.Length, out present);
                if (present) layer.Read(offset, buffer.Span[..length]);
            }

            Memory<byte> part = buffer[..length];
            if (!present) @base.Read(offset, new ReadOnlySpan<Memory<byte>>(in part));
            buffer = buffer[length..];
            offset += length;
        }
    }

    /// <summary>How many bytes come from the same place. Guest buffers may end within a sector, so the ends are not sector-aligned.</summary>
    private int Run(long offset, int length, out bool present)
    {
        long first = offset / HostFile.SectorSize;
        long last = (offset + length - 1) / HostFile.SectorSize;
        long sectors = layer.Sectors.Run(first, last - first + 1, out present);
        return (int)Math.Min(((first + sectors) * HostFile.SectorSize) - offset, length);
    }
}
