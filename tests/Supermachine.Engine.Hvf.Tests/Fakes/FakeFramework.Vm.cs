using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Tests;

/// <content>The VM, and libSystem.</content>
internal static unsafe partial class FakeFramework
{
    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_get_max_vcpu_count(uint* count)
    {
        *count = 64;
        return Refusals.GetValueOrDefault(nameof(hv_vm_get_max_vcpu_count));
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_create(nint config)
    {
        hv_return_t result = Do("hv_vm_create");
        if (result == hv_return_t.HV_SUCCESS) HasVm = true;
        return result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_destroy()
    {
        HasVm = false;
        return Do("hv_vm_destroy");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_map(void* address, ulong ipa, nuint size, hv_memory_flags_t flags)
    {
        hv_return_t result = Do("hv_vm_map", $"0x{ipa:x} 0x{size:x} {flags}");
        return Refusals.Remove($"hv_vm_map 0x{ipa:x}", out hv_return_t refusal) ? refusal : result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_unmap(ulong ipa, nuint size) => Do("hv_vm_unmap", $"0x{ipa:x} 0x{size:x}");

    [UnmanagedCallersOnly]
    private static nint hv_vm_config_create() => NewObject();

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_max_ipa_size(uint* bits)
    {
        *bits = 40;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_set_ipa_size(nint config, uint bits) => Do("hv_vm_config_set_ipa_size", $"{bits}");

    [UnmanagedCallersOnly]
    private static ulong mach_absolute_time() => Now;

    [UnmanagedCallersOnly]
    private static void os_release(void* released) => Objects.Remove((nint)released);

    [UnmanagedCallersOnly]
    private static void sys_icache_invalidate(void* start, nuint length) => Log.Add("sys_icache_invalidate");

    [UnmanagedCallersOnly]
    private static int sysctlbyname(byte* name, void* value, nuint* length, void* newValue, nuint newLength)
    {
        if (Marshal.PtrToStringUTF8((nint)name) != "kern.hv_support" || *length != 4) return -1;
        *(int*)value = HypervisorSupport;
        return 0;
    }
}
