using System.ComponentModel.DataAnnotations;

namespace Supermachine.Runtime;

/// <summary>The keys of an <c>[[endpoint]]</c> that belong to the runtime, whatever its kind.</summary>
public sealed record EndpointSection
{
    /// <summary>The middleware that connections go through, in order. The options of each stand in a table of the endpoint by its name.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>The port in the guest; left out: the guest's first listener.</summary>
    [Range(1L, uint.MaxValue)]
    public uint? GuestPort { get; init; }

    /// <summary>How long a connection may wait for the guest to listen.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.Zero;
}
