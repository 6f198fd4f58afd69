using Supermachine;

namespace Samples;

/// <summary>What a snapshot keeps of the device: nothing. The host's randomness is not ours, and the queues save themselves.</summary>
public readonly record struct VirtioRngState : ISnapshotState<VirtioRngState>
{
    public static SnapshotSchema Schema => new("supermachine.sample-rng", 1);

    public static VirtioRngState ReadFrom(SnapshotReader reader) => default;

    public void WriteTo(SnapshotWriter writer)
    {
        // Nothing of its own.
    }
}
