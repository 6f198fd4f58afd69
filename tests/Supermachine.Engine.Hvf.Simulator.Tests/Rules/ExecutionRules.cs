namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>Exits, timers, versions and the end: rules 32 to 40.</summary>
public sealed unsafe class ExecutionRules
{
    private const uint ISV = 1 << 24, SSE = 1 << 21, SF = 1 << 15, AR = 1 << 14, S1PTW = 1 << 7, CM = 1 << 8, WnR = 1 << 6;
    private const uint TranslationFault = 7, PermissionFault = 15;

    [Theory]
    [InlineData(A64.LDR_X1_X0, 0x24, 0)]
    [InlineData(A64.MRS_X1_OSLSR, 0x18, 0)]
    [InlineData(A64.SMC0, 0x17, 0)]
    [InlineData(A64.HVC0, 0x16, 4)]
    public void Rule32_ProgramCounter(uint instruction, uint exceptionClass, uint advance)
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(instruction, A64.HVC1);
        vcpu[HV_REG_X0] = Rig.Device;
        Assert.Equal(exceptionClass, vcpu.RunToException());
        Assert.Equal(Rig.Ram + advance, vcpu[HV_REG_PC]);
        Assert.Equal(advance == 0 ? exceptionClass : 0x16, vcpu.RunToException()); // who does not advance it gets the same again
        vcpu[HV_REG_PC] = Rig.Ram + 4;
        vcpu.RunToException();
        Assert.Equal(1u, vcpu.Syndrome & 0xFFFF);
    }

    [Theory]
    [InlineData(A64.LDR_X1_X0, ISV | 3 << 22 | 1 << 16 | SF | TranslationFault)]
    [InlineData(A64.LDR_W1_X0, ISV | 2 << 22 | 1 << 16 | TranslationFault)]
    [InlineData(A64.LDRH_W1_X0, ISV | 1 << 22 | 1 << 16 | TranslationFault)]
    [InlineData(A64.LDRB_W1_X0, ISV | 1 << 16 | TranslationFault)]
    [InlineData(A64.LDRSB_X1_X0, ISV | SSE | 1 << 16 | SF | TranslationFault)]
    [InlineData(A64.LDRSB_W1_X0, ISV | SSE | 1 << 16 | TranslationFault)]
    [InlineData(A64.LDRSW_X1_X0, ISV | 2 << 22 | SSE | 1 << 16 | SF | TranslationFault)]
    [InlineData(A64.LDAR_X1_X0, ISV | 3 << 22 | 1 << 16 | SF | AR | TranslationFault)]
    [InlineData(A64.STR_XZR_X0, ISV | 3 << 22 | 31 << 16 | SF | WnR | TranslationFault)]
    [InlineData(A64.STRB_W1_X0, ISV | 1 << 16 | WnR | TranslationFault)]
    [InlineData(A64.LDP_X1_X2_X0, TranslationFault)]
    [InlineData(A64.LDR_X1_X0_Post, TranslationFault)]
    [InlineData(A64.LDR_Q0_X0, TranslationFault)]
    [InlineData(A64.LDXR_X1_X0, TranslationFault)]
    [InlineData(A64.DC_CIVAC_X0, CM | WnR | TranslationFault)]
    public void Rule33_AbortSyndromes(uint instruction, uint iss)
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(instruction);
        vcpu[HV_SYS_REG_CPACR_EL1] = 3 << 20;
        vcpu[HV_REG_X0] = Rig.Device + 0x20;
        Assert.Equal(0x24u, vcpu.RunToException());
        Assert.Equal(iss, vcpu.Syndrome & 0x1FF_FFFF);
        Assert.Equal(Rig.Device + 0x20, vcpu.Exit->exception.physical_address);
        Assert.Equal(Rig.Device + 0x20, vcpu.Exit->exception.virtual_address);
    }

    [Fact]
    public void Rule33_AbortSyndromes_of_protected_memory()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.STR_X1_X0, A64.LDR_X1_X0, A64.HVC0);
        vcpu[HV_REG_X0] = Rig.Ram + 0x4000;
        Rig.Ok(rig.Api.hv_vm_protect(Rig.Ram + 0x4000, 0x4000, HV_MEMORY_READ | HV_MEMORY_EXEC));
        Assert.Equal(0x24u, vcpu.RunToException());
        Assert.Equal(WnR | PermissionFault, vcpu.Syndrome & 0x1FF);
        Rig.Ok(rig.Api.hv_vm_protect(Rig.Ram + 0x4000, 0x4000, 0));
        vcpu[HV_REG_PC] = Rig.Ram + 4;
        Assert.Equal(0x24u, vcpu.RunToException());
        Rig.Ok(rig.Api.hv_vm_protect(Rig.Ram + 0x4000, 0x4000, Rig.All));
        vcpu[HV_REG_PC] = Rig.Ram;
        Assert.Equal(0x16u, vcpu.RunToException());
        Rig.Ok(rig.Api.hv_vm_protect(Rig.Ram, 0x4000, HV_MEMORY_READ | HV_MEMORY_WRITE));
        vcpu[HV_REG_PC] = Rig.Ram;
        Assert.Equal(0x20u, vcpu.RunToException());
        Assert.Equal(Rig.Ram, vcpu.Exit->exception.physical_address);
    }

    [Fact]
    public void Rule33_AbortSyndromes_of_walks()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.LDR_X1_X0);
        vcpu[HV_SYS_REG_TCR_EL1] = 25 | 25 << 16 | 2ul << 30; // 39 bits of address in 4 KiB pages: the first level is 1 GiB blocks
        ulong* table = (ulong*)(rig.Memory + 0x8000);
        table[1] = Rig.Ram | 1 << 10 | 1; // the code's own gigabyte
        table[2] = Rig.Device | 3; // and a table that is nowhere
        vcpu[HV_SYS_REG_TTBR0_EL1] = Rig.Ram + 0x8000;
        vcpu[HV_SYS_REG_SCTLR_EL1] = vcpu[HV_SYS_REG_SCTLR_EL1] | 1;
        vcpu[HV_REG_X0] = 0x8020_0000;
        Assert.Equal(0x24u, vcpu.RunToException());
        Assert.Equal(S1PTW | TranslationFault, vcpu.Syndrome & 0x1FF_FFFF);
        Assert.Equal(Rig.Device + 8, vcpu.Exit->exception.physical_address);
        Assert.Equal(0x8020_0000ul, vcpu.Exit->exception.virtual_address);
    }

    [Fact]
    public void Rule34_TimerAndWait()
    {
        using Rig rig = new(gic: false);
        TestVcpu vcpu = rig.Vcpu(A64.WFI, A64.HVC0, A64.HVC0, A64.HVC0);
        Assert.Equal(0x01u, vcpu.RunToException());
        Assert.Equal(0u, vcpu.Syndrome & 3);
        Assert.Equal(Rig.Ram, vcpu[HV_REG_PC]);
        vcpu[HV_REG_PC] = Rig.Ram + 4;
        vcpu[HV_SYS_REG_CNTV_CTL_EL0] = 1;
        Assert.Equal(HV_EXIT_REASON_VTIMER_ACTIVATED, vcpu.Run());
        Assert.True(IsMasked(rig, vcpu.Id));
        Assert.Equal(0x16u, vcpu.RunToException()); // and not again
        Assert.Equal(0x16u, vcpu.RunToException());
        Assert.Equal(5ul, vcpu[HV_SYS_REG_CNTV_CTL_EL0]);
        Rig.Ok(rig.Api.hv_vcpu_set_vtimer_mask(vcpu.Id, 0));
        Assert.Equal(HV_EXIT_REASON_VTIMER_ACTIVATED, vcpu.Run());
        Assert.Empty(rig.Broken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rule34_TimerAndWait_with_a_GIC(bool exits)
    {
        using Rig rig = new(new SimulatorOptions { TimerExits = exits, WaitExits = exits });
        TestVcpu vcpu = rig.Vcpu(A64.WFI, A64.HVC0);
        Rig.Ok(rig.Api.hv_gic_set_distributor_reg(hv_gic_distributor_reg_t.HV_GIC_DISTRIBUTOR_REG_GICD_CTLR, 2));
        Rig.Ok(rig.Api.hv_gic_set_redistributor_reg(vcpu.Id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_IGROUPR0, uint.MaxValue));
        Rig.Ok(rig.Api.hv_gic_set_redistributor_reg(vcpu.Id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0, 1 << 27));
        Rig.Ok(rig.Api.hv_gic_set_icc_reg(vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_PMR_EL1, 0xF8));
        Rig.Ok(rig.Api.hv_gic_set_icc_reg(vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_IGRPEN1_EL1, 1));
        vcpu[HV_SYS_REG_CNTV_CTL_EL0] = 1;
        if (exits)
        {
            Assert.Equal(HV_EXIT_REASON_VTIMER_ACTIVATED, vcpu.Run());
            Rig.Ok(rig.Api.hv_vcpu_set_vtimer_mask(vcpu.Id, 0));
            Assert.Equal(0x01u, vcpu.RunToException());
            vcpu[HV_REG_PC] = Rig.Ram + 4;
        }

        Assert.Equal(0x16u, vcpu.RunToException()); // the timer's interrupt has ended the wait
        ulong pending;
        Rig.Ok(rig.Api.hv_gic_get_redistributor_reg(vcpu.Id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISPENDR0, &pending));
        Assert.Equal(1ul << 27, pending);
    }

    [Fact]
    public void Rule35_NoPeriodicExits()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.WFI, A64.HVC0);
        int returns = 0;
        Companion onlooker = Companion.Start(() =>
        {
            SpinWait.SpinUntil(() => rig.Simulator.Vm!.Find(vcpu.Id).IsRunning);
            Thread.Sleep(50);
            Assert.Equal(0, Volatile.Read(ref returns));
            ulong id = vcpu.Id;
            Rig.Ok(rig.Api.hv_vcpus_exit(&id, 1));
        });
        hv_exit_reason_t reason = vcpu.Run();
        Interlocked.Increment(ref returns);
        onlooker.Join();
        Assert.Equal(HV_EXIT_REASON_CANCELED, reason);
    }

    [Fact]
    public void Rule36_OneCounter()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.Loop);
        using ManualResetEventSlim exists = new(); // before the first runs: then no vCPU may be created any more
        Companion second = Companion.Start(() =>
        {
            using TestVcpu other = new(rig, 1);
            exists.Set();
            Rig.Ok(rig.Api.hv_vcpu_set_vtimer_offset(other.Id, 1000));
            SpinWait.SpinUntil(() => rig.Simulator.Vm!.Find(vcpu.Id).IsRunning);
            ulong* ids = stackalloc ulong[] { vcpu.Id, other.Id };
            Rig.Ok(rig.Api.hv_vcpus_exit(ids + 1, 1));
            other.Run();
            Rig.Ok(rig.Api.hv_vcpus_exit(ids, 1));
        });
        exists.Wait();
        vcpu.Run();
        second.Join();
        Assert.Equal([SimulatorRule.OneCounter], rig.Broken);
    }

    [Fact]
    public void The_counter_is_mach_absolute_time_less_the_offset_in_24_MHz()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.MRS_X1_CNTVCT, A64.HVC0, A64.MRS_X1_CNTFRQ, A64.HVC0);
        mach_timebase_info_t timebase;
        Assert.Equal(0, rig.Api.mach_timebase_info(&timebase));
        Assert.Equal((125u, 3u), (timebase.numer, timebase.denom));
        Rig.Ok(rig.Api.hv_vcpu_set_vtimer_offset(vcpu.Id, 123_456));
        rig.Simulator.AdvanceClock(1ul << 40); // as if the machine had been saved and brought back much later
        ulong before = rig.Api.mach_absolute_time();
        vcpu.RunToException();
        Assert.InRange(vcpu[HV_REG_X0 + 1], before - 123_456, rig.Api.mach_absolute_time() - 123_456);
        vcpu.RunToException();
        Assert.Equal(24_000_000ul, vcpu[HV_REG_X0 + 1]);
    }

    [Theory]
    [InlineData(A64.MRS_X1_OSLSR, 2, 0, 1, 1, 4, 1, true)]
    [InlineData(A64.MSR_OSLAR_XZR, 2, 0, 1, 0, 4, 31, false)]
    [InlineData(A64.MRS_X1_PMCR, 3, 3, 9, 12, 0, 1, true)]
    [InlineData(A64.MRS_X1_ICC_IAR1, 3, 0, 12, 12, 0, 1, true)]
    [InlineData(A64.MRS_X1_MDSCR, 2, 0, 0, 2, 2, 1, true)]
    public void Rule37_TrappedRegisters(uint instruction, uint op0, uint op1, uint crn, uint crm, uint op2, uint rt, bool isRead)
    {
        using Rig rig = new(gic: instruction != A64.MRS_X1_ICC_IAR1);
        TestVcpu vcpu = rig.Vcpu(instruction);
        if (instruction == A64.MRS_X1_MDSCR) Rig.Ok(rig.Api.hv_vcpu_set_trap_debug_reg_accesses(vcpu.Id, 1));
        Assert.Equal(0x18u, vcpu.RunToException());
        Assert.Equal(op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | rt << 5 | crm << 1 | (isRead ? 1u : 0), vcpu.Syndrome & 0x3F_FFFF);
    }

    [Fact]
    public void Breakpoint_instructions_come_out_where_they_are_trapped()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.BRK0);
        Rig.Ok(rig.Api.hv_vcpu_set_trap_debug_exceptions(vcpu.Id, 1));
        Assert.Equal(0x3Cu, vcpu.RunToException());
        Assert.Equal(Rig.Ram, vcpu[HV_REG_PC]);
    }

    [Fact]
    public void Rule38_StartByOwner()
    {
        using Rig rig = new();
        TestVcpu secondary = rig.Vcpu(A64.HVC0);
        Rig.OnThread(() =>
        {
            rig.Refused(SimulatorRule.StartByOwner, HV_ERROR, () => rig.Api.hv_vcpu_set_reg(secondary.Id, HV_REG_PC, Rig.Ram + 0x1000));
            rig.Refused(SimulatorRule.StartByOwner, HV_ERROR, () => rig.Api.hv_vcpu_set_reg(secondary.Id, HV_REG_X0, 1));
        });
        Assert.Equal((Rig.Ram, 0ul), (secondary[HV_REG_PC], secondary[HV_REG_X0]));
    }

    [Fact]
    public void Rule39_SystemVersion()
    {
        Assert.Equal(0, Exports.Find(nameof(HvApi.hv_gic_create), new Version(14, 0)));
        Assert.NotEqual(0, Exports.Find(nameof(HvApi.hv_gic_create), new Version(15, 0)));
        Assert.Equal(0, Exports.Find(nameof(HvApi.hv_vm_config_get_el2_supported), new Version(14, 0)));
        Assert.Equal(0, Exports.Find(nameof(HvApi.hv_vm_config_set_ipa_granule), new Version(15, 0)));
        Assert.Equal(0, Exports.Find(nameof(HvApi.hv_vcpu_get_sme_state), new Version(15, 0)));
        Assert.Contains("hv_gic", Assert.Throws<PlatformNotSupportedException>(() => HypervisorSimulator.Install(new SimulatorOptions { SystemVersion = new(14, 0) })).Message, StringComparison.Ordinal);
        using (Rig old = new(new SimulatorOptions { SystemVersion = new(15, 0) }))
        {
            ulong value;
            Assert.Equal(HV_BAD_ARGUMENT, old.Api.hv_vcpu_get_sys_reg(old.Vcpu(A64.HVC0).Id, HV_SYS_REG_SCXTNUM_EL1, &value));
        }

        using Rig rig = new();
        Assert.Equal(0ul, rig.Vcpu(A64.HVC0)[HV_SYS_REG_SCXTNUM_EL1]);
    }

    [Fact]
    public void Rule40_Teardown()
    {
        Rig rig = new();
        Rig.Ok(rig.Api.hv_vm_destroy());
        Assert.Equal([SimulatorRule.Teardown], rig.Broken); // the RAM was still mapped
        Rig.Ok(rig.Api.hv_vm_create(0));
        rig.Simulator.Dispose();
        Assert.Equal([SimulatorRule.Teardown, SimulatorRule.Teardown], rig.Broken); // and now there is a VM
        using Rig next = new(); // a VM that is gone leaves room for another
        Rig.Ok(next.Api.hv_vm_unmap(Rig.Ram, Rig.RamSize));
        Rig.Ok(next.Api.hv_vm_destroy());
        Rig.Ok(next.Api.hv_vm_create(0));
        Assert.Empty(next.Broken);
    }

    private static bool IsMasked(Rig rig, ulong vcpu)
    {
        byte mask;
        Rig.Ok(rig.Api.hv_vcpu_get_vtimer_mask(vcpu, &mask));
        return mask != 0;
    }
}
