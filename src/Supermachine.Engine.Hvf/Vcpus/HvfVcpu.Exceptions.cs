namespace Supermachine.Engine.Hvf;

/// <content>What a guest was stopped for, by exception class.</content>
internal sealed unsafe partial class HvfVcpu
{
    /// <summary>A timer that is due within this many ticks (1 ms at 24 MHz) is not worth a rest of the thread.</summary>
    private const long ShortestRest = 24_000;

    private const ulong TimerEnabled = 1, TimerMasked = 2;

    /// <returns>True with an exit for the runtime; false when the guest goes on.</returns>
    private bool TakeException(out VcpuExit exit)
    {
        Syndrome syndrome = new(_handle.Exit.exception.syndrome);
        exit = default;
        switch (syndrome.Class)
        {
            case ExceptionClass.DataAbortLower:
                return TakeDataAbort(syndrome, out exit);
            case ExceptionClass.Hvc64:
                return Ask(new VcpuExit(VcpuExitKind.FirmwareCall, Value: syndrome.Immediate), out exit);

            // There is no EL3: firmware is called by HVC.
            case ExceptionClass.Smc64:
                GuestException.Undefined(_handle, _handle[HV_REG_PC]);
                return false;
            case ExceptionClass.SystemRegister:
                return TakeSystemRegister(syndrome, out exit);
            case ExceptionClass.Wait:
                return TakeWait(syndrome, out exit);
            case ExceptionClass.InstructionAbortLower:
                return TakeInstructionAbort(syndrome, out exit);

            // Hidden from the guest by its ID registers.
            case ExceptionClass.Sve or ExceptionClass.Sme:
                GuestException.Undefined(_handle, _handle[HV_REG_PC]);
                return false;

            // Not asked for, see VcpuHandle.LeaveDebugToGuest; they are the guest's.
            case >= ExceptionClass.BreakpointLower and <= ExceptionClass.WatchpointSame or ExceptionClass.Brk64:
                GuestException.Take(_handle, syndrome.Class, syndrome.Iss, _handle[HV_REG_PC], _handle.Exit.exception.virtual_address);
                return false;
            default:
                exit = Fault(syndrome.Value);
                return true;
        }
    }

    private bool TakeSystemRegister(Syndrome syndrome, out VcpuExit exit)
    {
        _systemRegisterTarget = syndrome.Rt;
        VcpuExit question = syndrome.IsRead
            ? new(VcpuExitKind.SystemRegisterRead, syndrome.SystemRegister)
            : new(VcpuExitKind.SystemRegisterWrite, syndrome.SystemRegister, Value: _handle.ReadX(syndrome.Rt));
        return Ask(question, out exit);
    }

    // Some versions sleep in the framework and never come here, others are said to come. WFE is a hint and waits for nothing.
    private bool TakeWait(Syndrome syndrome, out VcpuExit exit)
    {
        exit = new VcpuExit(VcpuExitKind.WaitForInterrupt);
        Skip();
        if (syndrome.TI is not (WaitKind.WFI or WaitKind.WFIT)) return false;
        long left = TicksToTimer();
        if (left > ShortestRest) return true;

        // A timer that is due ends the wait. If the framework has missed it, the guest finds no interrupt and waits again, in runs too short
        // for the watchdog: so it is shown to the framework once more.
        if (left <= 0) _handle.SetTimerMask(false);
        return false;
    }

    /// <summary>How many ticks the virtual timer is away: none or less where it is due, the most there are where it is off or masked.</summary>
    private long TicksToTimer()
    {
        if ((_handle[HV_SYS_REG_CNTV_CTL_EL0] & (TimerEnabled | TimerMasked)) != TimerEnabled) return long.MaxValue;
        ulong now = _partition.Counter.Physical - _timerOffset;
        return (long)(_handle[HV_SYS_REG_CNTV_CVAL_EL0] - now);
    }

    /// <summary>A fetch from an address without memory, or from memory that is not to be executed.</summary>
    private bool TakeInstructionAbort(Syndrome syndrome, out VcpuExit exit)
    {
        ref readonly hv_vcpu_exit_exception_t exception = ref _handle.Exit.exception;
        exit = default;
        if (!syndrome.S1PTW && (_partition.Memory.ProtectionAt(exception.physical_address) & MemoryProtection.Execute) != 0) return IsRepeated(syndrome, out exit);
        ulong pc = _handle[HV_REG_PC];
        GuestException.Take(_handle, ExceptionClass.InstructionAbortLower, StatusOf(syndrome), pc, pc);
        return false;
    }

    /// <summary>
    /// A fault where the guest has memory: all of it is mapped, so there is nothing to do but to try again. When that leads back here at
    /// once, the guest cannot go on.
    /// </summary>
    private bool IsRepeated(Syndrome syndrome, out VcpuExit exit)
    {
        exit = Fault(syndrome.Value);
        (ulong, ulong) here = (exit.Address, _handle.Exit.exception.physical_address);
        bool repeated = _lastFault == here;
        _lastFault = repeated ? null : here;
        return repeated;
    }

    // On a walk of the guest's tables the address is that of the table, and the table is where there is no memory.
    private static uint StatusOf(Syndrome syndrome) => syndrome.S1PTW ? FaultStatus.ExternalOnWalk + syndrome.Level : FaultStatus.External;
}
