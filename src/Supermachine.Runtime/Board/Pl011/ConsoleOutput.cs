using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>
/// Carries the guest's output from vCPU threads to the console's own thread, so that a slow terminal never holds up a vCPU and
/// bytes reach the host in batches.
/// </summary>
/// <param name="console">Where the bytes go.</param>
/// <param name="onRoom">Called on the console's thread, without locks, when there is room again after <see cref="TryAdd"/> refused.</param>
/// <param name="logger">Told once when the console fails.</param>
internal sealed class ConsoleOutput(IConsoleBackend console, Action onRoom, ILogger logger)
{
    private const int Capacity = 64 * 1024;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly ByteFifo _bytes = new(Capacity);
    private readonly byte[] _batch = new byte[4096];
    private Thread? _thread;
    private bool _refused;
    private bool _stopping;
    private bool _pumping;
    private bool _failed;

    /// <returns>False when there is no room.</returns>
    public bool TryAdd(byte value)
    {
        lock (_gate)
        {
            if (_bytes.Room == 0)
            {
                _refused = true;
                return false;
            }

            _bytes.Push(value);
            if (_bytes.Count == 1) Monitor.Pulse(_gate);
            return true;
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            _stopping = false;
            if (_pumping) return;
            _pumping = true;
        }

        _thread = new Thread(Pump) { Name = "console", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Lets the thread finish what it has, within bounds: a terminal that takes nothing does not hold up the machine's end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread?.Join(StopPatience);
    }

    private void Pump()
    {
        while (TakeBatch() is var length and > 0)
        {
            Deliver(_batch.AsSpan(0, length));
            bool wasRefused;
            lock (_gate) (wasRefused, _refused) = (_refused, false);
            if (wasRefused) onRoom();
        }
    }

    private int TakeBatch()
    {
        lock (_gate)
        {
            while (_bytes.Count == 0 && !_stopping) Monitor.Wait(_gate);
            _pumping = _bytes.Count > 0;
            return _bytes.PopInto(_batch);
        }
    }

    // The host's console can fail in as many ways as there are consoles; the guest's life does not depend on it.
#pragma warning disable CA1031
    private void Deliver(ReadOnlySpan<byte> batch)
    {
        if (_failed) return;
        try
        {
            console.Write(batch);
        }
        catch (Exception failure)
        {
            _failed = true;
            logger.LogError(failure, "console: cannot write the guest's output; the rest of it is dropped");
        }
    }
#pragma warning restore CA1031
}
