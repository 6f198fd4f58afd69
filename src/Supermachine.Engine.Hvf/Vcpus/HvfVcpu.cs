namespace Supermachine.Engine.Hvf;

/// <summary>A vCPU of the framework, owned by the thread that created it.</summary>
internal sealed unsafe partial class HvfVcpu : IVcpu
{
    /// <summary>PSTATE at power-on: EL1h, DAIF masked. The framework's own is EL0t.</summary>
    private const ulong ResetPstate = 0x3c5;

    /// <summary>The bits of SCTLR_EL1 that are one at reset: MMU, caches and alignment checks are off.</summary>
    private const ulong ResetSctlr = 1 << 11 | 1 << 20 | 1 << 22 | 1 << 23 | 1 << 28 | 1 << 29;

    private const ulong MpidrRes1 = 1ul << 31;

    // ID registers: the interrupt controller's system registers are there; SME, whose state is not captured, is not.
    private const int GicField = 24, SmeField = 24;

    private readonly HvfPartition _partition;
    private readonly VcpuHandle _handle;
    private readonly Lock _lifetime = new();
    private bool _destroyed;
    private bool _hasVisibleSme;

    /// <summary>Creates the vCPU on the calling thread, at its reset state.</summary>
    public HvfVcpu(HvfPartition partition, int index)
    {
        (_partition, Index) = (partition, index);
        _handle = new VcpuHandle(partition.Api, index);
        try
        {
            Reset();
            _handle.Prove(partition.Simd);
            _registers = RegisterSet.Of(_handle);
        }
        catch
        {
            _handle.Destroy();
            throw;
        }
    }

    public int Index { get; }

    public ulong ReadRegister(VcpuRegister register) => register switch
    {
        <= VcpuRegister.X30 => _handle[HV_REG_X0 + (uint)register],
        VcpuRegister.PC => _handle[HV_REG_PC],
        VcpuRegister.PSTATE => _handle[HV_REG_CPSR],
        _ => _handle[SystemRegister(register)],
    };

    public void WriteRegister(VcpuRegister register, ulong value)
    {
        switch (register)
        {
            case <= VcpuRegister.X30: _handle[HV_REG_X0 + (uint)register] = value; break;
            case VcpuRegister.PC:
                _handle[HV_REG_PC] = value;
                Forget();
                break;
            case VcpuRegister.PSTATE:
                if (!RegisterSet.IsLegalPstate(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "PSTATE must describe AArch64 at EL0t, EL1t or EL1h");
                _handle[HV_REG_CPSR] = value;
                break;
            default: _handle[SystemRegister(register)] = value; break;
        }
    }

    /// <remarks>The framework remembers the request for a vCPU that does not run, and has the next run come back at once.</remarks>
    public void RequestExit()
    {
        lock (_lifetime)
        {
            // What becomes of a request for a vCPU that is gone is not written anywhere; its number may be another's by now.
            if (!_destroyed) _handle.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_lifetime)
        {
            if (_destroyed) return;
            _destroyed = true;
            _handle.Destroy();
        }

        _partition.Remove(this);
    }

    private static hv_sys_reg_t SystemRegister(VcpuRegister register) => register switch
    {
        VcpuRegister.SP_EL1 => HV_SYS_REG_SP_EL1,
        VcpuRegister.ESR_EL1 => HV_SYS_REG_ESR_EL1,
        VcpuRegister.FAR_EL1 => HV_SYS_REG_FAR_EL1,
        VcpuRegister.ELR_EL1 => HV_SYS_REG_ELR_EL1,
        _ => throw new ArgumentOutOfRangeException(nameof(register), register, "no such register"),
    };

    // MPIDR_EL1 comes first: nothing may touch the redistributor before, and the framework's own is zero for every vCPU.
    private void Reset()
    {
        _handle[HV_SYS_REG_MPIDR_EL1] = MpidrRes1 | (uint)Index;
        _handle.LeaveDebugToGuest();
        ulong pfr0 = _handle[HV_SYS_REG_ID_AA64PFR0_EL1];
        if ((pfr0 >> GicField & 15) == 0) _ = _handle.TrySet(HV_SYS_REG_ID_AA64PFR0_EL1, pfr0 | 1ul << GicField);
        ulong pfr1 = _handle[HV_SYS_REG_ID_AA64PFR1_EL1];
        _hasVisibleSme = (pfr1 >> SmeField & 15) != 0 && !_handle.TrySet(HV_SYS_REG_ID_AA64PFR1_EL1, pfr1 & ~(15ul << SmeField));
        _handle[HV_SYS_REG_SCTLR_EL1] = ResetSctlr;
        _handle[HV_REG_CPSR] = ResetPstate;
        _handle.SetTimerOffset(_timerOffset = _partition.Counter.Offset);
        _handle.SetTimerMask(false);
    }
}
