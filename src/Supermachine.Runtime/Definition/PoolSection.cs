using System.ComponentModel.DataAnnotations;

namespace Supermachine.Runtime;

/// <summary>The <c>[pool]</c> table: how many warm workers are kept.</summary>
public sealed record PoolSection : IValidatableObject
{
    /// <summary>Workers that are always there.</summary>
    [Range(0, 4096)]
    public int Min { get; init; } = 1;

    /// <summary>The most workers there are.</summary>
    [Range(1, 4096)]
    public int Max { get; init; } = 8;

    /// <summary>How long a worker above <see cref="Min"/> may idle.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an acquire waits for a worker.</summary>
    public TimeSpan AcquireTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a released worker goes back to the snapshot.</summary>
    public bool RestoreOnRelease { get; init; } = true;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Min > Max) yield return new($"min must not be above max ({Max}), was {Min}", [nameof(Min), nameof(Max)]);
    }
}
