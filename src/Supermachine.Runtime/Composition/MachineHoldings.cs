namespace Supermachine.Runtime;

/// <summary>
/// What was made for a machine. The machine disposes of its devices by itself; the rest (the console, the services of its plugins)
/// goes with it. Of a machine that never came to be, everything goes.
/// </summary>
internal sealed class MachineHoldings : IAsyncDisposable
{
    private readonly Stack<object> owned = [];
    private readonly Stack<object> devices = [];

    /// <summary>Adds something that is disposed of after the machine.</summary>
    public void Add(object part) => owned.Push(part);

    /// <summary>Adds a device, which a machine that comes to be takes over.</summary>
    public void AddDevice(IMmioDevice? device)
    {
        if (device is not null) devices.Push(device);
    }

    /// <summary>Disposes of everything, devices included.</summary>
    public void DiscardAll()
    {
        foreach (object part in devices.Concat(owned)) PartFactory.DiscardAsync(part).AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        while (owned.TryPop(out object? part)) await PartFactory.DiscardAsync(part).ConfigureAwait(false);
    }
}
