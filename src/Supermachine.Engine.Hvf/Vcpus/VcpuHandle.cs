using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Hvf;

/// <summary>A vCPU of the framework and its registers. Everything belongs to the thread that created it, except <see cref="Cancel"/>.</summary>
internal sealed unsafe class VcpuHandle
{
    private readonly HvApi _api;
    private readonly ulong _vcpu;
    private readonly int _index;
    private readonly hv_vcpu_exit_t* _exit;

    /// <summary>Creates it on the calling thread.</summary>
    /// <exception cref="HvException">The framework refuses.</exception>
    public VcpuHandle(HvApi api, int index)
    {
        (_api, _index) = (api, index);
        ulong vcpu;
        hv_vcpu_exit_t* exit;
        Check(api.hv_vcpu_create(&vcpu, &exit, 0), nameof(api.hv_vcpu_create));
        _vcpu = vcpu;
        _exit = exit;
    }

    /// <summary>Why the last <see cref="Run"/> came back; the framework's own block.</summary>
    // SAFETY: the framework keeps it where it is for the life of the vCPU.
    public ref readonly hv_vcpu_exit_t Exit => ref *_exit;

    public ulong this[hv_reg_t register]
    {
        get
        {
            ulong value;
            Check(_api.hv_vcpu_get_reg(_vcpu, register, &value), nameof(_api.hv_vcpu_get_reg), register);
            return value;
        }
        set => Check(_api.hv_vcpu_set_reg(_vcpu, register, value), nameof(_api.hv_vcpu_set_reg), register);
    }

    public ulong this[hv_sys_reg_t register]
    {
        get
        {
            ulong value;
            Check(_api.hv_vcpu_get_sys_reg(_vcpu, register, &value), nameof(_api.hv_vcpu_get_sys_reg), register);
            return value;
        }
        set => Check(_api.hv_vcpu_set_sys_reg(_vcpu, register, value), nameof(_api.hv_vcpu_set_sys_reg), register);
    }

    public ulong this[hv_gic_icc_reg_t register]
    {
        get
        {
            ulong value;
            Check(_api.hv_gic_get_icc_reg(_vcpu, register, &value), nameof(_api.hv_gic_get_icc_reg), register);
            return value;
        }
        set => Check(_api.hv_gic_set_icc_reg(_vcpu, register, value), nameof(_api.hv_gic_set_icc_reg), register);
    }

    public UInt128 this[hv_simd_fp_reg_t register]
    {
        get
        {
            hv_simd_fp_uchar16_t value;
            Check(_api.hv_vcpu_get_simd_fp_reg(_vcpu, register, &value), nameof(_api.hv_vcpu_get_simd_fp_reg), register);
            return Unsafe.BitCast<hv_simd_fp_uchar16_t, UInt128>(value);
        }
    }

    /// <summary>X0 to X30; number 31 is XZR, which reads as zero. The framework's register 31 is the PC.</summary>
    public ulong ReadX(int number) => number == 31 ? 0 : this[HV_REG_X0 + (uint)number];

    /// <summary>X0 to X30; what is written to number 31, XZR, is dropped.</summary>
    public void WriteX(int number, ulong value)
    {
        if (number != 31) this[HV_REG_X0 + (uint)number] = value;
    }

    /// <summary>Sets a SIMD register by whichever way of passing the value works here.</summary>
    public void SetSimd(SimdRegisters simd, hv_simd_fp_reg_t register, UInt128 value) =>
        Check(simd.Set(_vcpu, register, Unsafe.BitCast<UInt128, hv_simd_fp_uchar16_t>(value)), nameof(_api.hv_vcpu_set_simd_fp_reg), register);

    /// <summary>Reads a register that not every macOS or Mac has.</summary>
    public bool TryGet(hv_sys_reg_t register, out ulong value)
    {
        value = 0;
        fixed (ulong* at = &value) return _api.hv_vcpu_get_sys_reg(_vcpu, register, at) == HV_SUCCESS;
    }

    /// <summary>Writes a register that may be fixed.</summary>
    public bool TrySet(hv_sys_reg_t register, ulong value) => _api.hv_vcpu_set_sys_reg(_vcpu, register, value) == HV_SUCCESS;

    /// <inheritdoc cref="TryGet(hv_sys_reg_t, out ulong)"/>
    public bool TryGet(hv_gic_icc_reg_t register, out ulong value)
    {
        value = 0;
        fixed (ulong* at = &value) return _api.hv_gic_get_icc_reg(_vcpu, register, at) == HV_SUCCESS;
    }

    /// <inheritdoc cref="TrySet(hv_sys_reg_t, ulong)"/>
    public bool TrySet(hv_gic_icc_reg_t register, ulong value) => _api.hv_gic_set_icc_reg(_vcpu, register, value) == HV_SUCCESS;

    /// <summary>Reads a register of this vCPU's redistributor, once all vCPUs have their MPIDR_EL1. Some versions may not allow it.</summary>
    public bool TryGet(hv_gic_redistributor_reg_t register, out ulong value)
    {
        value = 0;
        fixed (ulong* at = &value) return _api.hv_gic_get_redistributor_reg(_vcpu, register, at) == HV_SUCCESS;
    }

    /// <summary>Writes a register of this vCPU's redistributor.</summary>
    public bool TrySet(hv_gic_redistributor_reg_t register, ulong value) => _api.hv_gic_set_redistributor_reg(_vcpu, register, value) == HV_SUCCESS;

    /// <summary>Where this vCPU's redistributor is, once all vCPUs have their MPIDR_EL1.</summary>
    public ulong RedistributorBase()
    {
        ulong address;
        Check(_api.hv_gic_get_redistributor_base(_vcpu, &address), nameof(_api.hv_gic_get_redistributor_base));
        return address;
    }

    public void SetTimerMask(bool masked) => Check(_api.hv_vcpu_set_vtimer_mask(_vcpu, masked ? (byte)1 : (byte)0), nameof(_api.hv_vcpu_set_vtimer_mask));

    public void SetTimerOffset(ulong offset) => Check(_api.hv_vcpu_set_vtimer_offset(_vcpu, offset), nameof(_api.hv_vcpu_set_vtimer_offset));

    /// <summary>Debug exceptions and debug registers are the guest's own. What the framework begins with is not written anywhere.</summary>
    public void LeaveDebugToGuest()
    {
        Check(_api.hv_vcpu_set_trap_debug_exceptions(_vcpu, 0), nameof(_api.hv_vcpu_set_trap_debug_exceptions));
        Check(_api.hv_vcpu_set_trap_debug_reg_accesses(_vcpu, 0), nameof(_api.hv_vcpu_set_trap_debug_reg_accesses));
    }

    /// <summary>Has the way to set SIMD registers looked for, with this vCPU, where none is known yet.</summary>
    public void Prove(SimdRegisters simd) => simd.Prove(_vcpu);

    /// <summary>Runs the guest until something happens.</summary>
    public void Run() => Check(_api.hv_vcpu_run(_vcpu), nameof(_api.hv_vcpu_run));

    /// <summary>Makes the run, or the next one, come back. Any thread, while the vCPU exists.</summary>
    public void Cancel()
    {
        ulong vcpu = _vcpu;
        Check(_api.hv_vcpus_exit(&vcpu, 1), nameof(_api.hv_vcpus_exit));
    }

    public void Destroy() => Check(_api.hv_vcpu_destroy(_vcpu), nameof(_api.hv_vcpu_destroy));

    private void Check(hv_return_t result, string call)
    {
        if (result != HV_SUCCESS) throw new HvException(call, result, $"vCPU {_index}");
    }

    private void Check<TRegister>(hv_return_t result, string call, TRegister register)
        where TRegister : struct, Enum
    {
        if (result != HV_SUCCESS) Throw(result, call, $"{register}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Throw(hv_return_t result, string call, string register) => throw new HvException(call, result, $"vCPU {_index}: {register}");
}
