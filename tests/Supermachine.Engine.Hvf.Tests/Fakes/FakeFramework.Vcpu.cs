using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Tests;

/// <content>vCPUs.</content>
internal static unsafe partial class FakeFramework
{
    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_create(ulong* vcpu, hv_vcpu_exit_t** exit, nint config)
    {
        hv_return_t result = Do("hv_vcpu_create");
        if (result != hv_return_t.HV_SUCCESS) return result;
        FakeVcpu created = new((ulong)Vcpus.Count + 1);
        Vcpus.Add(created);
        Prepare?.Invoke(created);
        *vcpu = created.Id;
        *exit = created.Exit;
        return result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_destroy(ulong vcpu)
    {
        NativeMemory.Free(Vcpu(vcpu).Exit);
        return Do("hv_vcpu_destroy");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_run(ulong vcpu)
    {
        FakeVcpu running = Vcpu(vcpu);
        hv_return_t result = Do("hv_vcpu_run");
        if (running.Script.TryDequeue(out Action<FakeVcpu>? act)) act(running);
        else *running.Exit = default;
        return result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpus_exit(ulong* vcpus, uint count)
    {
        for (uint i = 0; i < count; i++) Vcpu(vcpus[i]).CancelRequests++;
        return Do("hv_vcpus_exit");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_reg(ulong vcpu, hv_reg_t register, ulong* value)
    {
        *value = Vcpu(vcpu).Regs[(int)register];
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_reg(ulong vcpu, hv_reg_t register, ulong value)
    {
        Vcpu(vcpu).Regs[(int)register] = value;
        return Do("hv_vcpu_set_reg", $"{register} 0x{value:x}");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_simd_fp_reg(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t* value)
    {
        *value = Vcpu(vcpu).Simd[(int)register];
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_simd_fp_reg(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t value)
    {
        Vcpu(vcpu).Simd[(int)register] = LosesVectors ? default : value;
        return Do("hv_vcpu_set_simd_fp_reg", $"{register}");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sys_reg(ulong vcpu, hv_sys_reg_t register, ulong* value)
    {
        *value = Vcpu(vcpu).Sys.GetValueOrDefault(register);
        return UnknownSystemRegisters.Contains(register) ? hv_return_t.HV_BAD_ARGUMENT : hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sys_reg(ulong vcpu, hv_sys_reg_t register, ulong value)
    {
        hv_return_t result = Do("hv_vcpu_set_sys_reg", $"{register} 0x{value:x}");
        if (FixedSystemRegisters.Contains(register)) return hv_return_t.HV_DENIED;
        Vcpu(vcpu).Sys[register] = value;
        return result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_trap_debug_exceptions(ulong vcpu, byte value) => Do("hv_vcpu_set_trap_debug_exceptions", $"{value}");

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_trap_debug_reg_accesses(ulong vcpu, byte value) => Do("hv_vcpu_set_trap_debug_reg_accesses", $"{value}");

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_vtimer_mask(ulong vcpu, byte masked)
    {
        Vcpu(vcpu).TimerMask = masked != 0;
        return Do("hv_vcpu_set_vtimer_mask", $"{masked}");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_vtimer_offset(ulong vcpu, ulong offset)
    {
        Vcpu(vcpu).TimerOffset = offset;
        return Do("hv_vcpu_set_vtimer_offset", $"0x{offset:x}");
    }
}
