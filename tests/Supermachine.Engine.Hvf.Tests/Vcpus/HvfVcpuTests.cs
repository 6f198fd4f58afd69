using static Supermachine.Engine.Hvf.hv_sys_reg_t;

namespace Supermachine.Engine.Hvf.Tests;

[Collection(OneFramework.Name)]
public sealed class HvfVcpuTests
{
    [Fact]
    public void A_vCPU_begins_at_reset_with_its_affinity_first()
    {
        using FakeMachine machine = new(vcpus: 2);
        FakeVcpu second = FakeFramework.Vcpus[1];

        Assert.Equal(0x8000_0001ul, second.Sys[HV_SYS_REG_MPIDR_EL1]);
        Assert.Equal(0x3c5ul, machine.Vcpus[1].ReadRegister(VcpuRegister.PSTATE));
        Assert.Equal(0x30d0_0800ul, second.Sys[HV_SYS_REG_SCTLR_EL1]);
        Assert.Equal(1ul, second.Sys[HV_SYS_REG_ID_AA64PFR0_EL1] >> 24 & 15);
        Assert.Equal(0ul, second.Sys[HV_SYS_REG_ID_AA64PFR1_EL1] >> 24 & 15);
        Assert.False(second.TimerMask);
        List<string> afterCreation = FakeFramework.Log[(FakeFramework.Log.LastIndexOf("hv_vcpu_create") + 1)..];
        Assert.Equal(["hv_vcpu_set_sys_reg HV_SYS_REG_MPIDR_EL1 0x80000001", "hv_vcpu_set_trap_debug_exceptions 0", "hv_vcpu_set_trap_debug_reg_accesses 0"], afterCreation.Take(3));
    }

    [Fact]
    public void The_way_to_set_vectors_is_proven_once_and_leaves_zeros()
    {
        using FakeMachine machine = new(vcpus: 2);

        Assert.Equal(64, FakeFramework.Log.Count(line => line.StartsWith("hv_vcpu_set_simd_fp_reg", StringComparison.Ordinal)));
        Assert.All(machine.Fake.Simd, register => Assert.Equal(default, register.value));
    }

    [Fact]
    public void A_framework_that_loses_vectors_is_refused()
    {
        using IPartition partition = FakeFramework.Engine().CreatePartition(new PartitionOptions(1, new(0x800_0000), new(0x1000_0000)));
        FakeFramework.LosesVectors = true;

        Assert.Throws<PlatformNotSupportedException>(() => partition.CreateVcpu(0));
        Assert.Equal("hv_vcpu_destroy", FakeFramework.Log[^1]);
    }

    [Fact]
    public void The_other_way_is_two_instructions_in_memory()
    {
        HvApi api = FakeFramework.Reset();
        using SimdTrampoline trampoline = SimdTrampoline.TryMap(api)!;

        Assert.Equal([0x3dc0_0040u, 0xd61f_0060u], trampoline.Instructions.ToArray());
        Assert.Equal(["sys_icache_invalidate"], FakeFramework.Log);
    }

    [Fact]
    public void Registers_are_where_they_belong()
    {
        using FakeMachine machine = new();
        (VcpuRegister, Func<ulong>)[] places =
        [
            (VcpuRegister.X0 + 7, () => machine.Fake.Regs[7]),
            (VcpuRegister.X30, () => machine.Fake.Regs[30]),
            (VcpuRegister.PC, () => machine.Fake.Pc),
            (VcpuRegister.SP_EL1, () => machine.Fake.Sys[HV_SYS_REG_SP_EL1]),
            (VcpuRegister.ESR_EL1, () => machine.Fake.Sys[HV_SYS_REG_ESR_EL1]),
            (VcpuRegister.FAR_EL1, () => machine.Fake.Sys[HV_SYS_REG_FAR_EL1]),
            (VcpuRegister.ELR_EL1, () => machine.Fake.Sys[HV_SYS_REG_ELR_EL1]),
        ];
        ulong value = 0x1_0000_0000;
        foreach ((VcpuRegister register, Func<ulong> there) in places)
        {
            machine.Vcpu.WriteRegister(register, ++value);
            Assert.Equal((value, value), (there(), machine.Vcpu.ReadRegister(register)));
        }

        machine.Vcpu.WriteRegister(VcpuRegister.PSTATE, 0x6000_0000);
        Assert.Equal(0x6000_0000ul, machine.Fake.Regs[(int)hv_reg_t.HV_REG_CPSR]);
        Assert.Throws<ArgumentOutOfRangeException>(() => machine.Vcpu.WriteRegister(VcpuRegister.PSTATE, 0x10));
        Assert.Throws<ArgumentOutOfRangeException>(() => machine.Vcpu.ReadRegister((VcpuRegister)99));
    }

    [Fact]
    public void The_topology_is_final_once_one_has_run()
    {
        using IPartition partition = FakeFramework.Engine().CreatePartition(new PartitionOptions(2, new(0x800_0000), new(0x1000_0000)));
        using IVcpu vcpu = partition.CreateVcpu(0);

        Assert.Throws<InvalidOperationException>(() => partition.CreateVcpu(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => partition.CreateVcpu(2));
        vcpu.Run(VcpuEntry.Resume);
        Assert.Contains("cannot be created any more", Assert.Throws<InvalidOperationException>(() => partition.CreateVcpu(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_to_exit_go_to_the_framework_while_the_vCPU_lives()
    {
        using FakeMachine machine = new();
        machine.Vcpu.RequestExit();
        Assert.Equal(1, machine.Fake.CancelRequests);

        machine.Vcpu.Dispose();
        machine.Vcpu.RequestExit();
        Assert.Equal(1, machine.Fake.CancelRequests);
        Assert.Single(FakeFramework.Log, line => line == "hv_vcpu_destroy");
    }

    [Fact]
    public void A_vCPU_that_cannot_be_made_is_told_by_number()
    {
        using IPartition partition = FakeFramework.Engine().CreatePartition(new PartitionOptions(1, new(0x800_0000), new(0x1000_0000)));
        FakeFramework.Refusals["hv_vcpu_create"] = hv_return_t.HV_NO_RESOURCES;

        Assert.StartsWith("vCPU 0: hv_vcpu_create failed with HV_NO_RESOURCES", Assert.Throws<HvException>(() => partition.CreateVcpu(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_register_that_is_refused_is_told_by_name()
    {
        using FakeMachine machine = new();
        FakeFramework.Refusals["hv_vcpu_set_reg"] = hv_return_t.HV_BAD_ARGUMENT;

        Assert.StartsWith("vCPU 0: HV_REG_PC: hv_vcpu_set_reg failed", Assert.Throws<HvException>(() => machine.Vcpu.WriteRegister(VcpuRegister.PC, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exit_allocates_nothing()
    {
        using FakeMachine machine = new();
        FakeFramework.IsLogging = false;
        for (int i = 0; i < 3; i++) Assert.Equal(0x0a00_0000ul, RoundTrip(machine, out _));

        RoundTrip(machine, out long allocated);

        Assert.Equal(0, allocated);
    }

    private static ulong RoundTrip(FakeMachine machine, out long allocated)
    {
        machine.Fake.Raise(0x24ul << 26 | 1 << 24 | 3 << 22 | 1 << 16 | 1 << 15 | 6, 0x0a00_0000, 0x0a00_0000);
        machine.Fake.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);
        long before = GC.GetAllocatedBytesForCurrentThread();
        VcpuExit exit = machine.Vcpu.Run(VcpuEntry.Resume);
        machine.Vcpu.Run(VcpuEntry.Complete(5));
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return exit.Address;
    }
}
