namespace Supermachine.Engine.Hvf;

/// <summary>Asks the framework what it can do. Nothing of the GIC's geometry is assumed.</summary>
internal static unsafe class HvfCapabilities
{
    /// <summary>Pages of stage 2.</summary>
    public const ulong Granule = 0x4000;

    // Aff0 is the vCPU's index, and an SGI reaches 16 of them without the optional range selector.
    private const uint MostVcpus = 16;

    // INTIDs that the base system architecture (BSA 1.0, 3.8) gives to the timers that the framework does not name.
    private const uint SecurePhysicalTimer = 29, HypervisorTimer = 26;

    private delegate hv_return_t Getter<T>(T* value)
        where T : unmanaged;

    public static EngineCapabilities Ask(HvApi api, string name) => new(
        name,
        (int)Get<uint>(v => api.hv_vm_config_get_max_ipa_size(v), nameof(api.hv_vm_config_get_max_ipa_size)),
        (int)Math.Min(Get<uint>(v => api.hv_vm_get_max_vcpu_count(v), nameof(api.hv_vm_get_max_vcpu_count)), MostVcpus),
        Granule,
        AskGeometry(api),
        CanCaptureVcpu: true);

    /// <summary>The INTIDs of the timers.</summary>
    public static TimerInterrupts AskTimers(HvApi api) => new(
        SecurePhysicalTimer,
        Intid(api, hv_gic_intid_t.HV_GIC_INT_EL1_PHYSICAL_TIMER),
        Intid(api, hv_gic_intid_t.HV_GIC_INT_EL1_VIRTUAL_TIMER),
        HypervisorTimer);

    // The headers do not say whether the geometry can be asked for before there is a VM: where it cannot, one is made for the question.
    private static InterruptControllerGeometry AskGeometry(HvApi api)
    {
        nuint size;
        if (api.hv_gic_get_distributor_size(&size) == HV_SUCCESS) return Geometry(api);
        HvException.Check(api.hv_vm_create(0), nameof(api.hv_vm_create));
        try
        {
            return Geometry(api);
        }
        finally
        {
            _ = api.hv_vm_destroy();
        }
    }

    private static InterruptControllerGeometry Geometry(HvApi api)
    {
        uint first, count;
        HvException.Check(api.hv_gic_get_spi_interrupt_range(&first, &count), nameof(api.hv_gic_get_spi_interrupt_range));
        nuint distributor = Get<nuint>(v => api.hv_gic_get_distributor_base_alignment(v), nameof(api.hv_gic_get_distributor_base_alignment));
        nuint redistributor = Get<nuint>(v => api.hv_gic_get_redistributor_base_alignment(v), nameof(api.hv_gic_get_redistributor_base_alignment));
        return new InterruptControllerGeometry(
            Get<nuint>(v => api.hv_gic_get_distributor_size(v), nameof(api.hv_gic_get_distributor_size)),
            Get<nuint>(v => api.hv_gic_get_redistributor_region_size(v), nameof(api.hv_gic_get_redistributor_region_size)),
            Get<nuint>(v => api.hv_gic_get_redistributor_size(v), nameof(api.hv_gic_get_redistributor_size)),
            Math.Max(distributor, redistributor),
            first,
            count);
    }

    private static uint Intid(HvApi api, hv_gic_intid_t interrupt) =>
        Get<uint>(v => api.hv_gic_get_intid(interrupt, v), $"{nameof(api.hv_gic_get_intid)}({interrupt})");

    private static T Get<T>(Getter<T> getter, string call)
        where T : unmanaged
    {
        T value;
        HvException.Check(getter(&value), call);
        return value;
    }
}
