using hv_ipa_t = System.UInt64;
using hv_vm_config_t = System.IntPtr;

namespace Supermachine.Engine.Hvf;

/// <content>The VM: there is one per process, so no call names it.</content>
internal sealed unsafe partial class HvApi
{
    // hv_vm.h
    public delegate* unmanaged<uint*, hv_return_t> hv_vm_get_max_vcpu_count;
    public delegate* unmanaged<hv_vm_config_t, hv_return_t> hv_vm_create;
    public delegate* unmanaged<hv_return_t> hv_vm_destroy;
    public delegate* unmanaged<void*, hv_ipa_t, nuint, hv_memory_flags_t, hv_return_t> hv_vm_map;
    public delegate* unmanaged<hv_ipa_t, nuint, hv_return_t> hv_vm_unmap;
    public delegate* unmanaged<hv_ipa_t, nuint, hv_memory_flags_t, hv_return_t> hv_vm_protect;

    // hv_vm_allocate.h
    public delegate* unmanaged<void**, nuint, hv_allocate_flags_t, hv_return_t> hv_vm_allocate;
    public delegate* unmanaged<void*, nuint, hv_return_t> hv_vm_deallocate;

    // hv_vm_config.h
    public delegate* unmanaged<hv_vm_config_t> hv_vm_config_create;
    public delegate* unmanaged<uint*, hv_return_t> hv_vm_config_get_max_ipa_size;
    public delegate* unmanaged<uint*, hv_return_t> hv_vm_config_get_default_ipa_size;
    public delegate* unmanaged<hv_vm_config_t, uint, hv_return_t> hv_vm_config_set_ipa_size;
    public delegate* unmanaged<hv_vm_config_t, uint*, hv_return_t> hv_vm_config_get_ipa_size;
    public delegate* unmanaged<byte*, hv_return_t> hv_vm_config_get_el2_supported;
    public delegate* unmanaged<hv_vm_config_t, byte*, hv_return_t> hv_vm_config_get_el2_enabled;
    public delegate* unmanaged<hv_vm_config_t, byte, hv_return_t> hv_vm_config_set_el2_enabled;
    [MacOS(26, 0)] public delegate* unmanaged<hv_ipa_granule_t*, hv_return_t> hv_vm_config_get_default_ipa_granule;
    [MacOS(26, 0)] public delegate* unmanaged<hv_vm_config_t, hv_ipa_granule_t*, hv_return_t> hv_vm_config_get_ipa_granule;
    [MacOS(26, 0)] public delegate* unmanaged<hv_vm_config_t, hv_ipa_granule_t, hv_return_t> hv_vm_config_set_ipa_granule;
}
