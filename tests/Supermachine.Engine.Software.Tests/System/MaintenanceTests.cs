using static Supermachine.Engine.Software.Tests.TranslatedMachine;

namespace Supermachine.Engine.Software.Tests;

/// <summary>What must be seen after TLB and cache maintenance, and after changes of the translation registers.</summary>
public class MaintenanceTests
{
    private const ulong Other = Data + 0x1000;

    /// <summary>Loads a page, maps it elsewhere, does an operation with X3 = VA[55:12], loads again.</summary>
    [Theory]
    [InlineData(7u, 0u)] // VMALLE1
    [InlineData(7u, 1u)] // VAE1
    [InlineData(7u, 2u)] // ASIDE1
    [InlineData(7u, 3u)] // VAAE1
    [InlineData(7u, 5u)] // VALE1
    [InlineData(7u, 7u)] // VAALE1
    [InlineData(3u, 0u)] // and Inner Shareable
    [InlineData(3u, 1u)]
    [InlineData(3u, 2u)]
    [InlineData(3u, 3u)]
    [InlineData(3u, 5u)]
    [InlineData(3u, 7u)]
    public void TLBI_makes_a_changed_table_seen(uint crm, uint op2)
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000);
        machine.Machine.Store(Data, 1ul);
        machine.Machine.Store(Other, 2ul);
        machine.Machine.Move(1, 0x3000).Add(Load(4, 1)).Move(2, PageSlot(0x3000)).Move(5, Other | AF | 3).Add(Store(5, 2), BareMachine.Dsb)
            .Move(3, 3).Add(BareMachine.Sys(0, 8, crm, op2, op2 is 0 ? 31u : 3), BareMachine.Dsb, BareMachine.Isb, Load(6, 1), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal((1ul, 2ul), (machine.Machine.X(4), machine.Machine.X(6)));
    }

    [Fact]
    public void TLBI_of_one_address_in_a_block_forgets_all_of_the_block()
    {
        using var machine = new TranslatedMachine();
        machine.Block(0x20_0000, Data);
        machine.Machine.Store(Data + 0x5000, 1ul);
        machine.Machine.Store(Data + 0x20_5000, 2ul);
        machine.Machine.Move(1, 0x20_5000).Add(Load(4, 1)).Move(2, BlockSlot(0x20_0000)).Move(5, Data + 0x20_0000 | AF | 1).Add(Store(5, 2), BareMachine.Dsb)
            .Move(3, 0x20_9000 >> 12).Add(TlbiVa(3), BareMachine.Dsb, BareMachine.Isb, Load(6, 1), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal((1ul, 2ul), (machine.Machine.X(4), machine.Machine.X(6)));
    }

    [Fact]
    public void A_change_of_TTBR0_changes_the_address_space_and_back()
    {
        using var machine = new TranslatedMachine();
        const ulong SecondRoot = BareMachine.Ram + 0x18_0000;
        machine.Page(0x3000);
        machine.Machine.Store(SecondRoot, SecondRoot + 0x1000 | 3);
        machine.Machine.Store(SecondRoot + 8, BareMachine.Ram | AF | 1);
        machine.Machine.Store(SecondRoot + 0x1000, SecondRoot + 0x2000 | 3);
        machine.Machine.Store(SecondRoot + 0x2000 + 8 * 3, Other | AF | 3);
        machine.Machine.Store(Data, 1ul);
        machine.Machine.Store(Other, 2ul);
        machine.Machine.Move(1, 0x3000).Add(Load(4, 1), BareMachine.Mrs(7, BareMachine.Of("TTBR0_EL1"))).Set("TTBR0_EL1", SecondRoot | 1ul << 48).Add(Load(5, 1))
            .Add(BareMachine.Msr(BareMachine.Of("TTBR0_EL1"), 7), BareMachine.Isb, Load(6, 1), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal((1ul, 2ul, 1ul), (machine.Machine.X(4), machine.Machine.X(5), machine.Machine.X(6)));
    }

    [Fact]
    public void A_private_translation_of_TTBR1_is_of_its_ASID_until_that_is_forgotten()
    {
        using var machine = new TranslatedMachine();
        const ulong Root = BareMachine.Ram + 0x18_0000, NG = 1 << 11, Va = 0xFFFF_FF80_0000_3000, First = Root | 1ul << 48, Second = Root | 2ul << 48;
        machine.Machine.Store(Root, Root + 0x1000 | 3);
        machine.Machine.Store(Root + 0x1000, Root + 0x2000 | 3);
        machine.Machine.Store(Root + 0x2000 + 8 * 3, Data | AF | NG | 3);
        machine.Machine.Store(Data, 1ul);
        machine.Machine.Store(Other, 2ul);
        machine.Machine.Set("TTBR1_EL1", First).Set("TCR_EL1", 25 | 25 << 16 | 2ul << 30 | 2ul << 32 | 1 << 22).Move(1, Va).Add(Load(4, 1)) // A1, TG1 4K
            .Move(2, Root + 0x2000 + 8 * 3).Move(5, Other | AF | NG | 3).Add(Store(5, 2), BareMachine.Dsb).Set("TTBR1_EL1", Second).Add(Load(5, 1))
            .Move(3, 1ul << 48).Add(BareMachine.Sys(0, 8, 7, 2, 3), BareMachine.Dsb).Set("TTBR1_EL1", First).Add(Load(6, 1), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal((1ul, 2ul, 2ul), (machine.Machine.X(4), machine.Machine.X(5), machine.Machine.X(6)));
    }

    [Fact]
    public void TLBI_of_an_address_forgets_jumps_to_it()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000);
        foreach ((ulong page, uint move) in new[] { (Data, 0xD280_0020u), (Other, 0xD280_0040u) }) // MOVZ X0, #1; MOVZ X0, #2
        {
            machine.Machine.Store(page, move);
            machine.Machine.Store(page + 4, 0xD65F_03C0u); // RET
        }

        machine.Machine.Move(1, 0x3000).Add(0xD63F_0020, 0xAA00_03E4).Move(2, PageSlot(0x3000)).Move(5, Other | AF | 3).Add(Store(5, 2), BareMachine.Dsb) // BLR X1; MOV X4, X0
            .Move(3, 3).Add(TlbiVa(3), BareMachine.Dsb, BareMachine.Isb, 0xD63F_0020, BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal((1ul, 2ul), (machine.Machine.X(4), machine.Machine.X(0)));
    }

    [Fact]
    public void Permissions_are_of_the_level_that_accesses()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000).Page(0x4000, AF | EL0 | ReadOnly, Data + 0x2000);
        machine.Machine.Store(Data + 0x2000, Load(0, 1));
        machine.Machine.Move(1, 0x3000).Add(Load(0, 1), Store(0, 1)).Set("SPSR_EL1", 0).Set("ELR_EL1", 0x4000).Add(BareMachine.Eret);
        Assert.Equal(LowerSync, machine.Machine.Run()); // EL1 has just used the page; EL0 still may not
        Assert.Equal(0x0Ful, machine.Machine.Esr & 0x3F);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Changed_code_is_seen_after_IC(bool byAddress)
    {
        using var machine = new TranslatedMachine();
        ulong function = BareMachine.Ram + 0x30_0000;
        machine.Machine.Store(function, 0xD280_0020u); // MOVZ X0, #1
        machine.Machine.Store(function + 4, 0xD65F_03C0u); // RET
        machine.Machine.Move(1, function).Move(2, 0xD280_0040).Add(0xD63F_0020, 0xAA00_03E4) // BLR X1; MOV X4, X0
            .Add(0xB900_0022, BareMachine.Sys(3, 7, 11, 1, 1), BareMachine.Dsb) // STR W2, [X1]; DC CVAU
            .Add(byAddress ? BareMachine.Sys(3, 7, 5, 1, 1) : BareMachine.Sys(0, 7, 5, 0, 31), BareMachine.Dsb, BareMachine.Isb, 0xD63F_0020, BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal((1ul, 2ul), (machine.Machine.X(4), machine.Machine.X(0)));
    }

    /// <summary>A device's stores go to memory beside the engine: nothing but IC tells of them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Code_that_a_device_wrote_is_seen_after_IC(bool byAddress)
    {
        using var machine = new TranslatedMachine();
        ulong function = BareMachine.Ram + 0x30_0000;
        machine.Machine.Store(function, 0xD280_0020u); // MOVZ X0, #1
        machine.Machine.Store(function + 4, 0xD65F_03C0u); // RET
        machine.Machine.Move(1, function).Add(0xD63F_0020, BareMachine.Hvc(1)) // BLR X1
            .Add(byAddress ? BareMachine.Sys(3, 7, 5, 1, 1) : BareMachine.Sys(0, 7, 5, 0, 31), BareMachine.Dsb, BareMachine.Isb, 0xD63F_0020, BareMachine.Hvc(2));
        Assert.Equal((1ul, 1ul), (machine.Machine.Run(), machine.Machine.X(0)));
        machine.Machine.Store(function, 0xD280_0040u);
        Assert.Equal((2ul, 2ul), (machine.Machine.Resume(), machine.Machine.X(0)));
    }

    [Fact]
    public void AT_leaves_the_translation_in_PAR()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, AF | ReadOnly | 3 << 8);
        machine.Machine.Move(1, 0x3ABC);
        for (uint form = 0; form < 4; form++) machine.Machine.Add(BareMachine.Sys(0, 7, 8, form, 1), BareMachine.Isb, BareMachine.Mrs(2 + form, BareMachine.Of("PAR_EL1")));
        machine.Machine.Add(BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Machine.Run());
        Assert.Equal(0xFF00_0000_0000_0B80 | Data, machine.Machine.X(2));
        Assert.Equal(0x81Ful, machine.Machine.X(3)); // write: permission, level 3
        Assert.Equal((0x81Ful, 0x81Ful), (machine.Machine.X(4), machine.Machine.X(5)));
    }

    /// <summary>vCPU 1 reads a page in a loop until it reads what vCPU 0 mapped there; vCPU 0's DSB ends when no old translation is left.</summary>
    [Fact]
    public void Inner_Shareable_TLBI_reaches_the_other_vCPU()
    {
        using var machine = new TranslatedMachine(vcpus: 2);
        machine.Page(0x3000);
        machine.Machine.Store(Other, 2ul);
        machine.Machine.Move(2, PageSlot(0x3000)).Move(5, Other | AF | 3).Move(3, 3).Move(1, Data + 0x2000).Add(BareMachine.Hvc(1))
            .Add(Store(5, 2), BareMachine.Dsb, TlbiVa(3, inner: true), BareMachine.Dsb, BareMachine.Hvc(2));
        ulong second = machine.Machine.Here;
        machine.Start();
        machine.Machine.Move(1, 0x3000).Move(2, Data + 0x2000).Move(0, 1)
            .Add(Store(0, 2)) // "I run"
            .Add(Load(4, 1), 0xB4FF_FFE4, BareMachine.Hvc(3)); // LDR X4; CBZ X4, back; HVC
        ulong said = 0;
        var thread = new Thread(() =>
        {
            using IVcpu vcpu = machine.Machine.Create(1, second);
            VcpuExit exit = vcpu.Run(VcpuEntry.Resume);
            Volatile.Write(ref said, exit.Kind == VcpuExitKind.FirmwareCall ? exit.Value : 99);
        });
        Assert.Equal(1ul, machine.Machine.Run());
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => machine.Machine.Load(Data + 0x2000) == 1, TimeSpan.FromSeconds(20)));
        Assert.Equal(2ul, machine.Machine.Resume());
        Assert.True(thread.Join(TimeSpan.FromSeconds(20)));
        Assert.Equal(3ul, said);
    }

    [Fact]
    public void WFI_sleeps_until_the_timer_and_a_masked_interrupt_ends_it()
    {
        using var machine = new BareMachine();
        machine.EnablePpi(27);
        machine.Move(9, 50_000).Add(BareMachine.Msr(BareMachine.Of("CNTV_TVAL_EL0"), 9)).Set("CNTV_CTL_EL0", 1)
            .Add(BareMachine.Wfi, BareMachine.Mrs(0, BareMachine.Of("CNTV_CTL_EL0")), BareMachine.Mrs(1, BareMachine.Of("ISR_EL1")), BareMachine.Mrs(2, GicRegister.ICC_IAR1_EL1), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Run());
        Assert.Equal((5ul, 0x80ul, 27ul), (machine.X(0), machine.X(1), machine.X(2)));
    }
}
