namespace Supermachine;

/// <summary>
/// A part that, the way it is configured, cannot be captured although its type is an <see cref="ISnapshotParticipant"/>. Optional;
/// asked for once at composition, on the composing thread. A capture of a machine with such a part is refused, and <c>check</c> says so before it starts.
/// </summary>
public interface ISnapshotObstacle
{
    /// <summary>
    /// What stands in the way, as the end of the sentence "this part cannot be captured: ..."; null when nothing does.
    /// Constant for the life of the part.
    /// </summary>
    string? SnapshotObstacle { get; }
}
