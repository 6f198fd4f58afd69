using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>The VM and its configuration, and what libSystem has.</content>
internal static unsafe partial class Exports
{
    private const uint Numerator = 125, Denominator = 3;

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_get_max_vcpu_count(uint* count) => Call(nameof(hv_vm_get_max_vcpu_count), simulator => *count = simulator.Geometry.MaxVcpus);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_create(nint config) => Call(nameof(hv_vm_create), simulator =>
        simulator.CreateVm(config == 0 ? new VmConfig(simulator.Geometry.DefaultIpaBits) : simulator.Objects.Get<VmConfig>(config)));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_destroy() => Call(nameof(hv_vm_destroy), simulator => simulator.DestroyVm());

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_map(void* host, ulong ipa, nuint size, hv_memory_flags_t flags) =>
        Call(nameof(hv_vm_map), simulator => simulator.RequireVm().Map((ulong)host, ipa, size, flags));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_unmap(ulong ipa, nuint size) => Call(nameof(hv_vm_unmap), simulator => simulator.RequireVm().Unmap(ipa, size));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_protect(ulong ipa, nuint size, hv_memory_flags_t flags) =>
        Call(nameof(hv_vm_protect), simulator => simulator.RequireVm().Protect(ipa, size, flags));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_allocate(void** address, nuint size, hv_allocate_flags_t flags) => Call(nameof(hv_vm_allocate), simulator =>
    {
        if (flags != hv_allocate_flags_t.HV_ALLOCATE_DEFAULT) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Flags, $"there are no allocation flags 0x{(ulong)flags:x}");
        *address = (void*)simulator.Allocations.Allocate(size);
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_deallocate(void* address, nuint size) => Call(nameof(hv_vm_deallocate), simulator =>
    {
        ulong host = (ulong)address;
        if (simulator.Vm?.Memory.Mappings.FirstOrDefault(mapping => mapping.Host < host + size && host < mapping.Host + mapping.Size) is { } mapped)
            throw new Refusal(HV_ERROR, SimulatorRule.HostBacking, $"host memory 0x{host:x} is mapped at 0x{mapped.Ipa:x}");
        simulator.Allocations.Free((nint)address, size);
    });

    [UnmanagedCallersOnly]
    private static nint hv_vm_config_create() => Create(nameof(hv_vm_config_create), simulator => new VmConfig(simulator.Geometry.DefaultIpaBits));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_max_ipa_size(uint* bits) => Call(nameof(hv_vm_config_get_max_ipa_size), simulator => *bits = simulator.Geometry.MaxIpaBits);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_default_ipa_size(uint* bits) => Call(nameof(hv_vm_config_get_default_ipa_size), simulator => *bits = simulator.Geometry.DefaultIpaBits);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_set_ipa_size(nint config, uint bits) => Call(nameof(hv_vm_config_set_ipa_size), simulator =>
    {
        VmConfig settings = simulator.Objects.Get<VmConfig>(config);
        if (bits == 0 || bits > simulator.Geometry.MaxIpaBits) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.AddressSpace, $"addresses have at most {simulator.Geometry.MaxIpaBits} bits, not {bits}");
        settings.IpaBits = bits;
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_ipa_size(nint config, uint* bits) =>
        Call(nameof(hv_vm_config_get_ipa_size), simulator => *bits = simulator.Objects.Get<VmConfig>(config).IpaBits);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_el2_supported(byte* supported) => Call(nameof(hv_vm_config_get_el2_supported), _ => *supported = 0);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_el2_enabled(nint config, byte* enabled) => Call(nameof(hv_vm_config_get_el2_enabled), simulator =>
    {
        simulator.Objects.Get<VmConfig>(config);
        *enabled = 0;
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_set_el2_enabled(nint config, uint enabled) => Call(nameof(hv_vm_config_set_el2_enabled), simulator =>
    {
        simulator.Objects.Get<VmConfig>(config);
        if (Bool(enabled)) throw new Refusal(HV_UNSUPPORTED, null, "the simulated processor gives guests no EL2");
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_default_ipa_granule(hv_ipa_granule_t* granule) =>
        Call(nameof(hv_vm_config_get_default_ipa_granule), _ => *granule = hv_ipa_granule_t.HV_IPA_GRANULE_16KB);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_get_ipa_granule(nint config, hv_ipa_granule_t* granule) =>
        Call(nameof(hv_vm_config_get_ipa_granule), simulator => *granule = simulator.Objects.Get<VmConfig>(config).Granule);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vm_config_set_ipa_granule(nint config, hv_ipa_granule_t granule) => Call(nameof(hv_vm_config_set_ipa_granule), simulator =>
    {
        VmConfig settings = simulator.Objects.Get<VmConfig>(config);
        settings.Granule = Enum.IsDefined(granule) ? granule : throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.Flags, $"there is no granule {(uint)granule}");
    });

    [UnmanagedCallersOnly]
    private static ulong mach_absolute_time() => HypervisorSimulator.Now;

    [UnmanagedCallersOnly]
    private static int mach_timebase_info(mach_timebase_info_t* info)
    {
        *info = new mach_timebase_info_t { numer = Numerator, denom = Denominator };
        return 0;
    }

    [UnmanagedCallersOnly]
    private static void os_release(void* item) => Call(nameof(os_release), simulator => simulator.Objects.Release((nint)item));

    [UnmanagedCallersOnly]
    private static void sys_icache_invalidate(void* start, nuint size) => Call(nameof(sys_icache_invalidate), simulator => simulator.Vm?.InvalidateCode((ulong)start, size));

    /// <summary>kern.hv_support is the only name that is asked for.</summary>
    [UnmanagedCallersOnly]
    private static int sysctlbyname(byte* name, void* value, nuint* length, void* newValue, nuint newLength)
    {
        if (Marshal.PtrToStringUTF8((nint)name) != "kern.hv_support" || value == null || length == null || *length < sizeof(int)) return -1;
        *(int*)value = 1;
        *length = sizeof(int);
        return 0;
    }
}
