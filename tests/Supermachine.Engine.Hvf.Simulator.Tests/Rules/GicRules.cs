namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>The GIC: rules 24 to 31.</summary>
public sealed unsafe class GicRules
{
    private const uint Spi = 40;

    [Fact]
    public void Rule24_GicOrder()
    {
        using (Rig none = new(vm: false))
        {
            Assert.Equal(0, none.Api.hv_gic_config_create());
            Assert.Equal([SimulatorRule.OneVmPerProcess], none.Broken);
        }

        using Rig rig = new(gic: false);
        rig.Refused(SimulatorRule.GicOrder, HV_BAD_ARGUMENT, () => rig.CreateGic(distributor: Rig.Distributor + 0x1000));
        rig.Refused(SimulatorRule.Overlap, HV_BAD_ARGUMENT, () => rig.CreateGic(redistributors: Rig.Ram - 0x1_0000));
        rig.Refused(SimulatorRule.GicOrder, HV_BAD_ARGUMENT, () => rig.CreateGic(redistributors: 1ul << 36));
    }

    [Fact]
    public void Rule24_GicOrder_once_and_before_vCPUs()
    {
        using Rig rig = new();
        rig.Refused(SimulatorRule.GicOrder, HV_ERROR, () => rig.CreateGic(0x2000_0000, 0x2400_0000));
        rig.Dispose();
        using Rig late = new(gic: false);
        late.Vcpu(A64.HVC0);
        late.Refused(SimulatorRule.GicOrder, HV_ERROR, () => late.CreateGic());
    }

    [Fact]
    public void Rule24_GicOrder_half_of_MSI_is_none()
    {
        using Rig rig = new(gic: false);
        Rig.Ok(rig.CreateGic(configure: config => Rig.Ok(rig.Api.hv_gic_config_set_msi_region_base(config, 0x0C00_0000))));
        rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_send_msi(0x0C00_0040, 100));
    }

    [Fact]
    public void Rule25_GicGeometry()
    {
        Assert.Equal((0x1_0000, 0x1_0000, 0x200_0000, 0x2_0000, 0x1_0000, 32, 988), Geometry(new SimulatorOptions()));
        HashSet<(int, int, int, int, int, int, int)> seen = [];
        for (int seed = 0; seed < 8; seed++) seen.Add(Geometry(new SimulatorOptions { VariedGeometry = true, Seed = seed }));
        Assert.True(seen.Count > 4); // who has written them down is wrong soon
    }

    [Fact]
    public void Rule26_SharedInterrupts()
    {
        using Rig rig = new(gic: false);
        Rig.Ok(rig.CreateGic(configure: config =>
        {
            rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_config_set_msi_interrupt_range(config, 1000, 100));
            Rig.Ok(rig.Api.hv_gic_config_set_msi_region_base(config, 0x0C00_0000));
            Rig.Ok(rig.Api.hv_gic_config_set_msi_interrupt_range(config, 960, 60));
        }));
        rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_set_spi(31, 1));
        rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_set_spi(1020, 1));
        rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_set_spi(960, 1));
        rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_send_msi(0x0C00_0000, 960));
        rig.Refused(SimulatorRule.SharedInterrupts, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_send_msi(0x0C00_0040, 959));
        SetDistributor(rig, 0xC00 + 4 * (960 / 16), 2); // ICFGR: INTID 960 is an edge
        Rig.Ok(rig.Api.hv_gic_send_msi(0x0C00_0040, 960));
        Assert.Equal(1ul, GetDistributor(rig, 0x200 + 4 * (960 / 32)));

        // An edge falls without a trace, a level does not stay.
        SetDistributor(rig, 0xC08, 2 << 2 * (int)(Spi - 32));
        Rig.Ok(rig.Api.hv_gic_set_spi(Spi, 0));
        Assert.Equal(0ul, GetDistributor(rig, 0x204) >> (int)(Spi - 32) & 1);
        Rig.Ok(rig.Api.hv_gic_set_spi(Spi, 1));
        Assert.Equal(1ul, GetDistributor(rig, 0x204) >> (int)(Spi - 32) & 1);
        Rig.Ok(rig.Api.hv_gic_set_spi(Spi + 1, 1));
        Rig.Ok(rig.Api.hv_gic_set_spi(Spi + 1, 0));
        Assert.Equal(0ul, GetDistributor(rig, 0x204) >> (int)(Spi + 1 - 32) & 1);
    }

    [Fact]
    public void Rule27_Affinity()
    {
        using Rig rig = new();
        using TestVcpu vcpu = new(rig, 0, start: false);
        ulong ipa;
        rig.Refused(SimulatorRule.Affinity, HV_ERROR, () =>
        {
            ulong ignored;
            return rig.Api.hv_gic_get_redistributor_base(vcpu.Id, &ignored);
        });
        rig.Refused(SimulatorRule.Affinity, HV_ERROR, () => rig.Api.hv_gic_set_redistributor_reg(vcpu.Id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0, 1));
        rig.Refused(SimulatorRule.Affinity, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
        vcpu[HV_SYS_REG_MPIDR_EL1] = 0x8000_0003;
        Rig.Ok(rig.Api.hv_gic_get_redistributor_base(vcpu.Id, &ipa));
        Assert.Equal(Rig.Redistributors + 3 * 0x2_0000, ipa);
        using ManualResetEventSlim exists = new(), done = new();
        Companion twin = Companion.Start(() =>
        {
            using TestVcpu same = new(rig, 3);
            exists.Set();
            done.Wait();
        });
        exists.Wait();
        rig.Refused(SimulatorRule.Affinity, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
        vcpu[HV_SYS_REG_MPIDR_EL1] = 0x8000_0000;
        *(uint*)rig.Memory = A64.HVC0;
        vcpu[HV_REG_CPSR] = 0x3C5;
        vcpu[HV_REG_PC] = Rig.Ram;
        Assert.Equal(0x16u, vcpu.RunToException());
        rig.Refused(SimulatorRule.Affinity, HV_ERROR, () => rig.Api.hv_vcpu_set_sys_reg(vcpu.Id, HV_SYS_REG_MPIDR_EL1, 0x8000_0001));
        done.Set();
        twin.Join();
    }

    [Fact]
    public void Rule28_GicRegisters()
    {
        using Rig rig = new();
        ulong id = rig.Vcpu(A64.HVC0).Id;
        foreach (uint unknown in (uint[])[0x8, 0xC, 0x40, 0xD00, 0x7FC, 0x6000, 0x6104, 0x81])
            Assert.Equal(HV_BAD_ARGUMENT, rig.Api.hv_gic_set_distributor_reg((hv_gic_distributor_reg_t)unknown, 0));
        foreach (uint unknown in (uint[])[0x0, 0x14, 0x70, 0x78, 0x1_0D00, 0x1_0420, 0x1_0084])
            Assert.Equal(HV_BAD_ARGUMENT, rig.Api.hv_gic_set_redistributor_reg(id, (hv_gic_redistributor_reg_t)unknown, 0));
        rig.Refused(SimulatorRule.GicRegisters, HV_BAD_ARGUMENT, () => rig.Api.hv_gic_set_distributor_reg((hv_gic_distributor_reg_t)0x104, 1ul << 32));
        SetDistributor(rig, 0x6000 + 8 * Spi, 1ul << 32 | 1);
        Assert.Equal(1ul << 32 | 1, GetDistributor(rig, 0x6000 + 8 * Spi));
    }

    [Fact]
    public void Rule29_GicStateAndObjects()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.Loop);
        Companion onlooker = Companion.Start(() =>
        {
            SpinWait.SpinUntil(() => rig.Simulator.Vm!.Find(vcpu.Id).IsRunning);
            Assert.Equal(0, rig.Api.hv_gic_state_create());
            ulong id = vcpu.Id;
            Rig.Ok(rig.Api.hv_vcpus_exit(&id, 1));
        });
        vcpu.Run();
        onlooker.Join();
        nint state = rig.Api.hv_gic_state_create();
        Assert.NotEqual(0, state);
        rig.Api.os_release((void*)state);
        Assert.Empty(rig.Broken);
        rig.Api.os_release((void*)state);
        Assert.Equal([SimulatorRule.GicStateAndObjects], rig.Broken);
        _ = rig.Api.hv_vm_config_create(); // never released
        rig.Dispose();
        Assert.Contains("VmConfig was not released", rig.Simulator.Violations[^1].Message, StringComparison.Ordinal);

        using Rig without = new(gic: false);
        Assert.Equal(0, without.Api.hv_gic_state_create());
        Assert.Empty(without.Broken);
    }

    [Fact]
    public void Rule30_GicRestore()
    {
        byte[] blob;
        using (Rig saved = new())
        {
            ulong id = saved.Vcpu(A64.HVC0).Id;
            Enable(saved, id);
            blob = Capture(saved);
        }

        using (Rig early = new())
        {
            Assert.Equal(HV_SUCCESS, Restore(early, blob));
            Assert.Equal([SimulatorRule.GicRestore], early.Broken);
            ulong id = early.Vcpu(A64.HVC0).Id;
            Assert.Equal(0ul, GetRedistributor(early, id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0) & 1ul << 27);
        }

        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0);
        rig.Refused(SimulatorRule.GicRestore, HV_BAD_ARGUMENT, () => Restore(rig, blob[..^1]));
        rig.Refused(SimulatorRule.GicRestore, HV_BAD_ARGUMENT, () => Restore(rig, []));
        SetInterface(rig, vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_PMR_EL1, 0xF0);
        Rig.Ok(Restore(rig, blob));
        Assert.Equal(1ul << 27, GetRedistributor(rig, vcpu.Id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0) & 1ul << 27);
        Assert.Equal(1ul << (int)(Spi - 32), GetDistributor(rig, 0x104));
        Assert.Equal(0ul, GetInterface(rig, vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_PMR_EL1)); // comes after, or is lost
        vcpu.RunToException();
        rig.Refused(SimulatorRule.GicRestore, HV_ERROR, () => Restore(rig, blob));
    }

    [Fact]
    public void Rule30_GicRestore_of_another_machine()
    {
        byte[] blob;
        using (Rig saved = new())
        {
            saved.Vcpu(A64.HVC0);
            blob = Capture(saved);
        }

        using Rig rig = new(gic: false);
        Rig.Ok(rig.CreateGic(distributor: Rig.Distributor + 0x2_0000));
        rig.Vcpu(A64.HVC0);
        rig.Refused(SimulatorRule.GicRestore, HV_ERROR, () => Restore(rig, blob));
    }

    public static TheoryData<string> Conditions => ["none", "CTLR", "group", "enable", "route", "PMR", "IGRPEN1", "PSTATE.I"];

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Rule31_Routing(string missing)
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.NOP, A64.HVC0);
        ((uint*)rig.Memory)[0x1280 / 4] = A64.HVC1;
        vcpu[HV_SYS_REG_VBAR_EL1] = Rig.Ram + 0x1000;
        Enable(rig, vcpu.Id);
        switch (missing)
        {
            case "CTLR": SetDistributor(rig, 0, 0); break;
            case "group": SetDistributor(rig, 0x84, 0); break;
            case "enable": SetDistributor(rig, 0x184, uint.MaxValue); break;
            case "route": SetDistributor(rig, 0x6000 + 8 * Spi, 1); break;
            case "PMR": SetInterface(rig, vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_PMR_EL1, 0); break;
            case "IGRPEN1": SetInterface(rig, vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_IGRPEN1_EL1, 0); break;
        }

        vcpu[HV_REG_CPSR] = missing == "PSTATE.I" ? 0x3C5ul : 0x345;
        Rig.Ok(rig.Api.hv_gic_set_spi(Spi, 1));
        Assert.Equal(0x16u, vcpu.RunToException());
        Assert.Equal(missing == "none" ? 1u : 0, vcpu.Syndrome & 0xFFFF);
    }

    /// <summary>Enables an SPI and the virtual timer's PPI in Group 1, and the CPU interface for them.</summary>
    private static void Enable(Rig rig, ulong vcpu)
    {
        SetDistributor(rig, 0, 2);
        SetDistributor(rig, 0x84, 1u << (int)(Spi - 32));
        SetDistributor(rig, 0x104, 1u << (int)(Spi - 32));
        SetDistributor(rig, 0x6000 + 8 * Spi, 0);
        Rig.Ok(rig.Api.hv_gic_set_redistributor_reg(vcpu, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_IGROUPR0, uint.MaxValue));
        Rig.Ok(rig.Api.hv_gic_set_redistributor_reg(vcpu, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0, 1 << 27));
        SetInterface(rig, vcpu, hv_gic_icc_reg_t.HV_GIC_ICC_REG_PMR_EL1, 0xF8);
        SetInterface(rig, vcpu, hv_gic_icc_reg_t.HV_GIC_ICC_REG_IGRPEN1_EL1, 1);
    }

    private static byte[] Capture(Rig rig)
    {
        nint state = rig.Api.hv_gic_state_create();
        nuint size;
        Rig.Ok(rig.Api.hv_gic_state_get_size(state, &size));
        byte[] blob = new byte[size];
        fixed (byte* data = blob) Rig.Ok(rig.Api.hv_gic_state_get_data(state, data));
        rig.Api.os_release((void*)state);
        return blob;
    }

    private static hv_return_t Restore(Rig rig, byte[] blob)
    {
        fixed (byte* data = blob) return rig.Api.hv_gic_set_state(data, (nuint)blob.Length);
    }

    private static (int, int, int, int, int, int, int) Geometry(SimulatorOptions options)
    {
        using Rig rig = new(options, vm: false);
        nuint distributor, alignment, region, size, msi;
        uint first, count;
        Rig.Ok(rig.Api.hv_gic_get_distributor_size(&distributor));
        Rig.Ok(rig.Api.hv_gic_get_distributor_base_alignment(&alignment));
        Rig.Ok(rig.Api.hv_gic_get_redistributor_region_size(&region));
        Rig.Ok(rig.Api.hv_gic_get_redistributor_size(&size));
        Rig.Ok(rig.Api.hv_gic_get_msi_region_size(&msi));
        Rig.Ok(rig.Api.hv_gic_get_spi_interrupt_range(&first, &count));
        return ((int)distributor, (int)alignment, (int)region, (int)size, (int)msi, (int)first, (int)count);
    }

    private static void SetDistributor(Rig rig, uint register, ulong value) => Rig.Ok(rig.Api.hv_gic_set_distributor_reg((hv_gic_distributor_reg_t)register, value));

    private static ulong GetDistributor(Rig rig, uint register)
    {
        ulong value;
        Rig.Ok(rig.Api.hv_gic_get_distributor_reg((hv_gic_distributor_reg_t)register, &value));
        return value;
    }

    private static ulong GetRedistributor(Rig rig, ulong vcpu, hv_gic_redistributor_reg_t register)
    {
        ulong value;
        Rig.Ok(rig.Api.hv_gic_get_redistributor_reg(vcpu, register, &value));
        return value;
    }

    private static void SetInterface(Rig rig, ulong vcpu, hv_gic_icc_reg_t register, ulong value) => Rig.Ok(rig.Api.hv_gic_set_icc_reg(vcpu, register, value));

    private static ulong GetInterface(Rig rig, ulong vcpu, hv_gic_icc_reg_t register)
    {
        ulong value;
        Rig.Ok(rig.Api.hv_gic_get_icc_reg(vcpu, register, &value));
        return value;
    }
}
