namespace Supermachine.Runtime;

/// <summary>The PL031 on the board: reads the host's wall clock for the chip and keeps the alarm.</summary>
internal sealed class Pl031Device : IMmioDevice, IMachinePart, IDeviceTreeSource, ISnapshotParticipant<Pl031State>
{
    // The longest a timer can wait; longer alarms are set in steps.
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Pl031 _chip = new();
    private readonly IInterruptLine _line;
    private readonly TimeProvider _wall;
    private ITimer? _alarm;
    private bool _running;
    private uint? _armedFor;

    public Pl031Device(IDeviceContext context)
    {
        (_line, _wall) = (context.Interrupt("rtc"), context.WallTime);
        _chip.Reset(Now);
    }

    public MmioWindow Window => new(Pl031.WindowSize);

    // 2038 is not the end: the counter is unsigned and wraps in 2106.
    private uint Now => (uint)_wall.GetUtcNow().ToUnixTimeSeconds();

    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        lock (_gate)
        {
            MmioResult result = _chip.Read(offset, Now, out value);
            Sync();
            return result;
        }
    }

    public MmioResult Write(uint offset, AccessWidth width, ulong value)
    {
        lock (_gate)
        {
            MmioResult result = _chip.Write(offset, (uint)value, Now);
            Sync();
            return result;
        }
    }

    public void Describe(IDeviceTreeNode node)
    {
        node.Name = "pl031";
        node.Property("compatible", "arm,pl031", "arm,primecell");
        node.Property("clocks", BoardTree.PeripheralClock);
        node.Property("clock-names", "apb_pclk");
    }

    public void Reset()
    {
        lock (_gate)
        {
            _chip.Reset(Now);
            Sync();
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            _running = true;
            _armedFor = null;
            _chip.Advance(Now);
            Sync();
        }
    }

    public async ValueTask StopAsync()
    {
        ITimer? alarm;
        lock (_gate) (alarm, _alarm, _running) = (_alarm, null, false);
        if (alarm is not null) await alarm.DisposeAsync().ConfigureAwait(false);
    }

    public Pl031State Save()
    {
        lock (_gate) return _chip.Save();
    }

    public void Restore(Pl031State state)
    {
        lock (_gate)
        {
            _chip.Restore(state, Now);
            Sync();
        }
    }

    private void OnAlarm()
    {
        lock (_gate)
        {
            if (!_running) return;
            _armedFor = null;
            _chip.Advance(Now);
            Sync();
        }
    }

    private void Sync()
    {
        _line.SetLevel(_chip.IsInterruptAsserted);
        uint? seconds = _chip.SecondsToMatch(Now);
        uint? due = seconds is { } wait ? Now + wait : null;
        if (due == _armedFor || !_running) return;
        _armedFor = due;
        TimeSpan step = seconds is { } left ? TimeSpan.FromSeconds(Math.Min(left, LongestStep.TotalSeconds)) : Timeout.InfiniteTimeSpan;
        // Made for the first alarm: most guests set none.
        _alarm ??= _wall.CreateTimer(static device => ((Pl031Device)device!).OnAlarm(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _alarm.Change(step, Timeout.InfiniteTimeSpan);
    }
}
