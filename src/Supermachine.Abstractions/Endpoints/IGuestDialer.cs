using System.IO.Pipelines;

namespace Supermachine;

/// <summary>Reaches services in the guest, whether by a vsock port, the guest agent or a TSI listener. Any thread may call.</summary>
public interface IGuestDialer
{
    /// <summary>Connects to a port of the guest.</summary>
    /// <returns>Null when nobody listens there yet, which is an ordinary answer.</returns>
    ValueTask<IDuplexPipe?> TryDialAsync(GuestPort port, CancellationToken cancellation);
}

/// <summary>A port in the guest.</summary>
/// <param name="Value">The number; 0 stands for the guest's first listener.</param>
public readonly record struct GuestPort(uint Value)
{
    /// <summary>Whatever port the guest began to listen on first.</summary>
    public static GuestPort FirstListener => default;
}
