using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>The devices of a machine as parts of its life: started in machine-file order, stopped in the reverse.</summary>
internal sealed class MachineParts(IReadOnlyList<BoardDevice> devices, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly BoardDevice[] _running = new BoardDevice[devices.Count];
    private int _started;

    public IReadOnlyList<BoardDevice> Devices => devices;

    public void Reset()
    {
        foreach (BoardDevice device in devices) (device.Device as IMachinePart)?.Reset();
    }

    /// <summary>Starts every part; when one fails, those before it are stopped again.</summary>
    public void Start()
    {
        try
        {
            foreach (BoardDevice device in devices)
            {
                (device.Device as IMachinePart)?.Start();
                _running[_started++] = device;
            }
        }
        catch
        {
            Stop();
            throw;
        }
    }

    public void Stop()
    {
        while (_started > 0)
        {
            BoardDevice device = _running[--_started];
            if (device.Device is IMachinePart part) Stop(device.Name, part);
        }
    }

    // One part that fails or hangs must not keep the others from being stopped or disposed of.
#pragma warning disable CA1031
    private void Stop(string name, IMachinePart part)
    {
        try
        {
            if (part.StopAsync().AsTask().Wait(StopPatience)) return;
            logger.LogWarning("device \"{Device}\" has not stopped within {Patience} s", name, StopPatience.TotalSeconds);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "device \"{Device}\" could not be stopped", name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        foreach (BoardDevice device in devices.Reverse())
        {
            try
            {
                await PartFactory.DiscardAsync(device.Device).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                logger.LogError(failure, "device \"{Device}\" could not be disposed of", device.Name);
            }
        }
    }
#pragma warning restore CA1031
}
