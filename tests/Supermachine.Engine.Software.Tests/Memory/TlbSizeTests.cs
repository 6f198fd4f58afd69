using static Supermachine.Engine.Software.Tests.TranslatedMachine;

namespace Supermachine.Engine.Software.Tests;

/// <summary>A TLB that is too small for what the guest touches gets larger, and every translation stays right.</summary>
public unsafe class TlbSizeTests
{
    private const int Pages = BareMachine.RamSize >> 12;

    [Fact]
    public void A_set_gets_larger_when_its_entries_displace_each_other_and_small_again_for_another_address_space()
    {
        using var machine = new TranslatedMachine();
        BareMachine bare = machine.Machine;
        for (int i = 0; i < TlbSet.Count; i++) bare.Cpu->SetsEl1[i].MeasuredSince = long.MaxValue / 2; // whatever comes is often
        for (ulong page = Data; page < BareMachine.Ram + BareMachine.RamSize; page += 0x1000) bare.Store(page + 8, page * 3);
        bare.Move(0, 0).Move(5, 2);
        int twice = (int)((bare.Here - BareMachine.Ram) / 4);
        bare.Move(1, BareMachine.Ram + 8).Move(2, Pages);
        bare.Add(Load(3, 1), 0x8B03_0000, 0x9140_0421, 0xF100_0442, BranchIfNotEqual(-4)); // X0 += [X1]; X1 += 4096; until X2 is 0
        bare.Add(0xF100_04A5, BranchIfNotEqual(twice - (int)((bare.Here - BareMachine.Ram) / 4) - 1), BareMachine.Hvc(1));
        Assert.Equal(1ul, bare.Run());
        ulong expected = 0;
        for (ulong page = 0; page < Pages; page++) expected += 2 * bare.Load(BareMachine.Ram + 8 + (page << 12));
        Assert.Equal(expected, bare.X(0));
        TlbSet* set = bare.Cpu->SetEl1;
        Assert.Equal((4 * TlbEntry.MinCount, set->Mask, 1), (set->EntryCount, bare.Cpu->TlbMask, (int)bare.Cpu->Counters.TlbWidened));

        set->Narrow();
        set->Clear();
        Assert.Equal(TlbEntry.MinCount, set->EntryCount);
    }

    [Fact]
    public void A_set_whose_entries_seldom_displace_each_other_keeps_its_size()
    {
        using var machine = new TranslatedMachine();
        TlbSet* set = machine.Machine.Cpu->SetEl1;
        set->MeasuredSince = 0;
        for (int i = 0; i < 2 * TlbEntry.MinCount; i++) Assert.False(set->Widen());
        Assert.Equal((TlbEntry.MinCount, 0), (set->EntryCount, set->Displaced));
    }

    private static uint BranchIfNotEqual(int words) => 0x5400_0001 | (uint)(words & 0x7_FFFF) << 5;
}
