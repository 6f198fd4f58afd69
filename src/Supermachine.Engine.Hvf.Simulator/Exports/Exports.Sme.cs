using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>SME, which the simulated processor lacks as Apple's M1 to M3 do.</content>
internal static unsafe partial class Exports
{
    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sme_state(ulong vcpu, hv_vcpu_sme_state_t* state) => WithoutSme(nameof(hv_vcpu_get_sme_state), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sme_state(ulong vcpu, hv_vcpu_sme_state_t* state) => WithoutSme(nameof(hv_vcpu_set_sme_state), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sme_z_reg(ulong vcpu, hv_sme_z_reg_t register, byte* value, nuint length) => WithoutSme(nameof(hv_vcpu_get_sme_z_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sme_z_reg(ulong vcpu, hv_sme_z_reg_t register, byte* value, nuint length) => WithoutSme(nameof(hv_vcpu_set_sme_z_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sme_p_reg(ulong vcpu, hv_sme_p_reg_t register, byte* value, nuint length) => WithoutSme(nameof(hv_vcpu_get_sme_p_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sme_p_reg(ulong vcpu, hv_sme_p_reg_t register, byte* value, nuint length) => WithoutSme(nameof(hv_vcpu_set_sme_p_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sme_za_reg(ulong vcpu, byte* value, nuint length) => WithoutSme(nameof(hv_vcpu_get_sme_za_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sme_za_reg(ulong vcpu, byte* value, nuint length) => WithoutSme(nameof(hv_vcpu_set_sme_za_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_get_sme_zt0_reg(ulong vcpu, hv_sme_zt0_uchar64_t* value) => WithoutSme(nameof(hv_vcpu_get_sme_zt0_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_vcpu_set_sme_zt0_reg(ulong vcpu, hv_sme_zt0_uchar64_t* value) => WithoutSme(nameof(hv_vcpu_set_sme_zt0_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_sme_config_get_max_svl_bytes(nuint* bytes) => HV_UNSUPPORTED;

    private static hv_return_t WithoutSme(string name, ulong vcpu) => Own(name, vcpu, _ => throw new Refusal(HV_UNSUPPORTED, null, "there is no SME"));
}
