using System.IO.Pipelines;

namespace Supermachine;

/// <summary>One accepted connection on its way into the guest. Used by one stage at a time, in pipeline order.</summary>
public abstract class EndpointConnection : IAsyncDisposable
{
    /// <summary>A short name for logs, unique within the process.</summary>
    public abstract string Id { get; }

    /// <summary>The bytes of the connection. Middleware may replace it with a wrapper of the one it found.</summary>
    public abstract IDuplexPipe Transport { get; set; }

    /// <summary>Fires when the connection is over for whatever reason.</summary>
    public abstract CancellationToken Closed { get; }

    /// <summary>Something a stage offers to the stages after it, such as the negotiated ALPN; null when nobody does.</summary>
    public abstract TFeature? Feature<TFeature>()
        where TFeature : class;

    /// <summary>Offers a feature, or takes it back with null.</summary>
    public abstract void SetFeature<TFeature>(TFeature? feature)
        where TFeature : class;

    /// <summary>Cuts the connection; the reason is logged once.</summary>
    public abstract void Abort(Exception reason);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
