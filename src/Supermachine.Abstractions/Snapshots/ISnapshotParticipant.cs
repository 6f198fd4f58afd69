namespace Supermachine;

/// <summary>
/// A part whose state belongs to the machine's snapshot. Parts of the machine that do not implement it make a capture impossible,
/// which <c>check</c> says before the machine starts; a part that cannot be captured for the way it is configured is an
/// <see cref="ISnapshotObstacle"/> too. Called by the machine's own thread while vCPUs and devices are stopped.
/// </summary>
public interface ISnapshotParticipant
{
    /// <summary>The identity and version of the state that <see cref="Save"/> writes.</summary>
    SnapshotSchema Schema { get; }

    /// <summary>Writes the state. Throws only for what the host caused, naming the part.</summary>
    void Save(SnapshotWriter writer);

    /// <summary>Reads the whole state into a validated record first, then applies it: nothing is ever half applied.</summary>
    /// <exception cref="InvalidDataException">The state is damaged, or of a version that this part cannot read; names field and value.</exception>
    void Restore(SnapshotReader reader);
}

/// <summary>A participant with a typed state record, from which the untyped members follow.</summary>
/// <typeparam name="TState">The state's record.</typeparam>
public interface ISnapshotParticipant<TState> : ISnapshotParticipant
    where TState : ISnapshotState<TState>
{
    /// <summary>Captures the state.</summary>
    TState Save();

    /// <summary>Applies a state that has been parsed and validated.</summary>
    void Restore(TState state);

    SnapshotSchema ISnapshotParticipant.Schema => TState.Schema;

    void ISnapshotParticipant.Save(SnapshotWriter writer) => writer.State(Save());

    void ISnapshotParticipant.Restore(SnapshotReader reader) => Restore(reader.State<TState>());
}

/// <summary>The state of a part as a record of numbered fields. Numbers are for ever: never reuse one for another meaning.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ISnapshotState<TSelf>
    where TSelf : ISnapshotState<TSelf>
{
    /// <summary>The identity and current version of this state.</summary>
    static abstract SnapshotSchema Schema { get; }

    /// <summary>Reads and validates a state, upgrading older versions.</summary>
    /// <exception cref="InvalidDataException">A field is missing or out of range; the message names it.</exception>
    static abstract TSelf ReadFrom(SnapshotReader reader);

    /// <summary>Writes every field.</summary>
    void WriteTo(SnapshotWriter writer);
}

/// <summary>Names a state's layout.</summary>
/// <param name="Id">Reverse-domain or dotted name, unique among all plugins: <c>supermachine.virtio-blk</c>.</param>
/// <param name="Version">Starts at 1 and grows with every change of meaning.</param>
public readonly record struct SnapshotSchema(string Id, int Version);
