namespace Supermachine.Testing;

/// <summary>A part's saved state in memory: give <see cref="Writer"/> to Save, then <see cref="Reader"/> to Restore.</summary>
public sealed class FakeSnapshot
{
    private readonly Dictionary<int, ulong> integers = [];
    private readonly Dictionary<int, byte[]> blobs = [];

    /// <summary>The schema that a reader of this snapshot reports.</summary>
    public SnapshotSchema Schema { get; set; }

    /// <summary>The integer fields, for a test to look at or damage.</summary>
    public IDictionary<int, ulong> Integers => integers;

    /// <summary>The fields of bytes, for a test to look at or damage.</summary>
    public IDictionary<int, byte[]> Blobs => blobs;

    /// <summary>Takes fields into this snapshot.</summary>
    public SnapshotWriter Writer => new FieldWriter(this);

    /// <summary>Gives the fields of this snapshot back.</summary>
    public SnapshotReader Reader => new FieldReader(this);

    /// <summary>Saves a stopped part.</summary>
    public static FakeSnapshot Of(ISnapshotParticipant part)
    {
        var snapshot = new FakeSnapshot { Schema = part.Schema };
        part.Save(snapshot.Writer);
        return snapshot;
    }

    private sealed class FieldWriter(FakeSnapshot snapshot) : SnapshotWriter
    {
        public override void Field(int number, ulong value)
        {
            CheckNew(number);
            snapshot.integers.Add(number, value);
        }

        public override void Field(int number, ReadOnlySpan<byte> value)
        {
            CheckNew(number);
            snapshot.blobs.Add(number, value.ToArray());
        }

        private void CheckNew(int number)
        {
            if (snapshot.integers.ContainsKey(number) || snapshot.blobs.ContainsKey(number))
                throw new ArgumentException($"field {number} was already written", nameof(number));
        }
    }

    private sealed class FieldReader(FakeSnapshot snapshot) : SnapshotReader
    {
        public override SnapshotSchema Schema => snapshot.Schema;

        public override ulong Field(int number, ulong absent = 0)
        {
            if (snapshot.blobs.ContainsKey(number)) throw new InvalidDataException($"field {number} holds bytes");
            return snapshot.integers.TryGetValue(number, out ulong value) ? value : absent;
        }

        public override ReadOnlyMemory<byte> Bytes(int number)
        {
            if (snapshot.integers.ContainsKey(number)) throw new InvalidDataException($"field {number} holds an integer");
            return snapshot.blobs.TryGetValue(number, out byte[]? value) ? value : default;
        }
    }
}
