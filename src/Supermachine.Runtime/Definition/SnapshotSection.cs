using System.ComponentModel.DataAnnotations;

namespace Supermachine.Runtime;

/// <summary>The <c>[snapshot]</c> table: when the machine is captured, and where to. The first trigger that fires captures.</summary>
public sealed record SnapshotSection
{
    /// <summary>The snapshot file.</summary>
    [Required]
    [HostPath]
    public string Path { get; init; } = "";

    /// <summary>Capture this long after the start.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Capture when the guest begins to listen.</summary>
    public bool OnListener { get; init; }

    /// <summary>Capture at this heartbeat of the guest.</summary>
    [Range(1, int.MaxValue)]
    public int? AtHeartbeat { get; init; }

    /// <summary>How long to wait between the trigger and the capture.</summary>
    public TimeSpan Quiesce { get; init; } = TimeSpan.Zero;
}
