using static Supermachine.Engine.Software.Tests.TranslatedMachine;

namespace Supermachine.Engine.Software.Tests;

/// <summary>What reaches EL1's vectors, with exact ESR_EL1 and FAR_EL1 (ARM ARM D19.2.37).</summary>
public class FaultTests
{
    private const ulong IL = 1 << 25, WnR = 1 << 6, CM = 1 << 8;
    private const ulong DataAbort = 0x25ul << 26 | IL, DataAbortLower = 0x24ul << 26 | IL;
    private const ulong FetchAbort = 0x21ul << 26 | IL, FetchAbortLower = 0x20ul << 26 | IL;

    [Theory]
    [InlineData(0x3008ul, 0ul, false, 0x07ul)] // not mapped: translation, level 3
    [InlineData(0x3008ul, 3ul | EL0, false, 0x0Bul)] // access flag
    [InlineData(0x3008ul, AF | ReadOnly | 3, true, 0x0Ful | WnR)] // permission
    [InlineData(0x3008ul, AF | 3 | 1ul << 40, false, 0x03ul)] // address size
    [InlineData(0x3009ul, AF | Device | 3, false, 0x21ul)] // alignment
    [InlineData(0x3009ul, AF | Device | 3, true, 0x21ul | WnR)]
    [InlineData(0x80_0000_0000ul, AF, false, 0x04ul)] // beyond the input size
    [InlineData(0xFFFF_FFFF_FFFF_F000ul, AF, true, 0x04ul | WnR)] // EPD1
    [InlineData(0x60_0000ul, AF, false, 0x06ul)] // no block
    [InlineData(0x8000_0000ul, AF, false, 0x05ul)] // no table
    public void Data_aborts_at_EL1(ulong va, ulong descriptor, bool isStore, ulong syndrome)
    {
        using var machine = new TranslatedMachine();
        machine.Machine.Store(PageSlot(0x3000), descriptor | (descriptor > 3 ? Data : 0));
        machine.Machine.Move(1, va).Add(isStore ? Store(0, 1) : Load(0, 1));
        ulong at = machine.Machine.Here - 4;
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((DataAbort | syndrome, va, at), (machine.Machine.Esr, machine.Machine.Far, machine.Machine.Elr));
    }

    [Theory]
    [InlineData(AF | EL0 | ReadOnly, true, 0x0Ful | WnR)]
    [InlineData(AF, false, 0x0Ful)]
    public void Data_aborts_at_EL0(ulong attributes, bool isStore, ulong syndrome)
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, attributes).Page(0x4000, AF | EL0 | ReadOnly, BareMachine.Ram + 0x20_8000);
        machine.Machine.Store(BareMachine.Ram + 0x20_8000, isStore ? Store(0, 1) : Load(0, 1));
        machine.Machine.Move(1, 0x3010).Set("SPSR_EL1", 0).Set("ELR_EL1", 0x4000).Add(BareMachine.Eret);
        Assert.Equal(LowerSync, machine.Machine.Run());
        Assert.Equal((DataAbortLower | syndrome, 0x3010ul, 0x4000ul), (machine.Machine.Esr, machine.Machine.Far, machine.Machine.Elr));
    }

    [Theory]
    [InlineData(0x3000ul, AF | PXN, 0x0Ful)]
    [InlineData(0x3000ul, AF | EL0, 0x0Ful)] // writable at EL0: never executable at EL1
    [InlineData(0x5000ul, AF, 0x07ul)]
    public void Fetch_aborts(ulong va, ulong attributes, ulong syndrome)
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, attributes);
        machine.Machine.Move(1, va).Add(Branch(1));
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((FetchAbort | syndrome, va, va), (machine.Machine.Esr, machine.Machine.Far, machine.Machine.Elr));
    }

    [Fact]
    public void A_half_closed_by_E0PD_is_not_mapped_for_EL0()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, AF | EL0).Page(0x4000, AF | EL0, BareMachine.Ram + 0x20_8000);
        machine.Machine.Set("TCR_EL1", TranslatedMachine.Tcr | 1ul << 55).Move(1, 0x3010).Add(Load(0, 1)); // EL1 sees it as before
        machine.Machine.Set("SPSR_EL1", 0).Set("ELR_EL1", 0x4000).Add(BareMachine.Eret);
        Assert.Equal(LowerSync, machine.Machine.Run());
        Assert.Equal((FetchAbortLower | 0x04, 0x4000ul), (machine.Machine.Esr, machine.Machine.Far));
    }

    [Fact]
    public void A_half_closed_by_E0PD_is_closed_to_unprivileged_accesses_of_EL1_and_to_AT()
    {
        const uint ReadPar = 0xD538_7402, AtS1E1R = 0xD508_7801, AtS1E0R = 0xD508_7841;
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, AF | EL0);
        machine.Machine.Set("TCR_EL1", TranslatedMachine.Tcr | 1ul << 55).Move(1, 0x3010).Add(AtS1E1R, BareMachine.Isb, ReadPar, 0xAA02_03E3);
        machine.Machine.Add(AtS1E0R, BareMachine.Isb, ReadPar, Ldtr(0, 1));
        ulong at = machine.Machine.Here - 4;
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((DataAbort | 0x04, 0x3010ul, at), (machine.Machine.Esr, machine.Machine.Far, machine.Machine.Elr));
        Assert.Equal((0ul, 0x809ul), (machine.Machine.X(3) & 1, machine.Machine.X(2)));
    }

    [Fact]
    public void Execution_beyond_a_page_faults_at_the_next()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, AF | EL0 | ReadOnly);
        machine.Machine.Store(Data + 0xFFC, BareMachine.Nop);
        machine.Machine.Set("SPSR_EL1", 0).Set("ELR_EL1", 0x3FFC).Add(BareMachine.Eret);
        Assert.Equal(LowerSync, machine.Machine.Run());
        Assert.Equal((FetchAbortLower | 7, 0x4000ul), (machine.Machine.Esr, machine.Machine.Far));
    }

    [Fact]
    public void Where_there_is_no_memory_a_fetch_and_a_refused_access_abort_externally()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, AF, 0x0A00_0000);
        machine.Machine.Move(1, 0x3000).Add(Branch(1));
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((FetchAbort | 0x10, 0x3000ul), (machine.Machine.Esr, machine.Machine.Far));

        using var other = new TranslatedMachine();
        other.Page(0x3000, AF | Device, 0x0A00_0000);
        other.Machine.Move(1, 0x3010).Add(Store(0, 1)).Assemble();
        other.Machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        VcpuExit exit = other.Machine.Vcpu.Run(VcpuEntry.Resume);
        Assert.Equal((VcpuExitKind.MmioWrite, 0x0A00_0010ul), (exit.Kind, exit.Address));
        Assert.Equal(CurrentSync, other.Machine.Resume(VcpuEntry.Reject));
        Assert.Equal((DataAbort | WnR | 0x10, 0x3010ul), (other.Machine.Esr, other.Machine.Far));
    }

    [Fact]
    public void A_walk_into_nowhere_is_an_external_abort_of_its_level()
    {
        using var machine = new TranslatedMachine();
        machine.Machine.Store(BlockSlot(0x60_0000), 0x0A00_0000 | 3);
        machine.Machine.Move(1, 0x60_0000).Add(Load(0, 1));
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal(DataAbort | 0x17, machine.Machine.Esr);
    }

    [Fact]
    public void Misaligned_PC_and_SP()
    {
        using var machine = new TranslatedMachine();
        machine.Machine.Move(1, BareMachine.Ram + 2).Add(Branch(1));
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((0x22ul << 26 | IL, BareMachine.Ram + 2), (machine.Machine.Esr, machine.Machine.Far));

        using var other = new TranslatedMachine(sctlr: Sctlr.SA);
        other.Machine.Move(1, BareMachine.Ram + 0x8008).Add(0x9100_003F, Load(0, 31)); // MOV SP, X1
        Assert.Equal(CurrentSync, other.Machine.Run());
        Assert.Equal(0x26ul << 26 | IL, other.Machine.Esr);
    }

    [Fact]
    public void An_illegal_return_leaves_the_illegal_state()
    {
        using var machine = new TranslatedMachine();
        machine.Machine.Set("SPSR_EL1", 0x6000_0009).Set("ELR_EL1", BareMachine.Ram + 0x5678).Add(BareMachine.Eret); // EL2h
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((0x0Eul << 26 | IL, BareMachine.Ram + 0x5678), (machine.Machine.Esr, machine.Machine.Elr));
        Assert.Equal(0x6010_0005ul, machine.Machine.Spsr);
    }

    [Theory]
    [InlineData(BareMachine.Wfi, 0u)]
    [InlineData(BareMachine.Wfe, 1u)]
    public void Waiting_at_EL0_traps_unless_allowed(uint instruction, uint which)
    {
        using var machine = new BareMachine();
        machine.EnterEl0().Add(instruction);
        Assert.Equal(LowerSync, machine.Run());
        Assert.Equal(0x01ul << 26 | IL | 0x1E << 20 | which, machine.Esr);
    }

    [Fact]
    public void Cache_maintenance_faults_as_a_write_that_says_so()
    {
        uint[] operations = [BareMachine.Sys(3, 7, 11, 1, 1), BareMachine.Sys(3, 7, 14, 1, 1), BareMachine.Sys(3, 7, 5, 1, 1), BareMachine.Sys(0, 7, 6, 1, 1)];
        foreach (uint operation in operations)
        {
            using var machine = new TranslatedMachine();
            machine.Machine.Move(1, 0x3008).Add(operation);
            Assert.Equal(CurrentSync, machine.Machine.Run());
            Assert.Equal((DataAbort | WnR | CM | 7, 0x3008ul), (machine.Machine.Esr, machine.Machine.Far));
        }
    }

    [Fact]
    public void DC_ZVA_zeroes_64_bytes_and_faults_with_its_operand()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000).Page(0x4000, AF | ReadOnly).Page(0x5000, AF | Device);
        for (ulong at = 0; at < 256; at += 8) machine.Machine.Store(Data + at, ulong.MaxValue);
        uint zero = BareMachine.Sys(3, 7, 4, 1, 1);
        machine.Machine.Move(1, 0x3079).Add(zero).Move(1, 0x4079).Add(zero);
        Assert.Equal(CurrentSync, machine.Machine.Run());
        Assert.Equal((DataAbort | WnR | 0xF, 0x4079ul), (machine.Machine.Esr, machine.Machine.Far));
        for (ulong at = 0; at < 256; at += 8) Assert.Equal(at is >= 64 and < 128 ? 0 : ulong.MaxValue, machine.Machine.Load(Data + at));

        using var other = new TranslatedMachine();
        other.Page(0x5000, AF | Device);
        other.Machine.Move(1, 0x5010).Add(zero);
        Assert.Equal(CurrentSync, other.Machine.Run());
        Assert.Equal((DataAbort | WnR | 0x21, 0x5010ul), (other.Machine.Esr, other.Machine.Far));
    }

    [Theory]
    [InlineData(0xC85F_7C40u)] // LDXR X0, [X2]
    [InlineData(0xC87F_0440u)] // LDXP X0, X1, [X2]
    [InlineData(0xC800_7C41u)] // STXR W0, X1, [X2]
    [InlineData(0xC8DF_FC40u)] // LDAR X0, [X2]
    [InlineData(0xF821_0040u)] // LDADD X1, X0, [X2]
    [InlineData(0x4820_7C44u)] // CASP X0, X1, X4, X5, [X2]
    public void A_misaligned_address_of_the_first_page_is_no_invalid_TLB_entry(uint instruction)
    {
        using TranslatedMachine translated = new();
        BareMachine machine = translated.Machine;
        machine.Move(2, 0x31).Add(TlbiAll, BareMachine.Dsb, BareMachine.Isb, instruction);
        Assert.Equal(TranslatedMachine.CurrentSync, machine.Run());
        Assert.Equal(FaultStatus.Alignment, (uint)machine.Esr & 0x3F);
        Assert.Equal(0x31ul, machine.Far);
    }

    /// <summary>TLBI VMALLE1.</summary>
    private static readonly uint TlbiAll = BareMachine.Sys(0, 8, 7, 0, 31);
}
