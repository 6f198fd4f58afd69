namespace Supermachine.Engine.Software;

/// <summary>Memory for ops, taken from its start to its end and given back as a whole. Not thread-safe.</summary>
internal sealed unsafe class OpArena : IDisposable
{
    private const int MaxChunks = (128 << 20) / HostArena.ChunkSize;

    private readonly HostArena _memory = new();

    /// <summary>More than 128 MiB are taken: several times what a kernel and its userland execute.</summary>
    public bool IsFull => _memory.Chunks >= MaxChunks;

    /// <summary>Zeroed ops, side by side.</summary>
    public Op* Allocate(int count) => (Op*)_memory.Allocate(count * sizeof(Op));

    public void Dispose() => _memory.Dispose();
}
