using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>The PL011 on the board: its line, its node, and the console behind it.</summary>
internal sealed class Pl011Device : IMmioDevice, IMachinePart, IDeviceTreeSource, IConsoleInput, ISnapshotParticipant<Pl011State>
{
    private readonly Lock _gate = new();
    private readonly Pl011 _chip;
    private readonly IInterruptLine _line;
    private readonly ILogger _logger;
    private IConsoleBackend? _console;
    private ConsoleOutput? _output;
    private TaskCompletionSource? _inputWaits;
    private bool _running;
    private bool _consoleStarted;

    public Pl011Device(IDeviceContext context)
    {
        (_line, _logger) = (context.Interrupt("uart"), context.Logger);
        _chip = new Pl011(Transmit);
        _chip.Reset();
    }

    public MmioWindow Window => new(Pl011.WindowSize, AccessWidths.Byte | AccessWidths.HalfWord | AccessWidths.Word);

    private bool CanReceive => _running && _chip.IsReceiverWatched && _chip.ReceiveRoom > 0;

    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        lock (_gate)
        {
            MmioResult result = _chip.Read(offset, out value);
            Sync();
            return result;
        }
    }

    public MmioResult Write(uint offset, AccessWidth width, ulong value)
    {
        lock (_gate)
        {
            MmioResult result = _chip.Write(offset, (uint)value);
            Sync();
            return result;
        }
    }

    /// <summary>Puts a console at the other end of the line, before the first start. Without one output is dropped.</summary>
    public void Connect(IConsoleBackend console)
    {
        _console = console;
        _output = new ConsoleOutput(console, OnOutputRoom, _logger);
    }

    public void Describe(IDeviceTreeNode node)
    {
        node.Name = "pl011";
        node.Property("compatible", "arm,pl011", "arm,primecell");
        node.Property("clocks", BoardTree.PeripheralClock, BoardTree.PeripheralClock);
        node.Property("clock-names", "uartclk", "apb_pclk");
    }

    public void Reset()
    {
        lock (_gate)
        {
            _chip.Reset();
            Sync();
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            _running = true;
            _chip.Drain();
            Sync();
        }

        _output?.Start();
        if (_consoleStarted) return;
        _consoleStarted = true;
        _console?.Start(this);
    }

    public ValueTask StopAsync()
    {
        // What the guest has said before it stopped is shown before anyone says that it stopped.
        _output?.Stop();
        lock (_gate) _running = false;
        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        while (true)
        {
            input = input[Offer(input.Span, out Task room)..];
            if (input.IsEmpty) return;
            await room.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public Pl011State Save()
    {
        lock (_gate) return _chip.Save();
    }

    public void Restore(Pl011State state)
    {
        lock (_gate)
        {
            _chip.Restore(state);
            Sync();
        }
    }

    private int Offer(ReadOnlySpan<byte> input, out Task room)
    {
        lock (_gate)
        {
            int taken = CanReceive ? _chip.Receive(input) : 0;
            _inputWaits = taken < input.Length ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            room = _inputWaits?.Task ?? Task.CompletedTask;
            Sync();
            return taken;
        }
    }

    private bool Transmit(byte value) => _output?.TryAdd(value) ?? true;

    private void OnOutputRoom()
    {
        lock (_gate)
        {
            if (!_running) return;
            _chip.Drain();
            Sync();
        }
    }

    // The one place where the line follows the chip; also wakes a writer that waits for room in the receive FIFO.
    private void Sync()
    {
        _line.SetLevel(_chip.IsInterruptAsserted);
        if (_inputWaits is null || !CanReceive) return;
        _inputWaits.SetResult();
        _inputWaits = null;
    }
}
