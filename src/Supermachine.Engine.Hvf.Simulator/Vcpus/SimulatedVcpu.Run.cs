using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>hv_vcpu_run.</content>
internal sealed unsafe partial class SimulatedVcpu
{
    private const uint DataAbort = 0x24, S1PTW = 1 << 7, CM = 1 << 8;

    /// <summary>One run in so many ends for nothing, where runs do.</summary>
    private const int CancelPeriod = 16;

    private volatile bool _isRunning;
    private int _isExitRequested;
    private long _runs;

    /// <summary>Whether its thread is inside hv_vcpu_run. Any thread.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Ticks spent inside.</summary>
    public ulong RunTime { get; private set; }

    /// <summary>Whether it was ever inside hv_vcpu_run.</summary>
    public bool HasRun => _runs != 0;

    /// <summary>hv_vcpus_exit. Any thread.</summary>
    public void RequestExit()
    {
        Interlocked.Exchange(ref _isExitRequested, 1);
        SendOut();
    }

    /// <summary>Gets it out of guest code, to look at what happened, and back in. Any thread.</summary>
    public void SendOut() => _software.RequestExit();

    public void Run()
    {
        TakePlace();
        lock (_vm.Simulator.Lock) _vm.BeginRun(this);
        _vm.VerifyBacking(_runs++);
        Exit.Clear();
        if (TryTakeRequest() || (_vm.Simulator.Options.SpuriousCancels && _random.Next(CancelPeriod) == 0))
        {
            Exit.Report(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);
            ClearPendingInterrupts();
            return;
        }

        // The answer to the last exit is in the registers: nothing of the access is left.
        _software.WriteRegister(VcpuRegister.PC, _software.ReadRegister(VcpuRegister.PC));
        ulong start = _vm.Simulator.Clock.Count;
        _isRunning = true;
        try
        {
            while (!TryReport(RunGuest()))
            {
            }
        }
        finally
        {
            _isRunning = false;
            RunTime += _vm.Simulator.Clock.Count - start;
            ClearPendingInterrupts();
        }
    }

    private VcpuExit RunGuest()
    {
        _vm.Gate.Enter();
        try
        {
            return _software.Run(VcpuEntry.Resume);
        }
        finally
        {
            _vm.Gate.Leave();
        }
    }

    /// <summary>Fills the exit structure. False when there is nothing to tell the caller.</summary>
    private bool TryReport(VcpuExit exit)
    {
        switch (exit.Kind)
        {
            case VcpuExitKind.Canceled when _virtualTimer.TryTakeExpiry():
                Exit.Report(hv_exit_reason_t.HV_EXIT_REASON_VTIMER_ACTIVATED);
                return true;
            case VcpuExitKind.Canceled:
                if (!TryTakeRequest()) return false;
                Exit.Report(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);
                return true;
            case VcpuExitKind.FirmwareCall:
                Exit.Report(Software.ExceptionClass.Hvc64 << 26 | 1u << 25 | (uint)exit.Value, 0, 0);
                return true;
            case VcpuExitKind.Fault:
                return TryReport(_software.Trap);
            default:
                throw new InvalidOperationException($"the software engine gave {exit}");
        }
    }

    private bool TryReport(HypervisorTrap trap)
    {
        uint syndrome = trap.Syndrome;
        if (syndrome >> 26 == DataAbort && (syndrome & (S1PTW | CM)) == 0) syndrome |= InstructionSyndrome.Of(trap.Instruction);
        if (_vm.Gic is { } gic && gic.TryAnswer(syndrome, trap.PhysicalAddress, _software))
        {
            _software.WriteRegister(VcpuRegister.PC, _software.ReadRegister(VcpuRegister.PC) + 4);
            return false;
        }

        Exit.Report(syndrome, trap.VirtualAddress, trap.PhysicalAddress);
        return true;
    }

    private bool TryTakeRequest() => Interlocked.Exchange(ref _isExitRequested, 0) != 0;
}
