using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>Memory for ops, taken from its start to its end and given back as a whole. Not thread-safe.</summary>
internal sealed unsafe class OpArena : IDisposable
{
    private const int ChunkOps = 1 << 15;
    private const int MaxChunks = 128;

    private readonly List<nint> _chunks = [];
    private int _used = ChunkOps;

    /// <summary>More than 128 MiB are taken: several times what a kernel and its userland execute.</summary>
    public bool IsFull => _chunks.Count >= MaxChunks;

    /// <summary>Zeroed ops, side by side.</summary>
    public Op* Allocate(int count)
    {
        if (_used + count > ChunkOps)
        {
            _chunks.Add((nint)NativeMemory.AlignedAlloc(ChunkOps * (nuint)sizeof(Op), 64));
            _used = 0;
        }

        Op* ops = (Op*)_chunks[^1] + _used;
        _used += count;
        new Span<Op>(ops, count).Clear();
        return ops;
    }

    public void Dispose()
    {
        foreach (nint chunk in _chunks) NativeMemory.AlignedFree((void*)chunk);
        _chunks.Clear();
        _used = ChunkOps;
    }
}
