using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Engine.Software.Tests;

public class StageOneWalkTests
{
    private const ulong AF = TableBuilder.AF;

    /// <summary>Every granule, input size, half, level, virtual and physical page: the walk finds what the builder wrote.</summary>
    [Fact]
    public void A_mapping_is_found() => Prop.ForAll(Mappings().ToArbitrary(), mapping =>
    {
        var (granule, inputSize, high, level, va, pa, low) = mapping;
        var tables = new TableBuilder();
        tables.Map(granule, inputSize, high, va, pa, level);
        ulong tcr = TableBuilder.Tcr(granule, 64 - inputSize, 64 - inputSize);
        WalkResult result = tables.Walk(tcr, va | low);
        return !result.IsFault && result.PhysicalAddress == (pa | low) && result.Level == level
            && result.PageBits == TableBuilder.Shifts(granule)[level];
    }).QuickCheckThrowOnFailure();

    /// <summary>Random tables never throw, never loop, and every fault has a level that the granule has.</summary>
    [Fact]
    public void Garbage_gives_a_result()
    {
        var garbage = from tcr in ArbMap.Default.GeneratorFor<ulong>()
                      from root in Gen.Choose(0, 0xFFFF)
                      from va in ArbMap.Default.GeneratorFor<ulong>()
                      from seed in ArbMap.Default.GeneratorFor<ulong>()
                      select (tcr, root: (ulong)root << 16, va, seed);
        Prop.ForAll(garbage.ToArbitrary(), g =>
        {
            var result = StageOneWalk.Translate(new TranslationRegisters(1, g.tcr, g.root, g.root), g.va, new GarbageReader(g.seed));
            return result.IsFault ? result.FaultCode < 0x18 : result.PageBits is >= 12 and <= 30 && result.PhysicalAddress >> 40 == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_walk_by_hand()
    {
        // 4 KiB, T0SZ 25: 39 bits, a level 1 root. 0x12_3456_7ABC has the indices 0x48, 0x1A2, 0x167 and the offset 0xABC.
        var tables = new TableBuilder();
        tables.SetRoot(false, 0x4000_0000);
        tables.Write(0x4000_0240, 0x5000_0003);
        tables.Write(0x5000_0D10, 0x5000_1003);
        tables.Write(0x5000_1B38, 0x0060_0000_8BCD_E713);
        WalkResult result = tables.Walk(25, 0x12_3456_7ABC);
        Assert.False(result.IsFault);
        Assert.Equal(0x8BCD_EABCul, result.PhysicalAddress);
        Assert.Equal((4, 3, 12), (result.Attribute, result.Shareability, result.PageBits));
        Assert.Equal(Permissions.El1Read | Permissions.El1Write, result.Permissions);
    }

    [Theory]
    [InlineData(0x0000_0080_0000_0000ul)] // one bit above 39
    [InlineData(0x0080_0000_0000_0000ul)] // bit 55 selects TTBR1, the others are not all ones
    [InlineData(0x0100_0000_0000_1000ul)] // a top byte without TBI
    public void An_address_in_the_gap_is_a_level_0_translation_fault(ulong va)
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x8000_0000, 3);
        Fault(0x04, tables.Walk(TableBuilder.Tcr(4, 25, 25), va));
    }

    [Fact]
    public void TBI_ignores_the_top_byte_of_its_half()
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x8000_0000, 3);
        tables.Map(4, 39, high: true, 0xFFFF_FFFF_FFFF_1000, 0x9000_0000, 3);
        ulong tcr = TableBuilder.Tcr(4, 25, 25);
        Assert.Equal(0x8000_0004ul, tables.Walk(tcr | 1ul << 37, 0xAB00_0000_0000_1004).PhysicalAddress);
        Fault(0x04, tables.Walk(tcr | 1ul << 38, 0xAB00_0000_0000_1004));
        Assert.Equal(0x9000_0004ul, tables.Walk(tcr | 1ul << 38, 0xABFF_FFFF_FFFF_1004).PhysicalAddress);
        Fault(0x04, tables.Walk(tcr | 1ul << 37, 0xABFF_FFFF_FFFF_1004));
    }

    [Fact]
    public void EPD_and_impossible_sizes_fault_at_level_0()
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x8000_0000, 3);
        tables.Map(4, 39, high: true, 0xFFFF_FFFF_FFFF_1000, 0x9000_0000, 3);
        ulong tcr = TableBuilder.Tcr(4, 25, 25);
        Fault(0x04, tables.Walk(tcr | 1 << 7, 0x1000));
        Assert.False(tables.Walk(tcr | 1 << 7, 0xFFFF_FFFF_FFFF_1000).IsFault);
        Fault(0x04, tables.Walk(tcr | 1 << 23, 0xFFFF_FFFF_FFFF_1000));
        Fault(0x04, tables.Walk(TableBuilder.Tcr(4, 15), 0x1000));
        Fault(0x04, tables.Walk(TableBuilder.Tcr(4, 40), 0x1000));
    }

    [Theory]
    [InlineData(4, 48, 0)]
    [InlineData(4, 39, 1)]
    [InlineData(16, 47, 1)]
    [InlineData(64, 42, 2)]
    public void Each_level_has_its_own_faults(int granule, int inputSize, int first)
    {
        ulong tcr = TableBuilder.Tcr(granule, 64 - inputSize);
        for (int level = first; level <= 3; level++)
        {
            var tables = new TableBuilder();
            tables.Map(granule, inputSize, high: false, 0x123_0000, 0x8000_0000, 3);
            ulong at = tables.DescriptorAt[level];
            tables.Write(at, 0);
            Fault(0x04 + level, tables.Walk(tcr, 0x123_0000));
            tables.Write(at, 1ul << 41 | AF | 3); // beyond 40 bits
            Fault(0x00 + level, tables.Walk(tcr, 0x123_0000));
            tables.Tear(at);
            tables.Write(at, 0x30_0000_0000 | AF | 3); // no RAM there: the next level's table cannot be read
            if (level < 3) Fault(0x15 + level, tables.Walk(tcr, 0x123_0000));
        }
    }

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(4, 1, false)]
    [InlineData(4, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(16, 1, true)]
    [InlineData(16, 2, false)]
    [InlineData(16, 3, true)]
    [InlineData(64, 1, true)]
    [InlineData(64, 2, false)]
    [InlineData(64, 3, true)]
    public void Blocks_exist_only_at_some_levels(int granule, int level, bool isFault)
    {
        var tables = new TableBuilder();
        tables.Map(granule, 48, high: false, 0, 0, 3);
        tables.Write(tables.DescriptorAt[level], AF | 1);
        WalkResult result = tables.Walk(TableBuilder.Tcr(granule, 16), 0);
        Assert.Equal(isFault, result.IsFault);
        if (isFault) Fault(0x04 + level, result);
    }

    [Fact]
    public void The_access_flag_is_softwares()
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x8000_0000, 3, attributes: 0);
        Fault(0x0B, tables.Walk(TableBuilder.Tcr(4, 25), 0x1000));
        tables.Map(4, 39, high: false, 0x4000_0000, 0x8000_0000, 1, attributes: 0);
        Fault(0x09, tables.Walk(TableBuilder.Tcr(4, 25), 0x4000_0000));
    }

    [Fact]
    public void IPS_limits_outputs_and_the_base_register()
    {
        var tables = new TableBuilder();
        tables.Map(4, 39, high: false, 0x1000, 0x1_0000_0000, 3);
        Fault(0x03, tables.Walk(TableBuilder.Tcr(4, 25, extra: 0), 0x1000));
        Assert.False(tables.Walk(TableBuilder.Tcr(4, 25, extra: 1ul << 32), 0x1000).IsFault);
        tables.SetRoot(false, 1ul << 40);
        Fault(0x00, tables.Walk(TableBuilder.Tcr(4, 25, extra: 5ul << 32), 0x1000));
        tables.SetRoot(false, 0x30_0000_0000);
        Fault(0x15, tables.Walk(TableBuilder.Tcr(4, 25), 0x1000)); // in range, but no RAM
    }

    [Fact]
    public void The_MMU_off_is_flat()
    {
        var tables = new TableBuilder();
        WalkResult result = tables.Walk(0, 0x12_3456_7ABC, sctlr: 0);
        Assert.Equal((0x12_3456_7ABCul, Permissions.All, WalkResult.NoAttribute), (result.PhysicalAddress, result.Permissions, result.Attribute));
        Fault(0x00, tables.Walk(0, 1ul << 40, sctlr: 0));
        Fault(0x00, tables.Walk(0, 0xAB00_0000_0000_1000, sctlr: 0));
        Assert.Equal(0x1000ul, tables.Walk(1ul << 37, 0xAB00_0000_0000_1000, sctlr: 0).PhysicalAddress);
    }

    private static void Fault(int code, WalkResult result)
    {
        Assert.True(result.IsFault);
        Assert.Equal(code, result.FaultCode);
    }

    private static Gen<(int Granule, int InputSize, bool High, int Level, ulong Va, ulong Pa, ulong Low)> Mappings() =>
        from granule in Gen.Elements(4, 16, 64)
        from inputSize in Gen.Choose(25, 48)
        from high in Gen.Elements(false, true)
        let start = TableBuilder.StartLevel(granule, inputSize)
        from level in Gen.Choose(Math.Max(start, granule == 4 ? 1 : 2), 3)
        from address in ArbMap.Default.GeneratorFor<ulong>()
        from output in ArbMap.Default.GeneratorFor<ulong>()
        let page = (1ul << TableBuilder.Shifts(granule)[level]) - 1
        let va = address & ((1ul << inputSize) - 1) & ~page | (high ? ~0ul << inputSize : 0)
        select (granule, inputSize, high, level, va, output & 0xFF_FFFF_FFFF & ~page, (address ^ output) & page);

    private readonly struct GarbageReader(ulong seed) : IDescriptorReader
    {
        public bool TryRead(ulong physicalAddress, out ulong descriptor)
        {
            ulong mixed = (physicalAddress ^ seed) * 0x9E37_79B9_7F4A_7C15;
            descriptor = (mixed ^ mixed >> 29) & 0xFFFF_00FF_FFFF_FFFF | 3; // mostly within 40 bits and valid
            return mixed % 31 != 0;
        }
    }
}
