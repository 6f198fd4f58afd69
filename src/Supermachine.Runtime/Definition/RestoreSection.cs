using System.ComponentModel.DataAnnotations;

namespace Supermachine.Runtime;

/// <summary>The <c>[restore]</c> table: start from a snapshot instead of the kernel.</summary>
public sealed record RestoreSection
{
    /// <summary>The snapshot file.</summary>
    [Required]
    [HostPath(MustExist = true)]
    public string From { get; init; } = "";

    /// <summary>How the guest's RAM comes back.</summary>
    public RestoreMode Mode { get; init; } = RestoreMode.Cow;

    /// <summary>What the guest's wall clock does.</summary>
    public RestoreClock Clock { get; init; } = RestoreClock.Step;
}

/// <summary>How the guest's RAM comes back.</summary>
public enum RestoreMode
{
    /// <summary>Mapped copy-on-write from the file.</summary>
    Cow,

    /// <summary>Read in full.</summary>
    Full,
}

/// <summary>What the guest's wall clock does after a restore.</summary>
public enum RestoreClock
{
    /// <summary>It is stepped to the host's time.</summary>
    Step,

    /// <summary>It goes on where it stopped.</summary>
    Freeze,
}
