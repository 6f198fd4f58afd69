namespace Supermachine.Engine.Hvf.Tests;

/// <summary>Every exit: what the runtime is told, and what becomes of the PC and the registers.</summary>
[Collection(OneFramework.Name)]
public sealed unsafe class ExitTests : IDisposable
{
    private const ulong Pc = FakeMachine.RamBase + 0x2000, Vector = 0x4008_0000, Device = 0x0a00_0008, DeviceVa = 0xffff_8000_1000_0008, IL = 1 << 25;
    private readonly FakeMachine _machine = new();

    public ExitTests()
    {
        Vcpu.Pc = Pc;
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_VBAR_EL1] = Vector;
    }

    private FakeVcpu Vcpu => _machine.Fake;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void HVC_is_past_itself_and_gets_X0()
    {
        Vcpu.Raise(Ec(0x16) | 7, pc: Pc + 4);

        Assert.Equal(new VcpuExit(VcpuExitKind.FirmwareCall, Value: 7), Run());
        Run(VcpuEntry.Complete(0x55));
        Assert.Equal((0x55ul, Pc + 4), (Vcpu.Regs[0], Vcpu.Pc));
    }

    [Fact]
    public void A_refused_HVC_is_undefined_at_itself()
    {
        Vcpu.Raise(Ec(0x16) | 7, pc: Pc + 4);
        Run();

        Run(VcpuEntry.Reject);

        AssertException(0, Pc, Vector + 0x200);
    }

    [Fact]
    public void A_call_that_does_not_return_leaves_everything()
    {
        Vcpu.Raise(Ec(0x16), pc: Pc + 4);
        Run();
        Vcpu.Regs[0] = 99;

        Run(VcpuEntry.Resume);

        Assert.Equal((99ul, Pc + 4), (Vcpu.Regs[0], Vcpu.Pc));
    }

    [Fact]
    public void SMC_is_UNDEFINED()
    {
        Vcpu.Raise(Ec(0x17) | 3);

        Assert.Equal(VcpuExitKind.Canceled, Run().Kind);
        AssertException(0, Pc, Vector + 0x200);
    }

    // OSLSR_EL1, PMCR_EL0, OSLAR_EL1.
    [Theory]
    [InlineData(0x8000 | 1 << 7 | 1 << 3 | 4, 5, true)]
    [InlineData(0xc000 | 3 << 11 | 9 << 7 | 12 << 3, 31, true)]
    [InlineData(0x8000 | 1 << 7 | 0 << 3 | 4, 6, false)]
    [InlineData(0x8000 | 1 << 7 | 0 << 3 | 4, 31, false)]
    public void A_trapped_register_is_asked_for_and_moved_past(uint register, int rt, bool isRead)
    {
        Vcpu.Regs[6] = 0x1234;
        Vcpu.Raise(Ec(0x18) | (register >> 14 & 3) << 20 | (register & 7) << 17 | (register >> 11 & 7) << 14 | (register >> 7 & 15) << 10 | (uint)rt << 5 | (register >> 3 & 15) << 1 | (isRead ? 1u : 0));

        Assert.Equal(isRead ? new VcpuExit(VcpuExitKind.SystemRegisterRead, register) : new VcpuExit(VcpuExitKind.SystemRegisterWrite, register, Value: rt == 31 ? 0 : 0x1234ul), Run());
        Assert.Equal(Pc, Vcpu.Pc);
        Run(VcpuEntry.Complete(0x77));
        Assert.Equal(Pc + 4, Vcpu.Pc);
        Assert.Equal(isRead && rt == 5 ? 0x77ul : 0, Vcpu.Regs[5]);
    }

    [Fact]
    public void A_refused_register_is_undefined()
    {
        Vcpu.Raise(Ec(0x18) | 1);
        Run();

        Run(VcpuEntry.Reject);

        AssertException(0, Pc, Vector + 0x200);
    }

    [Theory]
    [InlineData(0, 0, 0, true)] // WFI, timer off
    [InlineData(0, 1, 1_000_000, true)] // due in a while
    [InlineData(0, 1, 20_000, false)] // due at once
    [InlineData(0, 1, -5, false)] // due already
    [InlineData(0, 3, 0, true)] // masked
    [InlineData(1, 0, 0, false)] // WFE
    [InlineData(2, 0, 0, true)] // WFIT
    [InlineData(3, 0, 0, false)] // WFET
    public void Waiting_is_moved_past_and_told_unless_the_timer_is_near(uint kind, ulong control, long ticks, bool told)
    {
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_CNTV_CTL_EL0] = control;
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_CNTV_CVAL_EL0] = FakeFramework.Now + (ulong)ticks;
        Vcpu.Raise(Ec(1) | kind);
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);

        Assert.Equal(told ? VcpuExitKind.WaitForInterrupt : VcpuExitKind.Canceled, Run().Kind);
        Assert.Equal(Pc + 4, Vcpu.Pc);
    }

    /// <summary>A framework that has missed the timer would have a guest come back to WFI for ever.</summary>
    [Theory]
    [InlineData(0, -5, false)] // WFI, due already
    [InlineData(2, -5, false)] // WFIT
    [InlineData(0, 20_000, true)] // due soon
    [InlineData(1, -5, true)] // WFE
    public void A_timer_that_is_due_is_shown_again_to_a_guest_that_waits(uint kind, long ticks, bool masked)
    {
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_CNTV_CTL_EL0] = 1;
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_CNTV_CVAL_EL0] = FakeFramework.Now + (ulong)ticks;
        Vcpu.TimerMask = true;
        Vcpu.Raise(Ec(1) | kind);
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);

        Run();

        Assert.Equal(masked, Vcpu.TimerMask);
    }

    [Fact]
    public void A_timer_that_comes_out_is_unmasked()
    {
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_VTIMER_ACTIVATED);
        Vcpu.TimerMask = true;

        Assert.Equal(VcpuExitKind.VirtualTimer, Run().Kind);
        Assert.Equal((false, Pc), (Vcpu.TimerMask, Vcpu.Pc));
    }

    [Fact]
    public void A_cancellation_has_nothing_of_the_guests()
    {
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);

        Assert.Equal(new VcpuExit(VcpuExitKind.Canceled), Run());
        Assert.Equal(Pc, Vcpu.Pc);
    }

    [Fact]
    public void A_cancellation_does_not_lose_the_answer_to_an_access()
    {
        Access(isWrite: false, size: 4, rt: 1);
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);
        Run();

        Assert.Equal(VcpuExitKind.Canceled, Run(VcpuEntry.Complete(0x1234)).Kind);
        Assert.Equal((0x1234ul, Pc + 4), (Vcpu.Regs[1], Vcpu.Pc));
    }

    [Fact]
    public void What_the_framework_does_not_know_is_a_fault()
    {
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_UNKNOWN);

        Assert.Equal(new VcpuExit(VcpuExitKind.Fault, Pc), Run());
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x07)]
    [InlineData(0x2f)]
    public void A_class_that_should_not_come_out_is_a_fault(uint ec)
    {
        Vcpu.Raise(0x00ff_0000_0000_0000 | Ec(ec) | 9);

        Assert.Equal(new VcpuExit(VcpuExitKind.Fault, Pc, Value: Ec(ec) | 9), Run());
    }

    [Theory]
    [InlineData(0x19)]
    [InlineData(0x1d)]
    public void SVE_and_SME_are_undefined(uint ec)
    {
        Vcpu.Raise(Ec(ec));

        Run();

        AssertException(0, Pc, Vector + 0x200);
    }

    [Fact]
    public void Debug_exceptions_go_to_the_guest()
    {
        Vcpu.Raise(Ec(0x3c) | 0x42);
        Run();
        AssertException(Ec(0x3c) | 0x42, Pc, Vector + 0x200);

        Vcpu.Pc = Pc;
        Vcpu.Raise(Ec(0x34) | 0x22, va: 0x8888);
        Run();
        AssertException(Ec(0x35) | 0x22, Pc, Vector + 0x200, far: 0x8888);
    }

    [Theory]
    [InlineData(0x3c5, 0x200, 1)]
    [InlineData(0x6000_03c4, 0x000, 1)]
    [InlineData(0x9000_0000, 0x400, 0)]
    public void A_fetch_outside_memory_aborts_at_the_level_it_came_from(ulong pstate, ulong offset, uint same)
    {
        Vcpu.Regs[(int)hv_reg_t.HV_REG_CPSR] = pstate;
        Vcpu.Raise(Ec(0x20) | 6, va: Pc, pa: 0x1000);

        Run();

        AssertException(Ec(0x20 + same) | 0x10, Pc, Vector + offset, pstate, Pc);
        Assert.Equal((pstate & 0xf000_0000) | 0x3c5, Vcpu.Regs[(int)hv_reg_t.HV_REG_CPSR]);
    }

    [Fact]
    public void PAN_and_SSBS_follow_SCTLR_EL1()
    {
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_SCTLR_EL1] = 1ul << 44;
        Vcpu.Regs[(int)hv_reg_t.HV_REG_CPSR] = 1 << 21 | 1 << 20 | 1 << 23 | 3 << 10 | 1 << 24;
        Vcpu.Raise(Ec(0x20) | 6, pa: 0x1000);

        Run();

        Assert.Equal(1ul << 24 | 1 << 22 | 1 << 12 | 0x3c5, Vcpu.Regs[(int)hv_reg_t.HV_REG_CPSR]);
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x24)]
    public void A_walk_outside_memory_is_an_external_abort_of_the_walk(uint ec)
    {
        Vcpu.Raise(Ec(ec) | 1 << 7 | 0x06, va: Pc, pa: 0x1000);

        Run();

        AssertException(Ec(ec + 1) | 0x16, Pc, Vector + 0x200, far: Pc);
    }

    // size, sign-extends, 64-bit register, value of the device, register.
    [Theory]
    [InlineData(1, false, false, 0xff85, 0x85)]
    [InlineData(1, true, true, 0x85, 0xffff_ffff_ffff_ff85)]
    [InlineData(1, true, false, 0x85, 0xffff_ff85)]
    [InlineData(2, true, true, 0x8001, 0xffff_ffff_ffff_8001)]
    [InlineData(2, true, false, 0x7001, 0x7001)]
    [InlineData(4, false, false, 0x1_8000_0001, 0x8000_0001)]
    [InlineData(4, true, true, 0x8000_0001, 0xffff_ffff_8000_0001)]
    [InlineData(8, false, true, 0x8000_0000_0000_0001, 0x8000_0000_0000_0001)]
    public void A_load_is_cut_extended_and_moved_past(int size, bool sse, bool sf, ulong value, ulong register)
    {
        Vcpu.Regs[1] = ulong.MaxValue;
        Access(isWrite: false, size, rt: 1, sse, sf);

        Assert.Equal(new VcpuExit(VcpuExitKind.MmioRead, Device, (AccessWidth)size), Run());
        Assert.Equal(Pc, Vcpu.Pc);
        Run(VcpuEntry.Complete(value));
        Assert.Equal((register, Pc + 4), (Vcpu.Regs[1], Vcpu.Pc));
    }

    [Theory]
    [InlineData(1, 5, 0x11)]
    [InlineData(2, 5, 0x2211)]
    [InlineData(4, 5, 0x4433_2211)]
    [InlineData(8, 5, 0x8877_6655_4433_2211)]
    [InlineData(8, 31, 0)]
    public void A_store_has_its_bytes(int size, int rt, ulong value)
    {
        Vcpu.Regs[5] = 0x8877_6655_4433_2211;
        Access(isWrite: true, size, rt);

        Assert.Equal(new VcpuExit(VcpuExitKind.MmioWrite, Device, (AccessWidth)size, value), Run());
        Run(VcpuEntry.Complete());
        Assert.Equal(Pc + 4, Vcpu.Pc);
    }

    [Fact]
    public void A_load_to_register_31_is_dropped()
    {
        Access(isWrite: false, size: 8, rt: 31, sf: true);
        Run();

        Run(VcpuEntry.Complete(0xbad));

        Assert.Equal(Pc + 4, Vcpu.Pc);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_access_is_an_external_abort(bool isWrite)
    {
        Access(isWrite, size: 4, rt: 1);
        Run();

        Run(VcpuEntry.Reject);

        AssertException(Ec(0x25) | 0x10 | (isWrite ? 1u << 6 : 0), Pc, Vector + 0x200, far: DeviceVa);
    }

    [Fact]
    public void Writing_the_PC_abandons_an_access()
    {
        Access(isWrite: false, size: 4, rt: 1);
        Run();

        _machine.Vcpu.WriteRegister(VcpuRegister.PC, Pc + 0x100);
        Run(VcpuEntry.Complete(0xbad));

        Assert.Equal((0ul, Pc + 0x100), (Vcpu.Regs[1], Vcpu.Pc));
    }

    [Fact]
    public void Cache_maintenance_of_a_device_does_nothing()
    {
        Vcpu.Raise(Ec(0x24) | 1 << 8 | 1 << 6 | 6, DeviceVa, Device);
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);

        Assert.Equal(VcpuExitKind.Canceled, Run().Kind);
        Assert.Equal(Pc + 4, Vcpu.Pc);
    }

    [Theory]
    [InlineData(0x24)]
    [InlineData(0x20)]
    public void A_fault_in_memory_is_tried_again_once(uint ec)
    {
        Vcpu.Raise(Ec(ec) | 7, FakeMachine.RamBase, FakeMachine.RamBase);
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);
        Assert.Equal(VcpuExitKind.Canceled, Run().Kind);
        Assert.Equal(Pc, Vcpu.Pc);

        Vcpu.Raise(Ec(ec) | 7, FakeMachine.RamBase, FakeMachine.RamBase);
        Vcpu.Raise(Ec(ec) | 7, FakeMachine.RamBase, FakeMachine.RamBase);
        Assert.Equal(new VcpuExit(VcpuExitKind.Fault, Pc, Value: Ec(ec) | 7), Run());
    }

    // PRFM twice, encodings that are none, LDXR, CAS and LDADD, and instructions that a device cannot serve.
    [Theory]
    [InlineData(0xf980_0000, null)]
    [InlineData(0xd8f8_0000, null)]
    [InlineData(0x0c00_1001, 0x10)]
    [InlineData(0x0d40_4401, 0x10)]
    [InlineData(0xdcf8_0001, 0x10)]
    [InlineData(0xc85f_7c01, 0x35)]
    [InlineData(0xc8a5_7c01, 0x35)]
    [InlineData(0xf825_0001, 0x35)]
    [InlineData(0xd503_201f, 0x10)]
    [InlineData(0xd920_0800, 0x10)]
    [InlineData(0xf820_0401, 0x10)]
    public void What_a_device_does_not_serve_is_a_hint_or_an_abort(uint instruction, int? status)
    {
        _machine.Write(Pc, instruction);
        Vcpu.Raise(Ec(0x24) | 6, DeviceVa, Device);
        Vcpu.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);

        Assert.Equal(VcpuExitKind.Canceled, Run().Kind);
        if (status is null) Assert.Equal(Pc + 4, Vcpu.Pc);
        else AssertException(Ec(0x25) | (uint)status, Pc, Vector + 0x200, far: DeviceVa);
    }

    [Fact]
    public void An_instruction_that_cannot_be_read_is_an_abort()
    {
        Vcpu.Pc = 0x5000_0000;
        Vcpu.Raise(Ec(0x24) | 6, DeviceVa, Device);

        Run();

        AssertException(Ec(0x25) | 0x10, 0x5000_0000, Vector + 0x200, far: DeviceVa);
    }

    [Fact]
    public void A_write_to_memory_that_is_read_only_is_an_access()
    {
        _machine.Partition.Map(new(0x5000_0000), (nint)_machine.Ram, 0x4000, MemoryProtection.Read | MemoryProtection.Execute);
        Vcpu.Regs[1] = 9;
        Vcpu.Raise(Ec(0x24) | 1 << 24 | 2 << 22 | 1 << 16 | 1 << 6 | 0xf, 0x5000_0010, 0x5000_0010);

        Assert.Equal(new VcpuExit(VcpuExitKind.MmioWrite, 0x5000_0010, AccessWidth.Word, 9), Run());
    }

    [Fact]
    public void A_run_that_fails_is_told_by_name()
    {
        FakeFramework.Refusals["hv_vcpu_run"] = hv_return_t.HV_ILLEGAL_GUEST_STATE;

        Assert.Contains("vCPU 0: hv_vcpu_run failed with HV_ILLEGAL_GUEST_STATE", Assert.Throws<HvException>(() => Run()).Message, StringComparison.Ordinal);
    }

    private static ulong Ec(uint ec) => (ulong)ec << 26 | IL;

    private VcpuExit Run(VcpuEntry entry = default) => _machine.Vcpu.Run(entry);

    private void Access(bool isWrite, int size, int rt, bool sse = false, bool sf = false) => Vcpu.Raise(
        0x12_0000_0000 | Ec(0x24) | 1 << 24 | (ulong)int.Log2(size) << 22 | (sse ? 1ul << 21 : 0) | (ulong)rt << 16 | (sf ? 1ul << 15 : 0) | (isWrite ? 1ul << 6 : 0) | 6,
        DeviceVa,
        Device);

    private void AssertException(ulong esr, ulong elr, ulong pc, ulong spsr = 0x3c5, ulong? far = null)
    {
        Assert.Equal(esr == 0 ? IL : esr, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_ESR_EL1]);
        Assert.Equal(elr, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_ELR_EL1]);
        Assert.Equal(spsr, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_SPSR_EL1]);
        Assert.Equal(pc, Vcpu.Pc);
        if (far is not null) Assert.Equal(far, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_FAR_EL1]);
    }
}
