namespace Supermachine.Engine.Software;

/// <summary>
/// Zeroed memory, taken from its start to its end and given back as a whole. It comes in large pages where the host has them to spare:
/// a fault for each small one costs more than what is done with it. Not thread-safe.
/// </summary>
internal sealed unsafe class HostArena : IDisposable
{
    /// <summary>What is taken from the host at a time, in bytes, and how it is aligned: the size of a large page.</summary>
    public const int ChunkSize = 2 << 20;

    private readonly List<nint> _chunks = [];
    private int _used = ChunkSize;

    /// <summary>How many chunks are taken.</summary>
    public int Chunks => _chunks.Count;

    /// <summary>Takes zeroed bytes, aligned to 64.</summary>
    /// <param name="size">How many: at most <see cref="ChunkSize"/>.</param>
    /// <exception cref="InsufficientMemoryException">The host has no more.</exception>
    public byte* Allocate(int size)
    {
        if (size > ChunkSize - _used)
        {
            byte* chunk = HostPages.Map(ChunkSize, ChunkSize);
            HostPages.PreferLarge(chunk, ChunkSize);
            _chunks.Add((nint)chunk);
            _used = 0;
        }

        byte* taken = (byte*)_chunks[^1] + _used;
        _used += (size + 63) & ~63;
        return taken;
    }

    public void Dispose()
    {
        // SAFETY: whoever had a part of them is done.
        foreach (nint chunk in _chunks) HostPages.Unmap((byte*)chunk, ChunkSize);
        _chunks.Clear();
        _used = ChunkSize;
    }
}
