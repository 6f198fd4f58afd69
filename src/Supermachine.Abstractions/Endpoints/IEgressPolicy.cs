using System.Net;
using System.Net.Sockets;

namespace Supermachine;

/// <summary>
/// The gate out of the guest: asked before any flow is opened, by every way out. One per machine. Any thread may call; an
/// exception counts as a refusal.
/// </summary>
public interface IEgressPolicy
{
    /// <summary>Decides on one flow.</summary>
    EgressVerdict Authorize(in EgressRequest request);
}

/// <summary>A flow that the guest wants to open.</summary>
/// <param name="Protocol"><see cref="ProtocolType.Tcp"/> or <see cref="ProtocolType.Udp"/>.</param>
/// <param name="Address">The destination; v4-mapped v6 addresses are passed as v4.</param>
/// <param name="Port">The destination port, 0 to 65535.</param>
public readonly record struct EgressRequest(ProtocolType Protocol, IPAddress Address, int Port);

/// <summary>The decision on a flow.</summary>
/// <param name="Allowed">Whether it may be opened.</param>
/// <param name="Rule">The rule that decided, as written, for the log.</param>
public readonly record struct EgressVerdict(bool Allowed, string Rule);
