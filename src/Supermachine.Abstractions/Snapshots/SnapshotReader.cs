namespace Supermachine;

/// <summary>Gives back the numbered fields of one part. Not thread-safe; used by one participant at a time.</summary>
public abstract class SnapshotReader
{
    /// <summary>The schema the part was saved with.</summary>
    public abstract SnapshotSchema Schema { get; }

    /// <summary>An integer field, or <paramref name="absent"/> where the saved version did not have it.</summary>
    /// <exception cref="InvalidDataException">The field holds bytes.</exception>
    public abstract ulong Field(int number, ulong absent = 0);

    /// <summary>A field of bytes; empty where the saved version did not have it.</summary>
    /// <exception cref="InvalidDataException">The field holds an integer.</exception>
    public abstract ReadOnlyMemory<byte> Bytes(int number);

    /// <summary>Reads a whole state.</summary>
    /// <exception cref="InvalidDataException">The saved state is another one, newer than this code, or damaged.</exception>
    public T State<T>()
        where T : ISnapshotState<T>
    {
        if (Schema.Id != T.Schema.Id) throw new InvalidDataException($"expected state '{T.Schema.Id}', found '{Schema.Id}'");
        if (Schema.Version > T.Schema.Version)
            throw new InvalidDataException($"state '{Schema.Id}' has version {Schema.Version}; this build reads up to {T.Schema.Version}");
        return T.ReadFrom(this);
    }
}
