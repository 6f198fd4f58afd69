namespace Supermachine;

/// <summary>Takes the numbered fields of one part. Not thread-safe; used by one participant at a time.</summary>
public abstract class SnapshotWriter
{
    /// <summary>Writes an integer field.</summary>
    /// <exception cref="ArgumentException">The number was already written.</exception>
    public abstract void Field(int number, ulong value);

    /// <summary>Writes a field of bytes.</summary>
    /// <exception cref="ArgumentException">The number was already written.</exception>
    public abstract void Field(int number, ReadOnlySpan<byte> value);

    /// <summary>Writes a whole state.</summary>
    public void State<T>(T state)
        where T : ISnapshotState<T> => state.WriteTo(this);
}
