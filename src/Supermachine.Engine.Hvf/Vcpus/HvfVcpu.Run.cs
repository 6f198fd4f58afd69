namespace Supermachine.Engine.Hvf;

/// <content>
/// Running, and the answers to exits. Who advances the PC differs by exit: past an HVC it stands behind the instruction already; for
/// accesses, system registers and WFI it stands at it, and moves when the answer is there.
/// </content>
internal sealed unsafe partial class HvfVcpu
{
    private const ulong InstructionSize = 4;

    private readonly AccessInProgress _access = new();
    private VcpuExitKind _pending = VcpuExitKind.Canceled;
    private int _systemRegisterTarget;
    private ulong _timerOffset;
    private bool _isPlaced;

    // The number of the run that is under way, for the watchdog; zero between runs.
    private long _run;
    private long _runs;
    private long _runSeen;
    private volatile bool _isSentOut;

    public VcpuExit Run(VcpuEntry entry)
    {
        _lastFault = null;
        if (Answer(entry, out VcpuExit exit)) return exit;
        Prepare();
        while (true)
        {
            Volatile.Write(ref _run, ++_runs);
            _handle.Run();
            Volatile.Write(ref _run, 0);
            switch (_handle.Exit.reason)
            {
                // Requested, or out of nothing: either way there is nothing of the guest's to answer.
                case hv_exit_reason_t.HV_EXIT_REASON_CANCELED:
                    if (_isSentOut) WakeTimer();
                    return new VcpuExit(VcpuExitKind.Canceled);
                case hv_exit_reason_t.HV_EXIT_REASON_EXCEPTION:
                    if (TakeException(out exit)) return exit;
                    break;

                // The interrupt controller delivers the timer; where it comes up here too, the framework has masked it.
                case hv_exit_reason_t.HV_EXIT_REASON_VTIMER_ACTIVATED:
                    _handle.SetTimerMask(false);
                    return new VcpuExit(VcpuExitKind.VirtualTimer);
                default:
                    return Fault(0);
            }
        }
    }

    /// <summary>Ends a run that is the same as at the last call. On the watchdog's thread.</summary>
    public void SendOutOfLongRun()
    {
        long run = Volatile.Read(ref _run);
        bool isLong = run != 0 && run == _runSeen;
        _runSeen = run;
        if (!isLong) return;
        _isSentOut = true;
        RequestExit();
    }

    /// <summary>A timer that is due and did not end the wait is shown to the framework once more.</summary>
    private void WakeTimer()
    {
        _isSentOut = false;
        if (TicksToTimer() > 0) return;
        _handle.SetTimerMask(false);
        _partition.Log.SleptPastTimer(Index);
    }

    /// <summary>What has to be right before guest code runs, and changes rarely.</summary>
    private void Prepare()
    {
        if (_timerOffset != _partition.Counter.Offset) _handle.SetTimerOffset(_timerOffset = _partition.Counter.Offset);
        if (_isPlaced) return;
        _isPlaced = true;
        _partition.BeginRun();
        _partition.Controller.Place(Index, _handle);
    }

    /// <summary>Takes the answer to the last exit.</summary>
    /// <returns>True with another exit where the same instruction has more to ask.</returns>
    private bool Answer(VcpuEntry entry, out VcpuExit exit)
    {
        exit = default;
        VcpuExitKind pending = _pending;
        _pending = VcpuExitKind.Canceled;
        switch (pending)
        {
            case VcpuExitKind.MmioRead or VcpuExitKind.MmioWrite:
                return AnswerAccess(entry, out exit);
            case VcpuExitKind.SystemRegisterRead or VcpuExitKind.SystemRegisterWrite:
                AnswerSystemRegister(entry, pending == VcpuExitKind.SystemRegisterRead);
                return false;
            case VcpuExitKind.FirmwareCall when entry.Kind == VcpuEntryKind.Reject:
                GuestException.Undefined(_handle, _handle[HV_REG_PC] - InstructionSize);
                return false;
            case VcpuExitKind.FirmwareCall when entry.Kind == VcpuEntryKind.Complete:
                _handle[HV_REG_X0] = entry.Value;
                return false;
            default:
                return false;
        }
    }

    private void AnswerSystemRegister(VcpuEntry entry, bool isRead)
    {
        if (entry.Kind == VcpuEntryKind.Reject)
        {
            GuestException.Undefined(_handle, _handle[HV_REG_PC]);
            return;
        }

        if (isRead) _handle.WriteX(_systemRegisterTarget, entry.Value);
        Skip();
    }

    private bool Ask(VcpuExit question, out VcpuExit exit)
    {
        exit = question;
        _pending = question.Kind;
        return true;
    }

    private void Skip() => _handle[HV_REG_PC] += InstructionSize;

    private void Forget()
    {
        _access.Abandon();
        _pending = VcpuExitKind.Canceled;
    }

    private VcpuExit Fault(ulong syndrome) => new(VcpuExitKind.Fault, _handle[HV_REG_PC], Value: syndrome);
}
