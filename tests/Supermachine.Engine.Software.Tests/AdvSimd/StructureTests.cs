using static Supermachine.Engine.Software.Tests.TranslatedMachine;

namespace Supermachine.Engine.Software.Tests.AdvSimd;

/// <summary>Structures across pages, where every element is an access of its own.</summary>
public sealed unsafe class StructureTests : IDisposable
{
    private const uint Ld4Bytes = 0x4CDF0020, St3Bytes = 0x0C00403E, Ld2RDoubles = 0x4DE2CC26, St1Byte9 = 0x4D9F0424, Ld1TwoWords = 0x4C40A824;
    private const ulong Other = Data + 0x5000;
    private readonly TranslatedMachine _machine = new();

    public StructureTests() => _machine.Machine.Set("CPACR_EL1", 3 << 20);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void LD4_takes_elements_in_turn_from_two_pages()
    {
        Pages();
        Assert.Equal(0ul, Run(Ld4Bytes, 0x3FE3));
        for (int k = 0; k < 4; k++)
            for (int element = 0; element < 16; element++)
                Assert.Equal(Memory(0x3FE3ul + (ulong)(4 * element + k)), ((byte*)_machine.Machine.Cpu->V0)[16 * k + element]);
        Assert.Equal(0x3FE3ul + 64, _machine.Machine.X(1));
    }

    [Fact]
    public void LD4_changes_nothing_when_its_last_bytes_fault()
    {
        _machine.Page(0x3000);
        _machine.Machine.Cpu->V0[0] = 0x1234;
        Assert.Equal(CurrentSync, Run(Ld4Bytes, 0x3FC1));
        Assert.Equal((0x4000ul, 0x25ul << 26 | 1 << 25 | 7), (_machine.Machine.Far, _machine.Machine.Esr));
        Assert.Equal((0x1234ul, 0ul, 0x3FC1ul), (_machine.Machine.Cpu->V0[0], _machine.Machine.Cpu->V0[6], _machine.Machine.X(1)));
    }

    [Fact]
    public void ST3_wraps_from_V31_to_V0_and_reaches_both_pages()
    {
        Pages();
        for (int i = 0; i < 8; i++)
        {
            ((byte*)_machine.Machine.Cpu->V0)[16 * 30 + i] = (byte)(0x10 + i);
            ((byte*)_machine.Machine.Cpu->V0)[16 * 31 + i] = (byte)(0x20 + i);
            ((byte*)_machine.Machine.Cpu->V0)[i] = (byte)(0x30 + i);
        }

        Assert.Equal(0ul, Run(St3Bytes, 0x3FFA));
        for (int i = 0; i < 24; i++) Assert.Equal((byte)(0x10 * (i % 3 + 1) + i / 3), Memory(0x3FFAul + (ulong)i));
        Assert.Equal((Pattern(0x3FF9), Pattern(0x4012), 0x3FFAul), (Memory(0x3FF9), Memory(0x4012), _machine.Machine.X(1)));
    }

    [Fact]
    public void LD2R_fills_both_registers_and_advances_by_Xm()
    {
        Pages();
        _machine.Machine.Move(2, 0xFFF0);
        Assert.Equal(0ul, Run(Ld2RDoubles, 0x3FFC));
        ulong* v = _machine.Machine.Cpu->V0;
        Assert.Equal((DoubleWord(0x3FFC), DoubleWord(0x3FFC), DoubleWord(0x4004), DoubleWord(0x4004)), (v[12], v[13], v[14], v[15]));
        Assert.Equal(0x3FFCul + 0xFFF0, _machine.Machine.X(1));
    }

    [Fact]
    public void ST1_of_an_element_writes_it_alone()
    {
        Pages();
        ((byte*)_machine.Machine.Cpu->V0)[16 * 4 + 9] = 0x99;
        Assert.Equal(0ul, Run(St1Byte9, 0x3FFF));
        Assert.Equal((Pattern(0x3FFE), (byte)0x99, Pattern(0x4000)), (Memory(0x3FFE), Memory(0x3FFF), Memory(0x4000)));
        Assert.Equal(0x4000ul, _machine.Machine.X(1));
    }

    /// <summary>The unit of alignment is the element: words here, in memory that allows no other.</summary>
    [Theory]
    [InlineData(0x3004ul, 0ul)]
    [InlineData(0x3006ul, CurrentSync)]
    public void Device_memory_wants_elements_aligned(ulong va, ulong outcome)
    {
        Fill();
        _machine.Page(0x3000, AF | Device);
        Assert.Equal(outcome, Run(Ld1TwoWords, va));
        if (outcome != 0) Assert.Equal((va, 0x25ul << 26 | 1 << 25 | 0x21), (_machine.Machine.Far, _machine.Machine.Esr));
        else Assert.Equal(DoubleWord(va + 24), _machine.Machine.Cpu->V0[11]);
    }

    private void Pages()
    {
        Fill();
        _machine.Page(0x3000).Page(0x4000, AF, Other);
    }

    private void Fill()
    {
        for (ulong at = 0; at < 0x1000; at += 8)
        {
            _machine.Machine.Store(Data + at, DoubleWord(0x3000 + at));
            _machine.Machine.Store(Other + at, DoubleWord(0x4000 + at));
        }
    }

    private ulong Run(uint instruction, ulong address)
    {
        _machine.Machine.Move(1, address).Add(instruction, BareMachine.Hvc(0));
        return _machine.Machine.Run();
    }

    private static byte Pattern(ulong va) => (byte)(va * 7 ^ va >> 8);

    private static ulong DoubleWord(ulong va) => Enumerable.Range(0, 8).Aggregate(0ul, (value, i) => value | (ulong)Pattern(va + (ulong)i) << (8 * i));

    private byte Memory(ulong va)
    {
        ulong pa = va < 0x4000 ? Data + va - 0x3000 : Other + va - 0x4000;
        return (byte)(_machine.Machine.Load(pa & ~7ul) >> (int)(8 * (pa & 7)));
    }
}
