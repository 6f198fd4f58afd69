using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>vCPUs.</content>
internal static unsafe partial class Exports
{
    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_create(ulong* vcpu, hv_vcpu_exit_t** exit, nint config) => Call(nameof(hv_vcpu_create), simulator =>
    {
        if (config != 0) simulator.Objects.Get<VcpuConfig>(config);
        SimulatedVcpu created = simulator.RequireVm().CreateVcpu();
        *vcpu = created.Id;
        *exit = created.Exit.Address;
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_destroy(ulong vcpu) => Own(nameof(hv_vcpu_destroy), vcpu, own =>
    {
        lock (Simulator.Lock) Simulator.RequireVm().DestroyVcpu(own);
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpus_exit(ulong* vcpus, uint count)
    {
        hv_return_t result = HV_SUCCESS;
        for (uint i = 0; i < count; i++)
        {
            hv_return_t each = RequestExit(vcpus[i]);
            if (each != HV_SUCCESS) result = each;
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_simd_fp_reg(ulong vcpu, uint register, hv_simd_fp_uchar16_t* value) =>
        Own(nameof(hv_vcpu_get_simd_fp_reg), vcpu, own => *value = own.ReadVector(register));

    /// <summary>The value comes in q0 on arm64. On x64 both sides follow .NET's convention for such a structure, which says nothing about Apple's.</summary>
    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_simd_fp_reg(ulong vcpu, uint register, hv_simd_fp_uchar16_t value) =>
        Own(nameof(hv_vcpu_set_simd_fp_reg), vcpu, own => own.WriteVector(register, value));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_pending_interrupt(ulong vcpu, hv_interrupt_type_t type, byte* pending) =>
        Own(nameof(hv_vcpu_get_pending_interrupt), vcpu, own =>
        {
            CheckPending(type);
            *pending = own.GetPendingInterrupt(type) ? (byte)1 : (byte)0;
        });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_pending_interrupt(ulong vcpu, hv_interrupt_type_t type, uint pending) =>
        Own(nameof(hv_vcpu_set_pending_interrupt), vcpu, own =>
        {
            CheckPending(type);
            if (Simulator.RequireVm().Gic is not null) throw new Refusal(HV_UNSUPPORTED, SimulatorRule.PendingInterrupts, "a VM with a GIC has no pending interrupts besides");
            own.SetPendingInterrupt(type, Bool(pending));
        });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_trap_debug_exceptions(ulong vcpu, byte* value) => Own(nameof(hv_vcpu_get_trap_debug_exceptions), vcpu, own => *value = own.TrapsExceptions ? (byte)1 : (byte)0);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_trap_debug_exceptions(ulong vcpu, uint value) => Own(nameof(hv_vcpu_set_trap_debug_exceptions), vcpu, own => own.TrapsExceptions = Bool(value));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_trap_debug_reg_accesses(ulong vcpu, byte* value) => Own(nameof(hv_vcpu_get_trap_debug_reg_accesses), vcpu, own => *value = own.TrapsRegisters ? (byte)1 : (byte)0);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_trap_debug_reg_accesses(ulong vcpu, uint value) => Own(nameof(hv_vcpu_set_trap_debug_reg_accesses), vcpu, own => own.TrapsRegisters = Bool(value));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_vtimer_mask(ulong vcpu, byte* value) => Own(nameof(hv_vcpu_get_vtimer_mask), vcpu, own => *value = own.IsTimerMasked ? (byte)1 : (byte)0);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_vtimer_mask(ulong vcpu, uint value) => Own(nameof(hv_vcpu_set_vtimer_mask), vcpu, own => own.IsTimerMasked = Bool(value));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_vtimer_offset(ulong vcpu, ulong* offset) => Own(nameof(hv_vcpu_get_vtimer_offset), vcpu, own => *offset = own.TimerOffset);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_vtimer_offset(ulong vcpu, ulong offset) => Own(nameof(hv_vcpu_set_vtimer_offset), vcpu, own => own.TimerOffset = offset);

    /// <summary>In ticks of mach_absolute_time, as the header has it.</summary>
    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_exec_time(ulong vcpu, ulong* time) => Own(nameof(hv_vcpu_get_exec_time), vcpu, own => *time = own.RunTime);

    [UnmanagedCallersOnly]
    private static nint hv_vcpu_config_create() => Create(nameof(hv_vcpu_config_create), _ => new VcpuConfig());

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_config_get_feature_reg(nint config, hv_feature_reg_t register, ulong* value) => Call(nameof(hv_vcpu_config_get_feature_reg), simulator =>
    {
        simulator.Objects.Get<VcpuConfig>(config);
        *value = Features.Read(register, simulator.Options.SystemVersion);
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_config_get_ccsidr_el1_sys_reg_values(nint config, hv_cache_type_t cache, ulong* values) =>
        Call(nameof(hv_vcpu_config_get_ccsidr_el1_sys_reg_values), simulator =>
        {
            simulator.Objects.Get<VcpuConfig>(config);
            if (!Enum.IsDefined(cache)) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.RegisterNumbers, $"there is no cache {(uint)cache}");
            new Span<ulong>(values, 8).Clear();
        });

#pragma warning disable CA1031 // As in Exports.Call; these are called at every exit and allocate nothing.

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_run(ulong vcpu)
    {
        try
        {
            Own(vcpu).Run();
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_vcpu_run), exception);
        }
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_reg(ulong vcpu, uint register, ulong* value)
    {
        try
        {
            *value = Own(vcpu).ReadRegister(register);
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_vcpu_get_reg), exception);
        }
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_reg(ulong vcpu, uint register, ulong value)
    {
        try
        {
            Own(vcpu, SimulatorRule.StartByOwner).WriteRegister(register, value);
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_vcpu_set_reg), exception);
        }
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sys_reg(ulong vcpu, uint register, ulong* value)
    {
        try
        {
            *value = Own(vcpu).ReadSystemRegister(Narrow(register));
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_vcpu_get_sys_reg), exception);
        }
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sys_reg(ulong vcpu, uint register, ulong value)
    {
        try
        {
            Own(vcpu).WriteSystemRegister(Narrow(register), value);
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_vcpu_set_sys_reg), exception);
        }
    }

    private static hv_return_t RequestExit(ulong vcpu)
    {
        try
        {
            Simulator.RequireVm().Find(vcpu, SimulatorRule.ExitRequests).RequestExit();
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_vcpus_exit), exception);
        }
    }
#pragma warning restore CA1031

    private static void CheckPending(hv_interrupt_type_t type)
    {
        if (!Enum.IsDefined(type)) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.RegisterNumbers, $"there is no interrupt type {(uint)type}");
        if (Simulator.RequireVm().Gic is not null && Simulator.Options.SystemVersion.Major >= 27)
            throw new Refusal(HV_UNSUPPORTED, SimulatorRule.PendingInterrupts, "since macOS 27 a VM with a GIC has no pending interrupts besides");
    }
}
