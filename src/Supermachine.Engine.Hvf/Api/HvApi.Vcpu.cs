using hv_vcpu_config_t = System.IntPtr;
using hv_vcpu_t = System.UInt64;

namespace Supermachine.Engine.Hvf;

/// <content>vCPUs. All calls but hv_vcpus_exit belong to the thread that created the vCPU.</content>
internal sealed unsafe partial class HvApi
{
    // hv_vcpu.h
    public delegate* unmanaged<hv_vcpu_t*, hv_vcpu_exit_t**, hv_vcpu_config_t, hv_return_t> hv_vcpu_create;
    public delegate* unmanaged<hv_vcpu_t, hv_return_t> hv_vcpu_destroy;
    public delegate* unmanaged<hv_vcpu_t, hv_return_t> hv_vcpu_run;
    public delegate* unmanaged<hv_vcpu_t*, uint, hv_return_t> hv_vcpus_exit;
    public delegate* unmanaged<hv_vcpu_t, hv_reg_t, ulong*, hv_return_t> hv_vcpu_get_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_reg_t, ulong, hv_return_t> hv_vcpu_set_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_simd_fp_reg_t, hv_simd_fp_uchar16_t*, hv_return_t> hv_vcpu_get_simd_fp_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_simd_fp_reg_t, hv_simd_fp_uchar16_t, hv_return_t> hv_vcpu_set_simd_fp_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_sys_reg_t, ulong*, hv_return_t> hv_vcpu_get_sys_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_sys_reg_t, ulong, hv_return_t> hv_vcpu_set_sys_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_interrupt_type_t, byte*, hv_return_t> hv_vcpu_get_pending_interrupt;
    public delegate* unmanaged<hv_vcpu_t, hv_interrupt_type_t, byte, hv_return_t> hv_vcpu_set_pending_interrupt;
    public delegate* unmanaged<hv_vcpu_t, byte*, hv_return_t> hv_vcpu_get_trap_debug_exceptions;
    public delegate* unmanaged<hv_vcpu_t, byte, hv_return_t> hv_vcpu_set_trap_debug_exceptions;
    public delegate* unmanaged<hv_vcpu_t, byte*, hv_return_t> hv_vcpu_get_trap_debug_reg_accesses;
    public delegate* unmanaged<hv_vcpu_t, byte, hv_return_t> hv_vcpu_set_trap_debug_reg_accesses;
    public delegate* unmanaged<hv_vcpu_t, byte*, hv_return_t> hv_vcpu_get_vtimer_mask;
    public delegate* unmanaged<hv_vcpu_t, byte, hv_return_t> hv_vcpu_set_vtimer_mask;
    public delegate* unmanaged<hv_vcpu_t, ulong*, hv_return_t> hv_vcpu_get_vtimer_offset;
    public delegate* unmanaged<hv_vcpu_t, ulong, hv_return_t> hv_vcpu_set_vtimer_offset;
    public delegate* unmanaged<hv_vcpu_t, ulong*, hv_return_t> hv_vcpu_get_exec_time;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_vcpu_sme_state_t*, hv_return_t> hv_vcpu_get_sme_state;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_vcpu_sme_state_t*, hv_return_t> hv_vcpu_set_sme_state;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_sme_z_reg_t, byte*, nuint, hv_return_t> hv_vcpu_get_sme_z_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_sme_z_reg_t, byte*, nuint, hv_return_t> hv_vcpu_set_sme_z_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_sme_p_reg_t, byte*, nuint, hv_return_t> hv_vcpu_get_sme_p_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_sme_p_reg_t, byte*, nuint, hv_return_t> hv_vcpu_set_sme_p_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, byte*, nuint, hv_return_t> hv_vcpu_get_sme_za_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, byte*, nuint, hv_return_t> hv_vcpu_set_sme_za_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_sme_zt0_uchar64_t*, hv_return_t> hv_vcpu_get_sme_zt0_reg;
    [MacOS(15, 2)] public delegate* unmanaged<hv_vcpu_t, hv_sme_zt0_uchar64_t*, hv_return_t> hv_vcpu_set_sme_zt0_reg;

    // hv_vcpu_config.h
    public delegate* unmanaged<hv_vcpu_config_t> hv_vcpu_config_create;
    public delegate* unmanaged<hv_vcpu_config_t, hv_feature_reg_t, ulong*, hv_return_t> hv_vcpu_config_get_feature_reg;
    public delegate* unmanaged<hv_vcpu_config_t, hv_cache_type_t, ulong*, hv_return_t> hv_vcpu_config_get_ccsidr_el1_sys_reg_values;
    [MacOS(15, 2)] public delegate* unmanaged<nuint*, hv_return_t> hv_sme_config_get_max_svl_bytes;
}
