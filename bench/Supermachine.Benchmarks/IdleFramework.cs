using System.Reflection;
using System.Runtime.InteropServices;
using Supermachine.Engine.Hvf;

namespace Supermachine.Benchmarks;

/// <summary>A framework that comes back from every run with the same exception at once. What it does not implement succeeds and does nothing.</summary>
internal static unsafe class IdleFramework
{
    public const ulong Device = 0x0a00_0000;

    private static readonly ulong* Registers = (ulong*)NativeMemory.AllocZeroed(35, sizeof(ulong));
    private static readonly ulong* Vectors = (ulong*)NativeMemory.AllocZeroed(64, sizeof(ulong));
    private static readonly hv_vcpu_exit_t* Exit = (hv_vcpu_exit_t*)NativeMemory.AllocZeroed((nuint)sizeof(hv_vcpu_exit_t));

    public static HvApi Create() => HvApi.Fill(HvApi.OldestSystem, (name, _) =>
        (typeof(IdleFramework).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static) ?? typeof(IdleFramework).GetMethod(nameof(Nothing), BindingFlags.NonPublic | BindingFlags.Static)!)
            .MethodHandle.GetFunctionPointer());

    /// <summary>Chooses the exception.</summary>
    public static void Prepare(uint syndrome)
    {
        Exit->reason = hv_exit_reason_t.HV_EXIT_REASON_EXCEPTION;
        Exit->exception = new hv_vcpu_exit_exception_t { syndrome = syndrome, virtual_address = Device, physical_address = Device };
        Registers[0] = 0x8400_0000; // PSCI_VERSION
    }

    // SAFETY: the caller cleans the stack in both calling conventions, so that any arguments can be passed to it.
    [UnmanagedCallersOnly]
    private static int Nothing() => 0;

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_get_max_vcpu_count(uint* count)
    {
        *count = 1;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_region_size(nuint* size)
    {
        *size = 0x200_0000;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_base_alignment(nuint* size)
    {
        *size = 0x1_0000;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_base(ulong vcpu, ulong* address)
    {
        *address = 0x1000_0000;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_create(ulong* vcpu, hv_vcpu_exit_t** exit, nint config)
    {
        *vcpu = 1;
        *exit = Exit;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_run(ulong vcpu) => hv_return_t.HV_SUCCESS;

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_reg(ulong vcpu, hv_reg_t register, ulong* value)
    {
        *value = Registers[(int)register];
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_reg(ulong vcpu, hv_reg_t register, ulong value)
    {
        // The call is the same one every time.
        if (register != hv_reg_t.HV_REG_X0) Registers[(int)register] = value;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_simd_fp_reg(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t* value)
    {
        *value = ((hv_simd_fp_uchar16_t*)Vectors)[(int)register];
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_simd_fp_reg(ulong vcpu, hv_simd_fp_reg_t register, hv_simd_fp_uchar16_t value)
    {
        ((hv_simd_fp_uchar16_t*)Vectors)[(int)register] = value;
        return hv_return_t.HV_SUCCESS;
    }
}
