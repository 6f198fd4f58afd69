namespace Supermachine.Engine.Hvf.Tests;

/// <summary>The guest's tables, seen through an access whose instruction and second page have to be found.</summary>
[Collection(OneFramework.Name)]
public sealed unsafe class StageOneWalkTests : IDisposable
{
    private const ulong Tables = FakeMachine.RamBase + 0x10_0000, Code = FakeMachine.RamBase + 0x4000, Vector = 0x4008_0000;
    private const ulong Valid = 3, Block = 1, Accessed = 1 << 10, User = 1 << 6, ReadOnly = 1 << 7;
    private readonly FakeMachine _machine = new();

    private FakeVcpu Vcpu => _machine.Fake;

    public void Dispose() => _machine.Dispose();

    /// <summary>TCR_EL1 for one half with 48, 39 or fewer bits of a granule, and the levels to the page of an address.</summary>
    public static TheoryData<string, ulong, int, ulong, int, int> Granules => new()
    {
        // name, TCR_EL1, granule bits, virtual address, first level, leaf size in bits
        { "4K, 48 bits", 16, 12, 0x0000_1234_5678_9000, 0, 12 },
        { "4K, 39 bits, block of 2M", 25, 12, 0x0000_0012_3456_7000, 1, 21 },
        { "4K, 39 bits, block of 1G", 25, 12, 0x0000_0012_3456_7000, 1, 30 },
        { "16K, 36 bits", 28 | 2 << 14, 14, 0x0000_0003_4567_8000, 2, 14 },
        { "16K, 47 bits", 17 | 2 << 14, 14, 0x0000_1234_5678_c000, 1, 14 },
        { "64K, 42 bits, block of 512M", 22 | 1 << 14, 16, 0x0000_0234_5678_0000, 2, 29 },
        { "upper, 4K, 39 bits", 25ul << 16 | 2ul << 30, 12, 0xffff_ff92_3456_7000, 1, 12 },
        { "upper, 16K, 47 bits", 17ul << 16 | 1ul << 30, 14, 0xffff_9234_5678_c000, 1, 14 },
        { "upper, 64K, 48 bits", 16ul << 16 | 3ul << 30, 16, 0xffff_9234_5678_0000, 1, 16 },
        { "tagged", 16, 12, 0x5a00_1234_5678_9000, 0, 12 },
    };

    [Theory]
    [MemberData(nameof(Granules))]
    public void The_instruction_is_found(string name, ulong tcr, int granule, ulong va, int firstLevel, int leaf)
    {
        Assert.NotEmpty(name);
        ulong pc = MapCode(tcr, granule, va, firstLevel, leaf, Accessed);
        Vcpu.Pc = pc;
        Vcpu.Raise(0x24ul << 26 | 6, 0x0a00_0000, 0x0a00_0000);

        // LDP X1, X4, [X0].
        Vcpu.Regs[0] = 0x0a00_0000;
        Assert.Equal(VcpuExitKind.MmioRead, _machine.Vcpu.Run(VcpuEntry.Resume).Kind);
        Assert.Equal(new VcpuExit(VcpuExitKind.MmioRead, 0x0a00_0008), _machine.Vcpu.Run(VcpuEntry.Complete(1)));
        _machine.Vcpu.Run(VcpuEntry.Complete(2));
        Assert.Equal((1ul, 2ul, pc + 4), (Vcpu.Regs[1], Vcpu.Regs[4], Vcpu.Pc));
    }

    [Theory]
    [InlineData(1ul << 7 | 16, 0x1000, "a walk that is off")]
    [InlineData(16 | 3 << 14, 0x1000, "a granule that is none")]
    [InlineData(16, 0x0081_0000_0000_0000, "an address between the halves")]
    [InlineData(50, 0x1000, "too few bits")]
    [InlineData(16, 0x1000, "an empty table")]
    public void An_instruction_that_is_not_mapped_is_an_external_abort(ulong tcr, ulong pc, string why)
    {
        Assert.NotEmpty(why);
        TurnOn(tcr, 0x1000, Tables);
        Vcpu.Pc = pc;
        Vcpu.Raise(0x24ul << 26 | 6, 0x0a00_0000, 0x0a00_0000);

        _machine.Vcpu.Run(VcpuEntry.Resume);

        Assert.Equal(0x25ul << 26 | 1 << 25 | 0x10, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_ESR_EL1]);
    }

    // The pair lies across two pages: the first is the device, the second as below.
    [Theory]
    [InlineData(Valid | Accessed | FakeMachine.RamBase + 0x8000, 0x3c5, null)]
    [InlineData(Valid | Accessed | User | FakeMachine.RamBase + 0x8000, 0, null)]
    [InlineData(Valid | Accessed | FakeMachine.RamBase + 0x8000, 0, 0x0f)]
    [InlineData(Valid | FakeMachine.RamBase + 0x8000, 0x3c5, 0x0b)]
    [InlineData(Block | Accessed | FakeMachine.RamBase + 0x8000, 0x3c5, 0x07)]
    [InlineData(0, 0x3c5, 0x07)]
    public void A_load_across_two_pages_takes_the_second_where_the_guest_has_it(ulong descriptor, ulong pstate, int? status)
    {
        Vcpu.Regs[(int)hv_reg_t.HV_REG_CPSR] = pstate;
        AcrossPages(descriptor, 0xa940_1001);
        _machine.Write(FakeMachine.RamBase + 0x8000, 0x5566_7788_99aa_bbccul);

        Assert.Equal(new VcpuExit(VcpuExitKind.MmioRead, 0x0a00_0ff8), _machine.Vcpu.Run(VcpuEntry.Resume));
        _machine.Vcpu.Run(VcpuEntry.Complete(7));

        if (status is null) Assert.Equal((7ul, 0x5566_7788_99aa_bbccul), (Vcpu.Regs[1], Vcpu.Regs[4]));
        else AssertAbort((uint)status);
    }

    [Theory]
    [InlineData(Valid | Accessed | FakeMachine.RamBase + 0x8000, null)]
    [InlineData(Valid | Accessed | ReadOnly | FakeMachine.RamBase + 0x8000, 0x4f)]
    public void A_store_across_two_pages_too(ulong descriptor, int? status)
    {
        AcrossPages(descriptor, 0xa900_1001);
        (Vcpu.Regs[1], Vcpu.Regs[4]) = (1, 0x1234_5678_9abc_def0);

        Assert.Equal(new VcpuExit(VcpuExitKind.MmioWrite, 0x0a00_0ff8, AccessWidth.DoubleWord, 1), _machine.Vcpu.Run(VcpuEntry.Resume));
        _machine.Vcpu.Run(VcpuEntry.Complete());

        if (status is null) Assert.Equal(0x1234_5678_9abc_def0ul, _machine.Read<ulong>(FakeMachine.RamBase + 0x8000));
        else AssertAbort((uint)status);
    }

    // ST4 {V2.16B-V5.16B}: elements of one byte; STP of words; STRH pairs by ST2.
    [Theory]
    [InlineData(0x4c00_0002)]
    [InlineData(0x2900_1001)]
    [InlineData(0x4c00_8402)]
    public void Every_size_reaches_memory(uint instruction)
    {
        AcrossPages(Valid | Accessed | FakeMachine.RamBase + 0x8000, instruction, Vcpu.Regs[0] = 0x2_1000 - 4);
        for (int i = 0; i < 32; i++) Vcpu.Simd[i].value = System.Runtime.Intrinsics.Vector128.Create((byte)(i + 0x40));
        (Vcpu.Regs[1], Vcpu.Regs[4]) = (0x11, 0x4444_4444);

        VcpuExit exit = _machine.Vcpu.Run(VcpuEntry.Resume);
        while (exit.Kind == VcpuExitKind.MmioWrite) exit = _machine.Vcpu.Run(VcpuEntry.Complete());

        Assert.NotEqual(0u, _machine.Read<uint>(FakeMachine.RamBase + 0x8000));
    }

    [Fact]
    public void A_table_outside_memory_is_an_abort_of_the_walk()
    {
        AcrossPages(Valid | Accessed, 0xa940_1001);
        _machine.Write(Tables + 0x3000, Valid | 0x7000_0000ul);

        _machine.Vcpu.Run(VcpuEntry.Resume);
        _machine.Vcpu.Run(VcpuEntry.Complete(7));

        // The page that the instruction is on has another table, so it is the access that fails.
        AssertAbort(0x17);
    }

    [Fact]
    public void Restrictions_of_tables_count()
    {
        Vcpu.Regs[(int)hv_reg_t.HV_REG_CPSR] = 0;
        AcrossPages(Valid | Accessed | User | FakeMachine.RamBase + 0x8000, 0xa940_1001, restriction: 1ul << 61);

        _machine.Vcpu.Run(VcpuEntry.Resume);
        _machine.Vcpu.Run(VcpuEntry.Complete(7));

        Assert.Equal(0x24ul << 26 | 1 << 25 | 0x0f, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_ESR_EL1]);
    }

    /// <summary>Code at 0x4000_0000 and upward as it is; data at 0x2_0000, of which the page after next is as the descriptor says.</summary>
    private void AcrossPages(ulong descriptor, uint instruction, ulong address = 0x2_0ff8, ulong restriction = 0)
    {
        TurnOn(16, 0, Tables);
        _machine.Write(Tables, Valid | (Tables + 0x1000));
        _machine.Write(Tables + 0x1000, Valid | (Tables + 0x2000));
        _machine.Write(Tables + 0x1008, Block | Accessed | User | FakeMachine.RamBase);
        _machine.Write(Tables + 0x2000, Valid | restriction | (Tables + 0x4000));
        _machine.Write(Tables + 0x3000, 0ul);
        _machine.Write(Tables + 0x4000 + (0x21 * 8), descriptor);
        if (instruction == 0xa940_1001 && descriptor == (Valid | Accessed)) _machine.Write(Tables + 0x2000, Valid | 0x7000_0000ul);
        _machine.Write(Code, instruction);
        Vcpu.Regs[0] = address;
        Vcpu.Pc = Code;
        Vcpu.Raise(0x24ul << 26 | 6, address, 0x0a00_0000 | (address & 0xfff));
    }

    private ulong MapCode(ulong tcr, int granule, ulong va, int firstLevel, int leaf, ulong attributes)
    {
        TurnOn(tcr, va, Tables);
        int stride = granule - 3, inputBits = 64 - (int)((va >> 55 & 1) != 0 ? tcr >> 16 & 63 : tcr & 63);
        ulong table = Tables, size = 1ul << granule;
        for (int level = firstLevel; ; level++)
        {
            int shift = granule + (stride * (3 - level));
            ulong entry = table + ((va >> shift & ((1ul << Math.Min(stride, inputBits - shift)) - 1)) * 8);
            if (shift == leaf)
            {
                _machine.Write(entry, (level == 3 ? Valid : Block) | attributes | (FakeMachine.RamBase & ~((1ul << leaf) - 1)));
                break;
            }

            table += size;
            _machine.Write(entry, Valid | table);
        }

        ulong offset = va & ((1ul << leaf) - 1) & 0x1f_ffff;
        ulong pc = (va & ~((1ul << leaf) - 1)) | ((FakeMachine.RamBase & ((1ul << leaf) - 1)) + (offset & 0xff_fff));
        ulong pa = (FakeMachine.RamBase & ~((1ul << leaf) - 1)) | (pc & ((1ul << leaf) - 1));
        _machine.Write(pa, 0xa940_1001u);
        return pc;
    }

    private void TurnOn(ulong tcr, ulong va, ulong table)
    {
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_SCTLR_EL1] = 1 | 1 << 23;
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_TCR_EL1] = tcr;
        Vcpu.Sys[(va >> 55 & 1) != 0 ? hv_sys_reg_t.HV_SYS_REG_TTBR1_EL1 : hv_sys_reg_t.HV_SYS_REG_TTBR0_EL1] = 0x0012_0000_0000_0001 | table;
        Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_VBAR_EL1] = Vector;
    }

    private void AssertAbort(uint iss) =>
        Assert.Equal(((Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_SPSR_EL1] & 0xc) == 0 ? 0x24ul : 0x25ul) << 26 | 1 << 25 | iss, Vcpu.Sys[hv_sys_reg_t.HV_SYS_REG_ESR_EL1]);
}
