using static Supermachine.Engine.Software.Tests.TranslatedMachine;

namespace Supermachine.Engine.Software.Tests;

/// <summary>Several accesses at one base, which look their page up once: where they lie across two pages, and where one of them is not allowed.</summary>
public class SharedPageTests
{
    private const ulong DataAbort = 0x25ul << 26 | 1 << 25, WnR = 1 << 6;

    /// <summary>Not beside <see cref="Data"/>, as the page's address is beside the other's.</summary>
    private const ulong Second = Data + 0x5000;

    [Theory]
    [InlineData(0x3FE0ul)]
    [InlineData(0x3FE8ul)]
    [InlineData(0x3FF0ul)]
    [InlineData(0x3FF8ul)]
    [InlineData(0x4000ul)]
    public void Each_access_finds_its_own_page(ulong at)
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000).Page(0x4000, AF, Second);
        BareMachine bare = machine.Machine;
        for (ulong i = 0; i < 3; i++) bare.Store(Physical(at + (8 * i)), 100 + i);
        bare.Move(1, at).Move(7, 3);
        ulong body = bare.Here;
        bare.Add(Load(4, 1, 0), Load(5, 1, 8), Load(6, 1, 16), Store(6, 1, 0), Store(4, 1, 16), SubtractOne(7), BranchIfNotZero(7, body, bare.Here + 24), BareMachine.Hvc(1));
        Assert.Equal(1ul, bare.Run());
        Assert.Equal((102ul, 101ul, 100ul), (bare.Load(Physical(at)), bare.Load(Physical(at + 8)), bare.Load(Physical(at + 16))));
        Assert.Equal((100ul, 101ul, 102ul), (bare.X(4), bare.X(5), bare.X(6)));
    }

    [Theory]
    [InlineData(0ul, 0x07ul)] // not mapped: translation, level 3
    [InlineData(AF | ReadOnly | 3 | Second, 0x0Ful)] // permission
    public void A_store_to_the_second_page_faults_after_the_one_to_the_first(ulong descriptor, ulong syndrome)
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000);
        BareMachine bare = machine.Machine;
        bare.Store(PageSlot(0x4000), descriptor);
        bare.Move(1, 0x3F00).Move(4, 7);
        ulong body = bare.Here;
        bare.Add(Store(4, 1, 0), Store(4, 1, 8), AddTo(1, 0xF8), Branch(body, bare.Here + 12));
        Assert.Equal(CurrentSync, bare.Run());
        Assert.Equal((DataAbort | WnR | syndrome, 0x4000ul, body + 4), (bare.Esr, bare.Far, bare.Elr));
        Assert.Equal((7ul, 7ul, 7ul), (bare.Load(Data + 0xF00), bare.Load(Data + 0xF08), bare.Load(Data + 0xFF8)));
    }

    [Fact]
    public void A_store_takes_no_page_that_loads_looked_up()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000, AF | ReadOnly);
        BareMachine bare = machine.Machine;
        bare.Move(1, 0x3000).Add(Load(4, 1, 0));
        ulong body = bare.Here;
        bare.Add(Load(4, 1, 0), Load(5, 1, 8), Store(5, 1, 16), BareMachine.Hvc(1));
        Assert.Equal(CurrentSync, bare.Run());
        Assert.Equal((DataAbort | WnR | 0x0F, 0x3010ul, body + 8), (bare.Esr, bare.Far, bare.Elr));
    }

    [Fact]
    public void A_base_that_a_load_overwrites_is_another_base()
    {
        using var machine = new TranslatedMachine();
        machine.Page(0x3000).Page(0x4000, AF, Second);
        BareMachine bare = machine.Machine;
        bare.Store(Data + 8, 0x4000ul);
        bare.Store(Second + 16, 5ul);
        bare.Move(7, 3);
        ulong body = bare.Here;
        bare.Move(1, 0x3000).Add(Load(4, 1, 0), Load(1, 1, 8), Load(5, 1, 16), Store(5, 1, 0), SubtractOne(7)).Add(BranchIfNotZero(7, body, bare.Here), BareMachine.Hvc(1));
        Assert.Equal(1ul, bare.Run());
        Assert.Equal((5ul, 5ul), (bare.X(5), bare.Load(Second)));
    }

    private static ulong Physical(ulong va) => va < 0x4000 ? Data + (va & 0xFFF) : Second + (va & 0xFFF);

    private static uint Load(uint rt, uint rn, uint offset) => TranslatedMachine.Load(rt, rn) | offset / 8 << 10;

    private static uint Store(uint rt, uint rn, uint offset) => TranslatedMachine.Store(rt, rn) | offset / 8 << 10;

    private static uint AddTo(uint rd, uint value) => 0x9100_0000 | value << 10 | rd << 5 | rd;

    private static uint SubtractOne(uint rd) => 0xD100_0400 | rd << 5 | rd;

    private static uint Branch(ulong to, ulong from) => 0x1400_0000 | ((uint)(to - from) >> 2 & 0x3FF_FFFF);

    private static uint BranchIfNotZero(uint rt, ulong to, ulong from) => 0xB500_0000 | ((uint)(to - from) >> 2 & 0x7_FFFF) << 5 | rt;
}
