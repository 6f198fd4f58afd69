using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>Registers.</content>
internal sealed unsafe partial class SimulatedVcpu
{
    private const uint LastRegister = (uint)HV_REG_CPSR, VectorCount = 32;

    /// <summary>What is kept for the caller alone: identification, and what the engine has no register for.</summary>
    private readonly Dictionary<hv_sys_reg_t, ulong> _kept = [];

    private Cpu* Cpu => _software.Cpu;

    public ulong ReadRegister(uint register) => (hv_reg_t)Checked(register, LastRegister) switch
    {
        <= HV_REG_LR => Cpu->X[register],
        HV_REG_PC => Cpu->Pc,
        HV_REG_FPCR => Cpu->Fpcr,
        HV_REG_FPSR => Cpu->Fpsr,
        _ => ProcessState.Get(Cpu),
    };

    public void WriteRegister(uint register, ulong value)
    {
        switch ((hv_reg_t)Checked(register, LastRegister))
        {
            case <= HV_REG_LR: Cpu->X[register] = value; break;
            case HV_REG_PC: _software.WriteRegister(VcpuRegister.PC, value); break;
            case HV_REG_FPCR: Cpu->Fpcr = (uint)value; break;
            case HV_REG_FPSR: Cpu->Fpsr = (uint)value; break;
            default:
                if (!ProcessState.IsLegal((uint)value)) throw new Refusal(HV_ILLEGAL_GUEST_STATE, null, $"CPSR 0x{value:x} is not AArch64 at EL0t, EL1t or EL1h");
                ProcessState.Set(Cpu, (uint)value);
                break;
        }
    }

    public hv_simd_fp_uchar16_t ReadVector(uint register) => ((hv_simd_fp_uchar16_t*)Cpu->V0)[Checked(register, VectorCount - 1)];

    public void WriteVector(uint register, hv_simd_fp_uchar16_t value) => ((hv_simd_fp_uchar16_t*)Cpu->V0)[Checked(register, VectorCount - 1)] = value;

    public ulong ReadSystemRegister(uint encoding)
    {
        hv_sys_reg_t register = CheckedSystem(encoding);
        if (_kept.TryGetValue(register, out ulong kept)) return kept;
        switch (register)
        {
            case HV_SYS_REG_MPIDR_EL1: return _mpidr ?? 0;
            case HV_SYS_REG_SP_EL0: return UsesEl0Stack ? Cpu->X[Software.Cpu.SP] : Cpu->Sys.SP_EL0;
            case HV_SYS_REG_SP_EL1: return UsesEl0Stack ? Cpu->Sys.SP_EL1 : Cpu->X[Software.Cpu.SP];
            case HV_SYS_REG_CNTV_CTL_EL0: return _place is { } place ? _vm.Partition.Timers[place].ReadCtl(isVirtual: true) : _unplacedTimers.CNTV_CTL;
            case HV_SYS_REG_CNTP_CTL_EL0: return _place is { } own ? _vm.Partition.Timers[own].ReadCtl(isVirtual: false) : _unplacedTimers.CNTP_CTL;
            case HV_SYS_REG_CNTV_CVAL_EL0: return Timers.CNTV_CVAL;
            case HV_SYS_REG_CNTP_CVAL_EL0: return Timers.CNTP_CVAL;
            case HV_SYS_REG_CNTP_TVAL_EL0: return (uint)(Timers.CNTP_CVAL - _vm.Simulator.Clock.Count);
            case HV_SYS_REG_ID_AA64PFR0_EL1 when _vm.Simulator.Options.VariedReset: return Identification(encoding) & ~(15ul << 24);
            default: return Identification(encoding);
        }
    }

    public void WriteSystemRegister(uint encoding, ulong value)
    {
        hv_sys_reg_t register = CheckedSystem(encoding);
        switch (register)
        {
            case HV_SYS_REG_MPIDR_EL1: SetMpidr(value); break;
            case HV_SYS_REG_SP_EL0 when UsesEl0Stack: Cpu->X[Software.Cpu.SP] = value; break;
            case HV_SYS_REG_SP_EL0: Cpu->Sys.SP_EL0 = value; break;
            case HV_SYS_REG_SP_EL1 when UsesEl0Stack: Cpu->Sys.SP_EL1 = value; break;
            case HV_SYS_REG_SP_EL1: Cpu->X[Software.Cpu.SP] = value; break;
            case HV_SYS_REG_CNTV_CTL_EL0: Timers = Timers with { CNTV_CTL = (uint)value & 3 }; break; // ISTATUS is the timer's own
            case HV_SYS_REG_CNTP_CTL_EL0: Timers = Timers with { CNTP_CTL = (uint)value & 3 }; break;
            case HV_SYS_REG_CNTV_CVAL_EL0: Timers = Timers with { CNTV_CVAL = value }; break;
            case HV_SYS_REG_CNTP_CVAL_EL0: Timers = Timers with { CNTP_CVAL = value }; break;
            case HV_SYS_REG_CNTP_TVAL_EL0: Timers = Timers with { CNTP_CVAL = _vm.Simulator.Clock.Count + (ulong)(int)value }; break;
            case HV_SYS_REG_ACTLR_EL1 when (value & ~2ul) != 0:
                throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.SystemRegisters, $"ACTLR_EL1 has EnTSO (bit 1) and nothing else, not 0x{value:x}");
            case HV_SYS_REG_ACTLR_EL1: _kept[register] = value; break;
            default:
                if (SystemRegisters.Find(encoding) is not { } found || found.Constant is not null || !found.TryWrite(Cpu, value)) _kept[register] = value;
                break;
        }
    }

    /// <summary>Without a GIC: the IRQ or FIQ input for the next run.</summary>
    public void SetPendingInterrupt(hv_interrupt_type_t type, bool pending)
    {
        Signal signal = type == hv_interrupt_type_t.HV_INTERRUPT_TYPE_IRQ ? Signal.Irq : Signal.Fiq;
        if (pending) _software.Raise(signal);
        else _software.Lower(signal);
    }

    public bool GetPendingInterrupt(hv_interrupt_type_t type) =>
        _vm.Gic is null && (Cpu->Signals & (int)(type == hv_interrupt_type_t.HV_INTERRUPT_TYPE_IRQ ? Signal.Irq : Signal.Fiq)) != 0;

    private bool UsesEl0Stack => Cpu->El == 0 || Cpu->SpSel == 0;

    private void ClearPendingInterrupts()
    {
        if (_vm.Gic is null) _software.Lower(Signal.Irq | Signal.Fiq);
    }

    private void SetMpidr(ulong value)
    {
        if (_place is not null && value != _mpidr) throw _vm.Simulator.Unspecified(SimulatorRule.Affinity, $"MPIDR_EL1 of vCPU {Id} is 0x{_mpidr:x} since it ran, and cannot become 0x{value:x}");
        _mpidr = value;
    }

    private ulong Identification(uint encoding) => SystemRegisters.Find(encoding) is { } found && found.TryRead(Cpu, out ulong value) ? value : 0;

    private static uint Checked(uint register, uint last) =>
        register <= last ? register : throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.RegisterNumbers, $"there is no register {register}; they are 0 to {last}");

    private hv_sys_reg_t CheckedSystem(uint encoding)
    {
        Version system = _vm.Simulator.Options.SystemVersion;
        Version? since = SystemRegisterTable.IntroducedWith(encoding);

        // To ask for a register of a later macOS is the way to find out whether it is there.
        if (since is null || since > system) throw new Refusal(HV_BAD_ARGUMENT, since is null ? SimulatorRule.SystemRegisters : null, $"macOS {system} has no hv_sys_reg_t 0x{encoding:x}");
        hv_sys_reg_t register = (hv_sys_reg_t)encoding;
        if (SystemRegisterTable.IsOfEl2(register)) throw new Refusal(HV_UNSUPPORTED, SimulatorRule.SystemRegisters, $"{register} needs a VM with EL2");
        if (SystemRegisterTable.IsOfSme(register)) throw new Refusal(HV_UNSUPPORTED, null, $"{register} needs SME");
        if (SystemRegisterTable.IsOfPhysicalTimer(register) && _vm.Gic is null) throw new Refusal(HV_UNSUPPORTED, SimulatorRule.SystemRegisters, $"{register} needs a GIC");
        return register;
    }
}
