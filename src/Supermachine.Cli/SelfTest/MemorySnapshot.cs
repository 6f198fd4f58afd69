namespace Supermachine.Cli.SelfTest;

/// <summary>The state of one part, kept in memory.</summary>
internal sealed class MemorySnapshot
{
    private readonly SnapshotSchema _schema;
    private readonly SortedDictionary<int, ulong> _integers = [];
    private readonly SortedDictionary<int, byte[]> _blobs = [];

    public MemorySnapshot(ISnapshotParticipant part)
    {
        _schema = part.Schema;
        part.Save(new Writer(this));
    }

    /// <summary>Bytes of all fields together.</summary>
    public int Size => (_integers.Count * sizeof(ulong)) + _blobs.Values.Sum(blob => blob.Length);

    public void Restore(ISnapshotParticipant part) => part.Restore(new Reader(this));

    /// <summary>The numbers of the fields in which two states of a part differ.</summary>
    public IEnumerable<int> Differences(MemorySnapshot other) =>
        _integers.Keys.Where(field => other._integers.GetValueOrDefault(field) != _integers[field])
            .Concat(_blobs.Keys.Where(field => !_blobs[field].AsSpan().SequenceEqual(other._blobs.GetValueOrDefault(field))));

    private sealed class Writer(MemorySnapshot snapshot) : SnapshotWriter
    {
        public override void Field(int number, ulong value) => snapshot._integers.Add(number, value);

        public override void Field(int number, ReadOnlySpan<byte> value) => snapshot._blobs.Add(number, value.ToArray());
    }

    private sealed class Reader(MemorySnapshot snapshot) : SnapshotReader
    {
        public override SnapshotSchema Schema => snapshot._schema;

        public override ulong Field(int number, ulong absent = 0) => snapshot._integers.GetValueOrDefault(number, absent);

        public override ReadOnlyMemory<byte> Bytes(int number) => snapshot._blobs.GetValueOrDefault(number);
    }
}
