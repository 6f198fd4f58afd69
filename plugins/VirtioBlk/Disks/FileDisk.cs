using Microsoft.Win32.SafeHandles;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>A raw image.</summary>
internal sealed class FileDisk : IDisk
{
    private static readonly byte[] Zeroes = new byte[1 << 16];
    private readonly SafeFileHandle handle;
    private readonly string path;

    /// <summary>Opens an image; see <see cref="HostFile.OpenImage"/> for the exceptions.</summary>
    public FileDisk(string path, bool writable)
    {
        this.path = path;
        handle = HostFile.OpenImage(path, writable);
        Length = RandomAccess.GetLength(handle);
    }

    /// <inheritdoc/>
    public long Length { get; }

    /// <inheritdoc/>
    public void Read(long offset, ReadOnlySpan<Memory<byte>> buffers)
    {
        while (!buffers.IsEmpty)
        {
            ReadOnlySpan<Memory<byte>> batch = buffers[..Math.Min(buffers.Length, VectorIo.MaxBuffers)];
            long moved = batch.Length > 1 && VectorIo.IsSupported ? VectorIo.Read(handle, batch, offset) : 0;
            foreach (Memory<byte> buffer in batch)
            {
                int done = (int)Math.Min(moved, buffer.Length);
                ReadFully(handle, offset + done, buffer.Span[done..], path);
                moved -= done;
                offset += buffer.Length;
            }

            buffers = buffers[batch.Length..];
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<Memory<byte>> buffers)
    {
        while (!buffers.IsEmpty)
        {
            ReadOnlySpan<Memory<byte>> batch = buffers[..Math.Min(buffers.Length, VectorIo.MaxBuffers)];
            long moved = batch.Length > 1 && VectorIo.IsSupported ? VectorIo.Write(handle, batch, offset) : 0;
            foreach (Memory<byte> buffer in batch)
            {
                int done = (int)Math.Min(moved, buffer.Length);
                if (done < buffer.Length) RandomAccess.Write(handle, buffer.Span[done..], offset + done);
                moved -= done;
                offset += buffer.Length;
            }

            buffers = buffers[batch.Length..];
        }
    }

    /// <inheritdoc/>
    public void Zero(long offset, long length, bool deallocate) => Zero(handle, offset, length, deallocate);

    /// <inheritdoc/>
    public void Flush() => RandomAccess.FlushToDisk(handle);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    /// <summary>Reads a range whole.</summary>
    /// <exception cref="EndOfStreamException">The file has become shorter.</exception>
    internal static void ReadFully(SafeFileHandle handle, long offset, Span<byte> destination, string path)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(handle, destination, offset);
            if (read == 0) throw new EndOfStreamException($"'{path}' ends at {offset}: somebody has made it shorter");
            destination = destination[read..];
            offset += read;
        }
    }

    /// <summary>Zeroes a range by the host's means, or by writing.</summary>
    internal static void Zero(SafeFileHandle handle, long offset, long length, bool deallocate)
    {
        if (HolePunch.TryZero(handle, offset, length, deallocate)) return;
        for (long done = 0; done < length; done += Zeroes.Length)
            RandomAccess.Write(handle, Zeroes.AsSpan(0, (int)Math.Min(Zeroes.Length, length - done)), offset + done);
    }
}
