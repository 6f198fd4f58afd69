namespace Supermachine.Engine.Hvf;

/// <content>The state as registers by name.</content>
internal sealed unsafe partial class HvfVcpu
{
    private readonly RegisterSet _registers;

    public VcpuState Capture()
    {
        if (_pending is not (VcpuExitKind.Canceled or VcpuExitKind.FirmwareCall)) throw new InvalidOperationException($"vCPU {Index} has an access in progress");
        if (_hasVisibleSme) throw new InvalidOperationException($"vCPU {Index} cannot be captured: the guest can use SME, which could not be hidden from it and whose state is not captured");
        return new VcpuState([.. _registers.All.Select(register => KeyValuePair.Create(register.Name, Read(register))), .. CaptureRedistributor()]);
    }

    public void Apply(VcpuState state)
    {
        ref VcpuRestore pending = ref _partition.Controller.RestoreOf(Index);
        VcpuRestore restore = pending;
        Dictionary<string, UInt128> values = Validated(state, restore.Redistributor);
        pending = default;
        Forget();
        RestoreRedistributor(values, restore.Redistributor);
        foreach (RegisterKind kind in (ReadOnlySpan<RegisterKind>)[RegisterKind.Interface, RegisterKind.System, RegisterKind.General, RegisterKind.Simd])
        {
            foreach (RegisterEntry register in _registers.All)
                if (register.Kind == kind) Write(register, values[register.Name]);
        }

        ApplyTimers(values, restore.PhysicalShift);
    }

    /// <summary>The registers of a state, once it is known that all of them can be applied.</summary>
    private Dictionary<string, UInt128> Validated(VcpuState state, RedistributorRestore redistributor)
    {
        Dictionary<string, UInt128> values = new(StringComparer.Ordinal);
        foreach ((string name, UInt128 value) in state.Registers)
        {
            if (!values.TryAdd(name, value)) throw Invalid($"register '{name}' is there twice");
            if (!_registers.ByName.ContainsKey(name) && RegisterSet.Redistributor.All(register => register.Name != name)) throw Invalid($"there is no register '{name}' on this Mac with this macOS");
        }

        foreach (RegisterEntry register in _registers.All)
        {
            if (!values.TryGetValue(register.Name, out UInt128 value)) throw Invalid($"register '{register.Name}' is missing");
            if ((value & ~register.Kept) != 0 || (register is { Kind: RegisterKind.General, Number: (uint)HV_REG_CPSR } && !RegisterSet.IsLegalPstate(value)))
                throw Invalid($"register '{register.Name}' cannot be 0x{value:x}");
            if (register.Kind == RegisterKind.Identity && Read(register) is var own && own != value)
                throw Invalid($"register '{register.Name}' is 0x{value:x} in the state and 0x{own:x} here: the state is of another vCPU or of a Mac of another generation");
        }

        if (redistributor == RedistributorRestore.Write && RegisterSet.Redistributor.FirstOrDefault(register => !values.ContainsKey(register.Name)) is { } missing)
            throw Invalid($"register '{missing.Name}' is missing, and the framework's own state of the interrupt controller does not serve here");
        return values;
    }

    private InvalidDataException Invalid(string what) => new($"vCPU {Index}: {what}");

    private UInt128 Read(RegisterEntry register) => register.Kept & register.Kind switch
    {
        RegisterKind.General => _handle[(hv_reg_t)register.Number],
        RegisterKind.Simd => _handle[(hv_simd_fp_reg_t)register.Number],
        RegisterKind.Interface => _handle[(hv_gic_icc_reg_t)register.Number],
        _ => _handle[(hv_sys_reg_t)register.Number],
    };

    private void Write(RegisterEntry register, UInt128 value)
    {
        switch (register.Kind)
        {
            case RegisterKind.General:
                _handle[(hv_reg_t)register.Number] = (ulong)value;
                break;
            case RegisterKind.Simd:
                _handle.SetSimd(_partition.Simd, (hv_simd_fp_reg_t)register.Number, value);
                break;

            // One that cannot be written is no obstacle while it has the value anyway.
            case RegisterKind.Interface:
                if (!_handle.TrySet((hv_gic_icc_reg_t)register.Number, (ulong)value) && Read(register) != value) _handle[(hv_gic_icc_reg_t)register.Number] = (ulong)value;
                break;
            default:
                if (!_handle.TrySet((hv_sys_reg_t)register.Number, (ulong)value) && Read(register) != value) _handle[(hv_sys_reg_t)register.Number] = (ulong)value;
                break;
        }
    }

    /// <summary>
    /// The timers, still while the clock below them moves: the virtual one's compare value stays true by the offset, the physical one's
    /// moves with the host's counter.
    /// </summary>
    private void ApplyTimers(Dictionary<string, UInt128> values, ulong physicalShift)
    {
        _handle.SetTimerMask(true);
        _handle[HV_SYS_REG_CNTV_CTL_EL0] = 0;
        _handle[HV_SYS_REG_CNTP_CTL_EL0] = 0;
        _handle[HV_SYS_REG_CNTKCTL_EL1] = (ulong)values["CNTKCTL_EL1"];
        _handle[HV_SYS_REG_CNTP_CVAL_EL0] = (ulong)values["CNTP_CVAL_EL0"] + physicalShift;
        _handle.SetTimerOffset(_timerOffset = _partition.Counter.Offset);
        _handle[HV_SYS_REG_CNTV_CVAL_EL0] = (ulong)values["CNTV_CVAL_EL0"];
        _handle[HV_SYS_REG_CNTV_CTL_EL0] = (ulong)values["CNTV_CTL_EL0"];
        _handle[HV_SYS_REG_CNTP_CTL_EL0] = (ulong)values["CNTP_CTL_EL0"];
        _handle.SetTimerMask(false);
    }
}
