using System.Net;
using Microsoft.Extensions.Logging;

namespace Supermachine;

/// <summary>
/// A door on the host that leads into the guest: accepts connections and hands each to the runtime, which runs the middleware of
/// the machine file and then dials the guest. Started after the machine is built or restored and before any vCPU runs, in
/// machine-file order; keeps its listener across a warm restore.
/// </summary>
public interface IEndpoint : IAsyncDisposable
{
    /// <summary>The address that was really bound, once started; null before, and for doors that bind none.</summary>
    EndPoint? BoundTo { get; }

    /// <summary>Begins to accept. <paramref name="serve"/> completes when the connection is over; call it without awaiting in the accept loop.</summary>
    /// <exception cref="IOException">The door cannot be opened; the message names the address. Aborts the machine's start.</exception>
    ValueTask StartAsync(EndpointDelegate serve, CancellationToken cancellation);

    /// <summary>Stops accepting and aborts what is open. Returns once nothing of this endpoint runs.</summary>
    ValueTask StopAsync();
}

/// <summary>Serves one connection to its end.</summary>
public delegate ValueTask EndpointDelegate(EndpointConnection connection);

/// <summary>A stage between an endpoint and the guest, such as TLS. One instance serves every connection of its endpoint, concurrently.</summary>
public interface IEndpointMiddleware
{
    /// <summary>Does its part, then awaits <paramref name="next"/>, usually with a wrapped <see cref="EndpointConnection.Transport"/>.</summary>
    ValueTask InvokeAsync(EndpointConnection connection, EndpointDelegate next);
}

/// <summary>All that an endpoint or middleware may touch of its machine.</summary>
public interface IEndpointContext
{
    /// <summary>The part's name: the <c>id</c> of the machine file.</summary>
    string Name { get; }

    /// <summary>Logs under the part's name.</summary>
    ILogger Logger { get; }

    /// <summary>The way into the guest, for endpoints that dial for themselves.</summary>
    IGuestDialer Guest { get; }
}
