namespace Supermachine.Engine.Software.Tests;

public class SystemRegisterTests
{
    private const ulong CurrentSync = 0x104, LowerSync = 0x108;

    [Fact]
    public void Encodings_are_unique_and_all_rows_can_be_accessed()
    {
        Assert.Equal(SystemRegisters.All.Count, SystemRegisters.All.Select(register => register.Encoding).Distinct().Count());
        Assert.Equal(SystemRegisters.All.Count, SystemRegisters.All.Select(register => register.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("MIDR_EL1", 0x000F_5340ul)]
    [InlineData("MPIDR_EL1", 0x8000_0000ul)]
    [InlineData("CTR_EL0", 0x9444_C004ul)]
    [InlineData("CNTFRQ_EL0", 62_500_000ul)]
    [InlineData("CurrentEL", 4ul)]
    [InlineData("DAIF", 0x3C0ul)]
    [InlineData("SPSel", 1ul)]
    [InlineData("DCZID_EL0", 4ul)]
    [InlineData("ID_AA64MMFR0_EL1", 0x10_0022ul)]
    [InlineData("ID_AA64MMFR2_EL1", 0x1000_0000_0000_0000ul)]
    [InlineData("ID_AA64DFR0_EL1", 0x10_1006ul)]
    [InlineData("OSLSR_EL1", 8ul)]
    public void Registers_have_their_values_at_start(string name, ulong expected)
    {
        using var machine = new BareMachine();
        machine.Add(BareMachine.Mrs(0, BareMachine.Of(name)), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Run());
        Assert.Equal(expected, machine.X(0));
    }

    [Theory]
    [InlineData("TPIDR_EL0", ulong.MaxValue, ulong.MaxValue)]
    [InlineData("TPIDR_EL1", ulong.MaxValue, ulong.MaxValue)]
    [InlineData("SP_EL0", 0x1234ul, 0x1234ul)]
    [InlineData("VBAR_EL1", ulong.MaxValue, 0xFFFF_FFFF_FFFF_F800)]
    [InlineData("FAR_EL1", ulong.MaxValue, ulong.MaxValue)]
    [InlineData("CPACR_EL1", ulong.MaxValue, 0x30_0000ul)]
    [InlineData("CSSELR_EL1", ulong.MaxValue, 15ul)]
    [InlineData("CNTKCTL_EL1", ulong.MaxValue, 0x3FFul)]
    [InlineData("CNTV_CVAL_EL0", 0x1234_5678_9ABC_DEF0ul, 0x1234_5678_9ABC_DEF0ul)]
    [InlineData("ACTLR_EL1", ulong.MaxValue, 0ul)]
    [InlineData("NZCV", ulong.MaxValue, 0xF000_0000ul)]
    [InlineData("DAIF", 0x80ul, 0x80ul)]
    [InlineData("SCTLR_EL1", 0xFFFF_FFFF_FFFF_FFFEul, 0x34DD_D21Eul | 1 << 11)]
    public void Registers_keep_the_bits_they_have(string name, ulong written, ulong kept)
    {
        using var machine = new BareMachine();
        machine.Set(name, written).Add(BareMachine.Mrs(0, BareMachine.Of(name)), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Run());
        Assert.Equal(kept, machine.X(0));
    }

    [Fact]
    public void The_unassigned_identification_space_reads_as_zero_and_the_rest_is_undefined()
    {
        using var machine = new BareMachine();
        machine.Set("VBAR_EL1", BareMachine.Vectors).Move(0, 7)
            .Add(BareMachine.Mrs(0, SystemRegister.Encode(3, 0, 0, 4, 7)), BareMachine.Mrs(1, SystemRegister.Encode(3, 0, 4, 2, 3))); // PAN
        Assert.Equal(CurrentSync, machine.Run());
        Assert.Equal(0ul, machine.X(0));
        Assert.Equal(0x0200_0000ul, machine.Esr);
    }

    [Theory]
    [InlineData("ID_AA64PFR0_EL1")]
    [InlineData("TTBR0_EL1")]
    [InlineData("TPIDR_EL1")]
    [InlineData("SPSel")]
    [InlineData("SP_EL0")]
    [InlineData("MDSCR_EL1")]
    public void Registers_of_EL1_are_undefined_at_EL0(string name)
    {
        using var machine = new BareMachine();
        machine.EnterEl0().Add(BareMachine.Mrs(0, BareMachine.Of(name)));
        Assert.Equal(LowerSync, machine.Run());
        Assert.Equal(0x0200_0000ul, machine.Esr);
    }

    // ISS: op0 at 20, op2 at 17, op1 at 14, CRn at 10, Rt at 5, CRm at 1, direction at 0 (ARM ARM D19.2.37).
    [Theory]
    [InlineData("CTR_EL0", 3u, 0x18ul << 26 | 1 << 25 | 3 << 20 | 1 << 17 | 3 << 14 | 3 << 5 | 1)]
    [InlineData("CNTVCT_EL0", 31u, 0x18ul << 26 | 1 << 25 | 3 << 20 | 2 << 17 | 3 << 14 | 14 << 10 | 31 << 5 | 1)]
    [InlineData("CNTV_CTL_EL0", 0u, 0x18ul << 26 | 1 << 25 | 3 << 20 | 1 << 17 | 3 << 14 | 14 << 10 | 3 << 1 | 1)]
    [InlineData("DAIF", 1u, 0x18ul << 26 | 1 << 25 | 3 << 20 | 1 << 17 | 3 << 14 | 4 << 10 | 1 << 5 | 2 << 1 | 1)]
    public void What_EL1_withholds_from_EL0_traps_with_its_syndrome(string name, uint rt, ulong syndrome)
    {
        using var machine = new BareMachine();
        machine.EnterEl0().Add(BareMachine.Mrs(rt, BareMachine.Of(name)));
        Assert.Equal(LowerSync, machine.Run());
        Assert.Equal(syndrome, machine.Esr);
    }

    [Fact]
    public void What_EL1_allows_EL0_reads()
    {
        using var machine = new BareMachine();
        machine.Set("SCTLR_EL1", Sctlr.UCT | Sctlr.UMA).Set("CNTKCTL_EL1", 3).Set("TPIDRRO_EL0", 42).Set("TPIDR_EL0", 43)
            .EnterEl0()
            .Add(BareMachine.Mrs(0, BareMachine.Of("CTR_EL0")), BareMachine.Mrs(1, BareMachine.Of("CNTVCT_EL0")), BareMachine.Mrs(2, BareMachine.Of("TPIDRRO_EL0")))
            .Add(BareMachine.Mrs(3, BareMachine.Of("TPIDR_EL0")), BareMachine.Mrs(4, BareMachine.Of("DCZID_EL0")), BareMachine.Mrs(5, BareMachine.Of("DAIF")))
            .Add(BareMachine.Svc(5));
        Assert.Equal(LowerSync, machine.Run());
        Assert.Equal(0x15ul << 26 | 1 << 25 | 5, machine.Esr);
        Assert.Equal((0x9444_C004ul, 42ul, 43ul, 0x14ul), (machine.X(0), machine.X(2), machine.X(3), machine.X(4)));
        Assert.NotEqual(0ul, machine.X(1));
    }

    [Fact]
    public void FPCR_and_FPSR_trap_with_FP()
    {
        using var machine = new BareMachine();
        machine.Set("VBAR_EL1", BareMachine.Vectors).Set("CPACR_EL1", 3 << 20).Set("FPCR", ulong.MaxValue).Set("FPSR", ulong.MaxValue)
            .Add(BareMachine.Mrs(0, BareMachine.Of("FPCR")), BareMachine.Mrs(1, BareMachine.Of("FPSR")))
            .Set("CPACR_EL1", 0).Add(BareMachine.Mrs(2, BareMachine.Of("FPCR")));
        Assert.Equal(CurrentSync, machine.Run());
        Assert.Equal((0x07C0_0000ul, 0x0800_009Ful), (machine.X(0), machine.X(1)));
        Assert.Equal(0x1FE0_0000ul, machine.Esr & 0xFFF0_0000);
    }

    [Fact]
    public void SP_EL0_is_undefined_while_EL1_uses_it()
    {
        using var machine = new BareMachine();
        machine.Set("VBAR_EL1", BareMachine.Vectors).Set("SPSel", 0).Add(BareMachine.Mrs(0, BareMachine.Of("SP_EL0")));
        Assert.Equal(0x100ul, machine.Run()); // EL1t's vector
        Assert.Equal(0x0200_0000ul, machine.Esr);
    }

    [Fact]
    public void Masks_are_set_and_cleared_by_immediates()
    {
        using var machine = new BareMachine();
        machine.Add(0xD503_40FF | 5u << 8, BareMachine.Mrs(0, BareMachine.Of("DAIF"))) // DAIFClr #5
            .Add(0xD503_40DF | 4u << 8, BareMachine.Mrs(1, BareMachine.Of("DAIF")), BareMachine.Hvc(1)); // DAIFSet #4
        Assert.Equal(1ul, machine.Run());
        Assert.Equal((0x280ul, 0x380ul), (machine.X(0), machine.X(1)));
    }

    [Fact]
    public void The_GIC_answers_its_registers()
    {
        using var machine = new BareMachine();
        machine.Move(9, 0xF0).Add(BareMachine.Msr(GicRegister.ICC_PMR_EL1, 9), BareMachine.Mrs(0, GicRegister.ICC_PMR_EL1))
            .Add(BareMachine.Mrs(1, GicRegister.ICC_IAR1_EL1), BareMachine.Mrs(2, GicRegister.ICC_SRE_EL1), BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Run());
        Assert.Equal((0xF0ul, 1023ul, 7ul), (machine.X(0), machine.X(1), machine.X(2)));
    }

    [Theory]
    [InlineData(0xD400_0003u)] // SMC #0: there is no EL3
    [InlineData(0xD440_0000u)] // HLT #0: no halting debug
    [InlineData(0xD503_4060u | 31)] // MSR UAO
    public void Some_instructions_are_undefined(uint instruction)
    {
        using var machine = new BareMachine();
        machine.Set("VBAR_EL1", BareMachine.Vectors).Add(instruction);
        Assert.Equal(CurrentSync, machine.Run());
        Assert.Equal(0x0200_0000ul, machine.Esr);
    }
}
