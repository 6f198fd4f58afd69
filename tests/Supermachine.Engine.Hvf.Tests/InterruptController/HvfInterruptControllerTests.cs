using Supermachine.Testing;
using static Supermachine.Engine.Hvf.hv_gic_distributor_reg_t;
using static Supermachine.Engine.Hvf.hv_gic_redistributor_reg_t;
using static Supermachine.Engine.Hvf.hv_sys_reg_t;

namespace Supermachine.Engine.Hvf.Tests;

[Collection(OneFramework.Name)]
public sealed class HvfInterruptControllerTests
{
    private static readonly (hv_gic_distributor_reg_t, ulong)[] Configured =
    [
        (HV_GIC_DISTRIBUTOR_REG_GICD_CTLR, 0x52),
        (HV_GIC_DISTRIBUTOR_REG_GICD_IGROUPR0 + 4, 0xffff_ffff),
        (HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 + 4, 0x11),
        (HV_GIC_DISTRIBUTOR_REG_GICD_ISPENDR0 + 8, 0x22),
        (HV_GIC_DISTRIBUTOR_REG_GICD_ISACTIVER0 + 124, 0x33),
        (HV_GIC_DISTRIBUTOR_REG_GICD_IPRIORITYR0 + (254 * 4), 0xa0a0_a0a0),
        (HV_GIC_DISTRIBUTOR_REG_GICD_ICFGR0 + 8, 0x2),
        (HV_GIC_DISTRIBUTOR_REG_GICD_IROUTER32 + (987 * 8), 1),
    ];

    [Fact]
    public void Lines_are_levels_and_keep_them_over_a_reset()
    {
        using FakeMachine machine = new();
        IInterruptController gic = machine.Partition.InterruptController;
        gic.SetSpi(40, true);
        gic.SetSpi(41, true);
        gic.SetSpi(41, false);
        FakeFramework.Log.Clear();

        gic.Reset();

        Assert.Equal(["hv_gic_reset", "hv_gic_set_spi 40 1"], FakeFramework.Log);
        Assert.False(FakeFramework.Lines[41]);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(1020)]
    public void Only_SPIs_are_lines(uint intid)
    {
        using FakeMachine machine = new();

        Assert.Contains("SPIs are 32 to 1019", Assert.Throws<ArgumentOutOfRangeException>(() => machine.Partition.InterruptController.SetSpi(intid, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_refused_is_told_by_number()
    {
        using FakeMachine machine = new();
        FakeFramework.Refusals["hv_gic_set_spi"] = hv_return_t.HV_BAD_ARGUMENT;

        Assert.StartsWith("SPI 40: hv_gic_set_spi failed", Assert.Throws<HvException>(() => machine.Partition.InterruptController.SetSpi(40, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_all_vCPUs_there_is_nothing_to_save_or_restore()
    {
        using IPartition partition = FakeFramework.Engine().CreatePartition(new PartitionOptions(2, new(0x800_0000), new(0x1000_0000)));
        using IVcpu vcpu = partition.CreateVcpu(0);

        Assert.Contains("there are 1 of 2", Assert.Throws<InvalidOperationException>(partition.InterruptController.Reset).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => FakeSnapshot.Of(partition.InterruptController));
        Assert.DoesNotContain(vcpu.Capture().Registers, register => register.Key.StartsWith("GICR", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_macOS_gets_its_own_state_back()
    {
        (FakeSnapshot saved, VcpuState state) = Saved();
        using FakeMachine machine = new(vcpus: 1);
        FakeFramework.TakeBlob = _ => Configure(machine);
        machine.Partition.InterruptController.SetSpi(50, true);
        FakeFramework.Now = 9_000_000;
        FakeFramework.Log.Clear();

        machine.Partition.InterruptController.Restore(saved.Reader);
        machine.Vcpu.Apply(state);

        Assert.Equal(["hv_gic_set_state 010203", "hv_gic_set_spi 50 1"], FakeFramework.Log.Take(2));
        Assert.DoesNotContain(FakeFramework.Log, line => line.StartsWith("hv_gic_set_distributor_reg", StringComparison.Ordinal) || line.StartsWith("hv_gic_set_redistributor_reg", StringComparison.Ordinal));
        Assert.Empty(FakeFramework.Objects);
    }

    [Theory]
    [InlineData("another macOS", "15.4")]
    [InlineData("refused", "15.3.1")]
    [InlineData("lost", "15.3.1")]
    public void Where_that_does_not_arrive_the_registers_do(string why, string version)
    {
        (FakeSnapshot saved, VcpuState state) = Saved();
        using FakeMachine machine = new(vcpus: 1, version: version);
        if (why == "refused") FakeFramework.Refusals["hv_gic_set_state"] = hv_return_t.HV_ERROR;
        FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 + 8] = 0xffff;

        machine.Partition.InterruptController.Restore(saved.Reader);
        machine.Vcpu.Apply(state);

        Assert.Equal(why == "another macOS", !FakeFramework.Log.Any(line => line.StartsWith("hv_gic_set_state", StringComparison.Ordinal)));
        foreach ((hv_gic_distributor_reg_t register, ulong value) in Configured) Assert.Equal((register, value), (register, FakeFramework.Gicd[register]));
        Assert.Equal(0ul, FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 + 8]);
        Assert.Equal(0x0800_00fful, machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0]);
        Assert.Equal(0xffff_fffful, machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ICPENDR0]);
    }

    [Fact]
    public void A_redistributor_that_the_state_did_not_reach_gets_its_registers()
    {
        (FakeSnapshot saved, VcpuState state) = Saved();
        using FakeMachine machine = new();
        FakeFramework.TakeBlob = _ => ConfigureDistributor();

        machine.Partition.InterruptController.Restore(saved.Reader);
        machine.Vcpu.Apply(state);
        Assert.Equal(0x0800_00fful, machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0]);

        // Once: what comes later is not a restore.
        machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0] = 0;
        machine.Vcpu.Apply(state);
        Assert.Equal(0ul, machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0]);
    }

    [Fact]
    public void Another_macOS_without_registers_is_refused()
    {
        (FakeSnapshot saved, _) = Saved(() => FakeFramework.Refusals["hv_gic_get_distributor_reg"] = hv_return_t.HV_DENIED);
        using FakeMachine machine = new(version: "26.1");

        Assert.Equal(
            "supermachine.hvf-gic: the state was saved by macOS 15.3.1 and can only be restored there; this is macOS 26.1",
            Assert.Throws<InvalidDataException>(() => machine.Partition.InterruptController.Restore(saved.Reader)).Message);
    }

    [Fact]
    public void A_refusal_without_registers_is_told()
    {
        (FakeSnapshot saved, _) = Saved(() => FakeFramework.Refusals["hv_gic_get_distributor_reg"] = hv_return_t.HV_DENIED);
        using FakeMachine machine = new();
        FakeFramework.Refusals["hv_gic_set_state"] = hv_return_t.HV_BAD_ARGUMENT;

        Assert.Contains("hv_gic_set_state failed with HV_BAD_ARGUMENT", Assert.Throws<HvException>(() => machine.Partition.InterruptController.Restore(saved.Reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_without_redistributors_does_not_do_for_another_macOS()
    {
        (FakeSnapshot saved, VcpuState state) = Saved();
        using FakeMachine machine = new(version: "26.1");
        machine.Partition.InterruptController.Restore(saved.Reader);

        VcpuState without = new([.. state.Registers.Where(register => register.Key != "GICR_ICFGR1")]);

        Assert.Contains("register 'GICR_ICFGR1' is missing", Assert.Throws<InvalidDataException>(() => machine.Vcpu.Apply(without)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redistributor_that_refuses_is_told()
    {
        (FakeSnapshot saved, VcpuState state) = Saved();
        using FakeMachine machine = new(version: "26.1");
        machine.Partition.InterruptController.Restore(saved.Reader);
        FakeFramework.Refusals["hv_gic_set_redistributor_reg"] = hv_return_t.HV_DENIED;

        Assert.Contains("does not take HV_GIC_REDISTRIBUTOR_REG_GICR_ICENABLER0", Assert.Throws<InvalidOperationException>(() => machine.Vcpu.Apply(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_machine_is_refused()
    {
        (FakeSnapshot saved, _) = Saved();
        using FakeMachine machine = new(vcpus: 2);

        Assert.Equal("supermachine.hvf-gic: the state has number of vCPUs 0x1, this machine has 0x2", Assert.Throws<InvalidDataException>(() => machine.Partition.InterruptController.Restore(saved.Reader)).Message);
    }

    [Fact]
    public void A_framework_that_gives_nothing_cannot_be_saved()
    {
        using FakeMachine machine = new();
        FakeFramework.Blob = null;
        FakeFramework.Refusals["hv_gic_get_distributor_reg"] = hv_return_t.HV_DENIED;

        Assert.Throws<InvalidOperationException>(() => FakeSnapshot.Of(machine.Partition.InterruptController));
    }

    [Fact]
    public void A_warm_restore_can_leave_the_controller()
    {
        (FakeSnapshot saved, _) = Saved();
        using FakeMachine machine = new(options: new HvfOptions(SkipWarmGicRestore: true));
        machine.Partition.InterruptController.Restore(saved.Reader);
        Assert.Single(FakeFramework.Log, line => line.StartsWith("hv_gic_set_state", StringComparison.Ordinal));
        machine.Vcpu.Run(VcpuEntry.Resume);
        FakeFramework.Log.Clear();
        FakeFramework.Now += 1000;

        machine.Partition.InterruptController.Restore(saved.Reader);
        machine.Vcpu.Run(VcpuEntry.Resume);

        Assert.Equal(["hv_vcpu_set_vtimer_offset", "hv_vcpu_run"], FakeFramework.Log.Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("", "hv_gic_set_distributor_reg")]
    [InlineData("hv_gic_set_distributor_reg", "hv_gic_set_state")]
    public void After_a_run_the_registers_come_before_the_frameworks_own_state(string refused, string first)
    {
        (FakeSnapshot saved, VcpuState state) = Saved();
        using FakeMachine machine = new();
        machine.Vcpu.Run(VcpuEntry.Resume);
        FakeFramework.Refusals[refused] = hv_return_t.HV_DENIED;
        FakeFramework.TakeBlob = _ => Configure(machine);

        machine.Partition.InterruptController.Restore(saved.Reader);
        machine.Vcpu.Apply(state);

        Assert.Equal(first == "hv_gic_set_state", FakeFramework.Log.Any(line => line.StartsWith("hv_gic_set_state", StringComparison.Ordinal)));
        foreach ((hv_gic_distributor_reg_t register, ulong value) in Configured) Assert.Equal((register, value), (register, FakeFramework.Gicd[register]));
        Assert.Equal(0x0800_00fful, machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0]);
    }

    [Theory]
    [InlineData(HvfOptions.SkipWarmGicRestoreVariable, true, false)]
    [InlineData(HvfOptions.RemapFixedVariable, false, true)]
    public void The_environment_can_ask(string variable, bool skips, bool remapsFixed)
    {
        Assert.Equal(new HvfOptions(), HvfOptions.FromEnvironment());
        Environment.SetEnvironmentVariable(variable, "0"); // any value does
        try
        {
            Assert.Equal(new HvfOptions(skips, remapsFixed), HvfOptions.FromEnvironment());
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void All_vCPUs_get_one_offset_and_their_timers_go_on()
    {
        FakeSnapshot saved;
        VcpuState[] states;
        using (FakeMachine machine = new(vcpus: 2))
        {
            FakeFramework.Now = 5_000;
            foreach (FakeVcpu vcpu in FakeFramework.Vcpus)
            {
                vcpu.Sys[HV_SYS_REG_CNTV_CVAL_EL0] = 6_000;
                vcpu.Sys[HV_SYS_REG_CNTP_CVAL_EL0] = 7_000;
                vcpu.Sys[HV_SYS_REG_CNTV_CTL_EL0] = 5;
            }

            saved = FakeSnapshot.Of(machine.Partition.InterruptController);
            states = [.. machine.Vcpus.Select(vcpu => vcpu.Capture())];
        }

        using FakeMachine other = new(vcpus: 2);
        FakeFramework.Now = 1_005_000;
        other.Partition.InterruptController.Restore(saved.Reader);
        for (int i = 0; i < 2; i++)
        {
            FakeFramework.Now += 300;
            other.Vcpus[i].Apply(states[i]);
        }

        Assert.All(FakeFramework.Vcpus, vcpu => Assert.Equal(
            (1_000_000ul, 6_000ul, 1_007_000ul, 1ul, false),
            (vcpu.TimerOffset, vcpu.Sys[HV_SYS_REG_CNTV_CVAL_EL0], vcpu.Sys[HV_SYS_REG_CNTP_CVAL_EL0], vcpu.Sys[HV_SYS_REG_CNTV_CTL_EL0], vcpu.TimerMask)));

        // Once: what is captured from now on is of this host's counter.
        other.Vcpus[0].Apply(other.Vcpus[0].Capture());
        Assert.Equal(1_007_000ul, FakeFramework.Vcpus[0].Sys[HV_SYS_REG_CNTP_CVAL_EL0]);
    }

    [Fact]
    public void Damaged_states_are_named()
    {
        (FakeSnapshot saved, _) = Saved();
        using FakeMachine machine = new();

        Refused(1, new byte[7], "the geometry has 7 bytes");
        Refused(2, [], "the version of macOS has 0 bytes");
        Refused(2, [0xff], "the version of macOS");
        Refused(6, new byte[9], "registers have 9 bytes");
        Refused(6, new byte[16], "the state has 2 registers of the distributor");

        void Refused(int field, byte[] value, string problem)
        {
            byte[] whole = saved.Blobs[field];
            saved.Blobs[field] = value;
            Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => machine.Partition.InterruptController.Restore(saved.Reader)).Message, StringComparison.Ordinal);
            saved.Blobs[field] = whole;
        }
    }

    private static void ConfigureDistributor()
    {
        foreach ((hv_gic_distributor_reg_t register, ulong value) in Configured) FakeFramework.Gicd[register] = value;
    }

    private static void Configure(FakeMachine machine)
    {
        ConfigureDistributor();
        machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0] = 0x0800_00ff;
        machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_IGROUPR0] = 0xffff_ffff;
    }

    private static (FakeSnapshot Controller, VcpuState Vcpu) Saved(Action? before = null)
    {
        using FakeMachine machine = new();
        Configure(machine);
        before?.Invoke();
        return (FakeSnapshot.Of(machine.Partition.InterruptController), machine.Vcpu.Capture());
    }
}
