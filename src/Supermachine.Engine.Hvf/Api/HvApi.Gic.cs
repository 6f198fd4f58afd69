using hv_gic_config_t = System.IntPtr;
using hv_gic_state_t = System.IntPtr;
using hv_ipa_t = System.UInt64;
using hv_vcpu_t = System.UInt64;

namespace Supermachine.Engine.Hvf;

/// <content>The interrupt controller inside the framework.</content>
internal sealed unsafe partial class HvApi
{
    // hv_gic_parameters.h
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_distributor_size;
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_distributor_base_alignment;
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_redistributor_region_size;
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_redistributor_size;
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_redistributor_base_alignment;
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_msi_region_size;
    public delegate* unmanaged<nuint*, hv_return_t> hv_gic_get_msi_region_base_alignment;
    public delegate* unmanaged<uint*, uint*, hv_return_t> hv_gic_get_spi_interrupt_range;
    public delegate* unmanaged<hv_gic_intid_t, uint*, hv_return_t> hv_gic_get_intid;

    // hv_gic_config.h
    public delegate* unmanaged<hv_gic_config_t> hv_gic_config_create;
    public delegate* unmanaged<hv_gic_config_t, hv_ipa_t, hv_return_t> hv_gic_config_set_distributor_base;
    public delegate* unmanaged<hv_gic_config_t, hv_ipa_t, hv_return_t> hv_gic_config_set_redistributor_base;
    public delegate* unmanaged<hv_gic_config_t, hv_ipa_t, hv_return_t> hv_gic_config_set_msi_region_base;
    public delegate* unmanaged<hv_gic_config_t, uint, uint, hv_return_t> hv_gic_config_set_msi_interrupt_range;

    // hv_gic.h
    public delegate* unmanaged<hv_gic_config_t, hv_return_t> hv_gic_create;
    public delegate* unmanaged<hv_return_t> hv_gic_reset;
    public delegate* unmanaged<uint, byte, hv_return_t> hv_gic_set_spi;
    public delegate* unmanaged<hv_ipa_t, uint, hv_return_t> hv_gic_send_msi;
    public delegate* unmanaged<hv_gic_distributor_reg_t, ulong*, hv_return_t> hv_gic_get_distributor_reg;
    public delegate* unmanaged<hv_gic_distributor_reg_t, ulong, hv_return_t> hv_gic_set_distributor_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_ipa_t*, hv_return_t> hv_gic_get_redistributor_base;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_redistributor_reg_t, ulong*, hv_return_t> hv_gic_get_redistributor_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_redistributor_reg_t, ulong, hv_return_t> hv_gic_set_redistributor_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_icc_reg_t, ulong*, hv_return_t> hv_gic_get_icc_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_icc_reg_t, ulong, hv_return_t> hv_gic_set_icc_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_ich_reg_t, ulong*, hv_return_t> hv_gic_get_ich_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_ich_reg_t, ulong, hv_return_t> hv_gic_set_ich_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_icv_reg_t, ulong*, hv_return_t> hv_gic_get_icv_reg;
    public delegate* unmanaged<hv_vcpu_t, hv_gic_icv_reg_t, ulong, hv_return_t> hv_gic_set_icv_reg;
    public delegate* unmanaged<hv_gic_msi_reg_t, ulong*, hv_return_t> hv_gic_get_msi_reg;
    public delegate* unmanaged<hv_gic_msi_reg_t, ulong, hv_return_t> hv_gic_set_msi_reg;

    // hv_gic_state.h
    public delegate* unmanaged<hv_gic_state_t> hv_gic_state_create;
    public delegate* unmanaged<hv_gic_state_t, nuint*, hv_return_t> hv_gic_state_get_size;
    public delegate* unmanaged<hv_gic_state_t, void*, hv_return_t> hv_gic_state_get_data;
    public delegate* unmanaged<void*, nuint, hv_return_t> hv_gic_set_state;
}
