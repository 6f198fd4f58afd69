using System.Runtime.Intrinsics;
using static Supermachine.Engine.Hvf.hv_gic_icc_reg_t;
using static Supermachine.Engine.Hvf.hv_sys_reg_t;

namespace Supermachine.Engine.Hvf.Tests;

[Collection(OneFramework.Name)]
public sealed class StateTests
{
    [Fact]
    public void Everything_comes_back()
    {
        using FakeMachine machine = new();
        VcpuState state = Filled(machine);
        Clear(machine);

        machine.Vcpu.Apply(state);

        Assert.Equal(state.Registers, machine.Vcpu.Capture().Registers);
        Assert.Equal(Vector128.Create((byte)0x47), machine.Fake.Simd[7].value);
        Assert.Equal(0x9000ul | (uint)HV_SYS_REG_APGAKEYHI_EL1, machine.Fake.Sys[HV_SYS_REG_APGAKEYHI_EL1]);
    }

    [Fact]
    public void Names_are_those_of_the_manual()
    {
        using FakeMachine machine = new();
        string[] names = [.. machine.Vcpu.Capture().Registers.Select(register => register.Key)];

        Assert.Superset(
            new HashSet<string>(["X0", "X30", "PC", "PSTATE", "FPCR", "FPSR", "V0", "V31", "SP_EL0", "SP_EL1", "APIAKeyLo_EL1", "APGAKeyHi_EL1", "DBGBVR1_EL1", "DBGWCR1_EL1", "ICC_AP1R0_EL1", "CNTV_CVAL_EL0", "CNTP_CTL_EL0", "SCXTNUM_EL1", "ACTLR_EL1", "GICR_IPRIORITYR7"]),
            new HashSet<string>(names));
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain("DBGBVR2_EL1", names);
        Assert.DoesNotContain("ICC_RPR_EL1", names);
        Assert.DoesNotContain("ICC_AP0R1_EL1", names);
    }

    [Fact]
    public void More_priority_bits_have_more_active_priorities()
    {
        using FakeMachine machine = new(prepare: vcpu => vcpu.Icc[HV_GIC_ICC_REG_CTLR_EL1] = 6 << 8);

        string[] names = [.. machine.Vcpu.Capture().Registers.Select(register => register.Key)];

        Assert.Superset(new HashSet<string>(["ICC_AP0R1_EL1", "ICC_AP1R3_EL1"]), new HashSet<string>(names));
    }

    [Fact]
    public void What_this_macOS_does_not_have_is_left_out_and_refused()
    {
        using FakeMachine machine = new(prepare: _ => FakeFramework.UnknownSystemRegisters.UnionWith([HV_SYS_REG_SCXTNUM_EL1, HV_SYS_REG_ACTLR_EL1]));
        VcpuState state = machine.Vcpu.Capture();

        Assert.DoesNotContain(state.Registers, register => register.Key is "SCXTNUM_EL1" or "ACTLR_EL1");
        AssertRefused(machine, state, "there is no register 'SCXTNUM_EL1' on this Mac with this macOS", KeyValuePair.Create("SCXTNUM_EL1", (UInt128)1));
    }

    [Fact]
    public void A_state_that_cannot_be_applied_changes_nothing()
    {
        using FakeMachine machine = new();
        VcpuState state = Filled(machine);

        AssertRefused(machine, new VcpuState([.. state.Registers.Where(register => register.Key != "V3")]), "register 'V3' is missing");
        AssertRefused(machine, state, "register 'X1' is there twice", KeyValuePair.Create("X1", (UInt128)1));
        AssertRefused(machine, With(state, "X1", UInt128.MaxValue), "register 'X1' cannot be 0x");
        AssertRefused(machine, With(state, "PSTATE", 0x1f), "register 'PSTATE' cannot be 0x1f");
        AssertRefused(machine, With(state, "CNTV_CTL_EL0", 4), "register 'CNTV_CTL_EL0' cannot be 0x4");
        AssertRefused(machine, With(state, "MPIDR_EL1", 0x8000_0001), "of another vCPU or of a Mac of another generation");
        AssertRefused(machine, With(state, "ID_AA64ISAR0_EL1", 1), "register 'ID_AA64ISAR0_EL1' is 0x1 in the state and 0x0 here");
    }

    [Fact]
    public void The_order_is_interfaces_registers_vectors_and_timers()
    {
        using FakeMachine machine = new();
        VcpuState state = Filled(machine);
        FakeFramework.Log.Clear();

        machine.Vcpu.Apply(state);

        string[] calls = [.. FakeFramework.Log.Select(line => string.Join(' ', line.Split(' ').Take(2)))];
        string[] order =
        [
            "hv_gic_set_icc_reg HV_GIC_ICC_REG_PMR_EL1", "hv_gic_set_icc_reg HV_GIC_ICC_REG_IGRPEN1_EL1", "hv_vcpu_set_sys_reg HV_SYS_REG_SCTLR_EL1", "hv_vcpu_set_reg HV_REG_PC",
            "hv_vcpu_set_simd_fp_reg 31", "hv_vcpu_set_vtimer_mask 1", "hv_vcpu_set_sys_reg HV_SYS_REG_CNTKCTL_EL1", "hv_vcpu_set_vtimer_offset 0x0", "hv_vcpu_set_sys_reg HV_SYS_REG_CNTV_CVAL_EL0", "hv_vcpu_set_vtimer_mask 0",
        ];
        int[] places = [.. order.Select(call => Array.IndexOf(calls, call))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Equal("hv_vcpu_set_vtimer_mask 0", FakeFramework.Log[^1]);
        Assert.Equal(2, calls.Count(call => call == "hv_vcpu_set_sys_reg HV_SYS_REG_CNTV_CTL_EL0"));
        Assert.DoesNotContain(calls, call => call.Contains("MIDR", StringComparison.Ordinal) || call.Contains("ID_AA64", StringComparison.Ordinal) || call.Contains("GICR", StringComparison.Ordinal));
    }

    [Fact]
    public void A_register_that_cannot_be_written_may_keep_its_value_only()
    {
        using FakeMachine machine = new();
        VcpuState state = machine.Vcpu.Capture();
        FakeFramework.FixedSystemRegisters.Add(HV_SYS_REG_AMAIR_EL1);

        machine.Vcpu.Apply(state);
        Assert.Contains("HV_SYS_REG_AMAIR_EL1", Assert.Throws<HvException>(() => machine.Vcpu.Apply(With(state, "AMAIR_EL1", 5))).Message, StringComparison.Ordinal);

        FakeFramework.Refusals["hv_gic_set_icc_reg"] = hv_return_t.HV_DENIED;
        Assert.Contains("HV_GIC_ICC_REG_PMR_EL1", Assert.Throws<HvException>(() => machine.Vcpu.Apply(With(state, "ICC_PMR_EL1", 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_is_whole_only_between_accesses()
    {
        using FakeMachine machine = new();
        machine.Fake.Raise(0x24ul << 26 | 1 << 24 | 6, 0x0a00_0000, 0x0a00_0000);
        machine.Vcpu.Run(VcpuEntry.Resume);

        Assert.Throws<InvalidOperationException>(machine.Vcpu.Capture);
    }

    [Fact]
    public void A_guest_that_can_see_SME_is_not_captured()
    {
        using FakeMachine machine = new(prepare: _ => FakeFramework.FixedSystemRegisters.Add(HV_SYS_REG_ID_AA64PFR1_EL1));

        Assert.Contains("SME", Assert.Throws<InvalidOperationException>(machine.Vcpu.Capture).Message, StringComparison.Ordinal);
    }

    private static VcpuState Filled(FakeMachine machine)
    {
        FakeVcpu vcpu = machine.Fake;
        for (int i = 0; i < 31; i++) vcpu.Regs[i] = 0x1000ul + (ulong)i;
        for (int i = 0; i < 32; i++) vcpu.Simd[i].value = Vector128.Create((byte)(0x40 + i));
        foreach (hv_sys_reg_t register in Enum.GetValues<hv_sys_reg_t>().Where(register => !$"{register}".Contains("ID", StringComparison.Ordinal)))
            vcpu.Sys[register] = 0x9000ul | (uint)register;
        vcpu.Sys[HV_SYS_REG_CNTV_CTL_EL0] = 7;
        foreach (hv_gic_icc_reg_t register in Enum.GetValues<hv_gic_icc_reg_t>().Where(register => register != HV_GIC_ICC_REG_CTLR_EL1)) vcpu.Icc[register] = 0x60ul | ((uint)register & 15);
        return machine.Vcpu.Capture();
    }

    private static void Clear(FakeMachine machine)
    {
        Array.Clear(machine.Fake.Regs);
        Array.Clear(machine.Fake.Simd);
        foreach (hv_sys_reg_t register in machine.Fake.Sys.Keys.Where(register => !$"{register}".Contains("ID", StringComparison.Ordinal)).ToArray()) machine.Fake.Sys[register] = 0;
        foreach (hv_gic_icc_reg_t register in machine.Fake.Icc.Keys.ToArray()) machine.Fake.Icc[register] = 0;
    }

    private static VcpuState With(VcpuState state, string name, UInt128 value) =>
        new([.. state.Registers.Select(register => register.Key == name ? KeyValuePair.Create(name, value) : register)]);

    private static void AssertRefused(FakeMachine machine, VcpuState state, string problem, KeyValuePair<string, UInt128>? more = null)
    {
        FakeFramework.Log.Clear();
        VcpuState given = more is { } added ? new VcpuState([.. state.Registers, added]) : state;

        Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => machine.Vcpu.Apply(given)).Message, StringComparison.Ordinal);
        Assert.Empty(FakeFramework.Log);
    }
}
