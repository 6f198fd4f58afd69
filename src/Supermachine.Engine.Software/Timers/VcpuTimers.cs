namespace Supermachine.Engine.Software;

/// <summary>
/// The EL1 physical and virtual timers of one vCPU (ARM ARM D11.2). The vCPU's thread reads and writes the registers; the timer
/// thread polls. Each timer's line is a level: enabled, not masked, and its condition met.
/// </summary>
internal sealed class VcpuTimers(int vcpu, SystemCounter counter, GicV3 gic)
{
    public const ulong Never = ulong.MaxValue;

    private const uint ENABLE = 1;
    private const uint IMASK = 2;
    private const uint ISTATUS = 4;

    private readonly Lock _lock = new();
    private VcpuTimersState _state;
    private bool _isParked;

    /// <summary>The thread that watches this vCPU's deadlines while it runs; null in tests that poll by hand.</summary>
    public TimerThread? Watcher { get; set; }

    /// <summary>
    /// Stands between the virtual timer and its line, for a hypervisor that masks it: takes whether the timer has fired, gives the
    /// line's level. Called under this object's lock by any thread, which must not come back here.
    /// </summary>
    public Func<bool, bool>? VirtualLine { get; set; }

    /// <summary>CNTPCT_EL0.</summary>
    public ulong PhysicalCount => counter.Count;

    /// <summary>CNTVCT_EL0.</summary>
    public ulong VirtualCount => counter.Count - _state.CNTVOFF;

    public VcpuTimersState State
    {
        get
        {
            lock (_lock) return _state;
        }
        set
        {
            lock (_lock) _state = value;
            Changed();
        }
    }

    public ulong ReadCtl(bool isVirtual)
    {
        lock (_lock)
        {
            uint control = isVirtual ? _state.CNTV_CTL : _state.CNTP_CTL;
            return (control & ENABLE) != 0 && IsMet(isVirtual, counter.Count) ? control | ISTATUS : control;
        }
    }

    public void WriteCtl(bool isVirtual, ulong value)
    {
        lock (_lock)
        {
            uint control = (uint)value & (ENABLE | IMASK);
            if (isVirtual) _state.CNTV_CTL = control;
            else _state.CNTP_CTL = control;
        }
        Changed();
    }

    public ulong ReadCval(bool isVirtual) => isVirtual ? _state.CNTV_CVAL : _state.CNTP_CVAL;

    public void WriteCval(bool isVirtual, ulong value)
    {
        lock (_lock)
        {
            if (isVirtual) _state.CNTV_CVAL = value;
            else _state.CNTP_CVAL = value;
        }
        Changed();
    }

    /// <summary>CNTx_TVAL: what is left, as a signed 32-bit number.</summary>
    public ulong ReadTval(bool isVirtual) => (uint)(ReadCval(isVirtual) - (isVirtual ? VirtualCount : PhysicalCount));

    public void WriteTval(bool isVirtual, ulong value) =>
        WriteCval(isVirtual, (isVirtual ? VirtualCount : PhysicalCount) + (ulong)(int)value);

    /// <summary>Drives both lines as of now.</summary>
    /// <returns>The CNTPCT value of the next change that time alone brings; <see cref="Never"/> if there is none, or the vCPU itself waits for it.</returns>
    public ulong Poll()
    {
        lock (_lock)
        {
            ulong next = PollLocked();
            return _isParked ? Never : next;
        }
    }

    /// <summary>
    /// Sleeps as WFI does, until the parker is woken or one of this vCPU's own timers fires: its own thread is the first to know.
    /// Returns early at times; the caller looks at its signals and comes back. Only on the vCPU's thread.
    /// </summary>
    public void Park(Parker parker)
    {
        ulong next;
        lock (_lock)
        {
            next = PollLocked();
            _isParked = true;
        }
        parker.Park(next == Never ? Parker.Forever : counter.NanosecondsUntil(next));
        lock (_lock)
        {
            _isParked = false;
            next = PollLocked();
        }
        Watcher?.Watch(next);
    }

    private void Changed()
    {
        ulong next = Poll();
        Watcher?.Watch(next);
    }

    private ulong PollLocked()
    {
        ulong now = counter.Count;
        ulong physical = Drive(isVirtual: false, _state.CNTP_CTL, now);
        return Math.Min(physical, Drive(isVirtual: true, _state.CNTV_CTL, now));
    }

    private ulong Drive(bool isVirtual, uint control, ulong now)
    {
        bool isMet = IsMet(isVirtual, now);
        bool isRunning = (control & (ENABLE | IMASK)) == ENABLE;
        TimerInterrupts intids = SoftwareInterruptController.TimerIntids;
        bool level = isRunning && isMet;
        if (isVirtual && VirtualLine is { } line) level = line(level);
        gic.SetPpi(vcpu, isVirtual ? intids.Virtual : intids.NonSecurePhysical, level);
        if (!isRunning || isMet) return Never;
        ulong left = isVirtual ? _state.CNTV_CVAL - (now - _state.CNTVOFF) : _state.CNTP_CVAL - now;
        return left > Never - 1 - now ? Never : now + left;
    }

    private bool IsMet(bool isVirtual, ulong now) => isVirtual ? now - _state.CNTVOFF >= _state.CNTV_CVAL : now >= _state.CNTP_CVAL;
}

/// <summary>The timers' registers that belong to a vCPU's state.</summary>
/// <param name="CNTP_CTL">ENABLE and IMASK.</param>
/// <param name="CNTP_CVAL">Compared with CNTPCT.</param>
/// <param name="CNTV_CTL">ENABLE and IMASK.</param>
/// <param name="CNTV_CVAL">Compared with CNTVCT.</param>
/// <param name="CNTVOFF">CNTPCT less CNTVCT.</param>
internal record struct VcpuTimersState(uint CNTP_CTL, ulong CNTP_CVAL, uint CNTV_CTL, ulong CNTV_CVAL, ulong CNTVOFF)
{
    public readonly bool IsValid => CNTP_CTL <= 3 && CNTV_CTL <= 3;
}
