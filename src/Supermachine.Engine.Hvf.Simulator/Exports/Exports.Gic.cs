using System.Runtime.InteropServices;
using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>The GIC.</content>
internal static unsafe partial class Exports
{
    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_distributor_size(nuint* size) => Call(nameof(hv_gic_get_distributor_size), _ => *size = (nuint)GicV3.DistributorSize);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_distributor_base_alignment(nuint* alignment) =>
        Call(nameof(hv_gic_get_distributor_base_alignment), simulator => *alignment = (nuint)simulator.Geometry.DistributorAlignment);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_region_size(nuint* size) =>
        Call(nameof(hv_gic_get_redistributor_region_size), simulator => *size = (nuint)simulator.Geometry.RedistributorRegionSize);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_size(nuint* size) => Call(nameof(hv_gic_get_redistributor_size), _ => *size = (nuint)Redistributor.Size);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_base_alignment(nuint* alignment) =>
        Call(nameof(hv_gic_get_redistributor_base_alignment), simulator => *alignment = (nuint)simulator.Geometry.RedistributorAlignment);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_msi_region_size(nuint* size) =>
        Call(nameof(hv_gic_get_msi_region_size), simulator => *size = (nuint)simulator.Geometry.MsiRegionSize);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_msi_region_base_alignment(nuint* alignment) =>
        Call(nameof(hv_gic_get_msi_region_base_alignment), simulator => *alignment = (nuint)simulator.Geometry.MsiAlignment);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_spi_interrupt_range(uint* first, uint* count) => Call(nameof(hv_gic_get_spi_interrupt_range), simulator =>
    {
        *first = simulator.Geometry.SpiBase;
        *count = simulator.Geometry.SpiCount;
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_intid(uint which, uint* intid) => Call(nameof(hv_gic_get_intid), _ =>
    {
        hv_gic_intid_t interrupt = (hv_gic_intid_t)Narrow(which);
        if (!Enum.IsDefined(interrupt)) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicRegisters, $"there is no reserved interrupt {which}");
        *intid = which;
    });

    [UnmanagedCallersOnly]
    private static nint hv_gic_config_create() => Create(nameof(hv_gic_config_create), simulator =>
    {
        simulator.RequireVm();
        return new GicConfig();
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_config_set_distributor_base(nint config, ulong ipa) =>
        Call(nameof(hv_gic_config_set_distributor_base), simulator => simulator.Objects.Get<GicConfig>(config).DistributorBase = ipa);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_config_set_redistributor_base(nint config, ulong ipa) =>
        Call(nameof(hv_gic_config_set_redistributor_base), simulator => simulator.Objects.Get<GicConfig>(config).RedistributorBase = ipa);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_config_set_msi_region_base(nint config, ulong ipa) =>
        Call(nameof(hv_gic_config_set_msi_region_base), simulator => simulator.Objects.Get<GicConfig>(config).MsiBase = ipa);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_config_set_msi_interrupt_range(nint config, uint first, uint count) => Call(nameof(hv_gic_config_set_msi_interrupt_range), simulator =>
    {
        Geometry geometry = simulator.Geometry;
        GicConfig settings = simulator.Objects.Get<GicConfig>(config);
        if (first < geometry.SpiBase || count == 0 || (ulong)first + count > geometry.SpiBase + geometry.SpiCount)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.SharedInterrupts, $"the MSI range {first}+{count} lies outside the SPIs {geometry.SpiBase}+{geometry.SpiCount}");
        settings.MsiRange = (first, count);
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_create(nint config) => Call(nameof(hv_gic_create), simulator =>
        simulator.RequireVm().CreateGic(simulator.Objects.Get<GicConfig>(config)));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_reset() => Call(nameof(hv_gic_reset), simulator => Gic(simulator).Reset());

#pragma warning disable CA1031 // As in Exports.Call; these two are called often, by devices.
    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_spi(uint intid, uint level)
    {
        try
        {
            Gic(Simulator).SetSpi(intid, Bool(level));
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_gic_set_spi), exception);
        }
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_send_msi(ulong address, uint intid)
    {
        try
        {
            Gic(Simulator).SendMsi(address, intid);
            return HV_SUCCESS;
        }
        catch (Exception exception)
        {
            return HypervisorSimulator.Fail(nameof(hv_gic_send_msi), exception);
        }
    }
#pragma warning restore CA1031

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_distributor_reg(uint register, ulong* value) =>
        Call(nameof(hv_gic_get_distributor_reg), simulator => *value = Gic(simulator).ReadDistributor(Narrow(register)));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_distributor_reg(uint register, ulong value) =>
        Call(nameof(hv_gic_set_distributor_reg), simulator => Gic(simulator).WriteDistributor(Narrow(register), value));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_base(ulong vcpu, ulong* ipa) =>
        Own(nameof(hv_gic_get_redistributor_base), vcpu, own => *ipa = Gic(Simulator).RedistributorBaseOf(own), SimulatorRule.CallsFromOtherThreads);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_reg(ulong vcpu, uint register, ulong* value) =>
        Own(nameof(hv_gic_get_redistributor_reg), vcpu, own => *value = Gic(Simulator).ReadRedistributor(own, register), SimulatorRule.CallsFromOtherThreads);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_redistributor_reg(ulong vcpu, uint register, ulong value) =>
        Own(nameof(hv_gic_set_redistributor_reg), vcpu, own => Gic(Simulator).WriteRedistributor(own, register, value), SimulatorRule.CallsFromOtherThreads);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_icc_reg(ulong vcpu, uint register, ulong* value) =>
        Own(nameof(hv_gic_get_icc_reg), vcpu, own => *value = Gic(Simulator).ReadInterface(own, Narrow(register)), SimulatorRule.CallsFromOtherThreads);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_icc_reg(ulong vcpu, uint register, ulong value) =>
        Own(nameof(hv_gic_set_icc_reg), vcpu, own => Gic(Simulator).WriteInterface(own, Narrow(register), value), SimulatorRule.CallsFromOtherThreads);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_ich_reg(ulong vcpu, uint register, ulong* value) => WithoutEl2(nameof(hv_gic_get_ich_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_ich_reg(ulong vcpu, uint register, ulong value) => WithoutEl2(nameof(hv_gic_set_ich_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_icv_reg(ulong vcpu, uint register, ulong* value) => WithoutEl2(nameof(hv_gic_get_icv_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_icv_reg(ulong vcpu, uint register, ulong value) => WithoutEl2(nameof(hv_gic_set_icv_reg), vcpu);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_msi_reg(uint register, ulong* value) =>
        Call(nameof(hv_gic_get_msi_reg), simulator => *value = Gic(simulator).ReadMsi(Narrow(register)));

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_msi_reg(uint register, ulong value) =>
        Call(nameof(hv_gic_set_msi_reg), simulator => Gic(simulator).WriteMsi(Narrow(register), value));

    [UnmanagedCallersOnly]
    private static nint hv_gic_state_create() => Create(nameof(hv_gic_state_create), simulator =>
        simulator.RequireVm().Gic?.Save() is { } data ? new GicStateObject(data) : null);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_state_get_size(nint state, nuint* size) =>
        Call(nameof(hv_gic_state_get_size), simulator => *size = (nuint)simulator.Objects.Get<GicStateObject>(state).Data.Length);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_state_get_data(nint state, void* data) => Call(nameof(hv_gic_state_get_data), simulator =>
    {
        byte[] bytes = simulator.Objects.Get<GicStateObject>(state).Data;
        bytes.CopyTo(new Span<byte>(data, bytes.Length));
    });

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_state(void* data, nuint size) => Call(nameof(hv_gic_set_state), simulator =>
    {
        if (data == null || size > int.MaxValue) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicRestore, $"no state of the GIC has {size} bytes");
        Gic(simulator).Restore(new ReadOnlySpan<byte>(data, (int)size));
    });

    private static hv_return_t WithoutEl2(string name, ulong vcpu) =>
        Own(name, vcpu, _ => throw new Refusal(HV_UNSUPPORTED, SimulatorRule.SystemRegisters, "a VM without EL2 has no virtual CPU interface"));
}
