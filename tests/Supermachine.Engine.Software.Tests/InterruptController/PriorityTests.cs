using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Engine.Software.Tests;

/// <summary>Priorities, masks and preemption (IHI 0069 4.8).</summary>
public class PriorityTests
{
    [Fact]
    public void The_more_urgent_one_wins_and_ties_go_to_the_lower_INTID()
    {
        GicRig rig = GicRig.Ready();
        foreach ((uint intid, byte priority) in new (uint, byte)[] { (40, 0xA0), (41, 0x80), (42, 0x80), (35, 0xC0) })
        {
            rig.Enable(intid, priority);
            rig.Gic.SetSpi(intid, true);
        }
        Assert.Equal(41ul, rig.Read(0, GicRegister.ICC_HPPIR1_EL1));
        Assert.Equal(41ul, rig.Iar());
    }

    [Fact]
    public void The_mask_holds_back_what_is_not_more_urgent()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40, 0xA0);
        rig.Gic.SetSpi(40, true);
        rig.Write(0, GicRegister.ICC_PMR_EL1, 0xA0);
        Assert.False(rig.Irq[0]);
        Assert.Equal(1023ul, rig.Iar());
        Assert.Equal(40ul, rig.Read(0, GicRegister.ICC_HPPIR1_EL1));
        rig.Write(0, GicRegister.ICC_PMR_EL1, 0xA8);
        Assert.True(rig.Irq[0]);
    }

    [Fact]
    public void A_more_urgent_interrupt_preempts_and_ends_nest()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40, 0xA0);
        rig.Enable(41, 0x80);
        rig.Gic.SetSpi(40, true);
        Assert.Equal(40ul, rig.Iar());
        rig.Gic.SetSpi(41, true);
        Assert.True(rig.Irq[0]);
        Assert.Equal(41ul, rig.Iar());
        Assert.Equal(0x80ul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        Assert.Equal(1ul << 20 | 1ul << 16, rig.Read(0, GicRegister.ICC_AP1R0_EL1));
        rig.Gic.SetSpi(41, false);
        rig.Eoi(41);
        Assert.Equal(0xA0ul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        rig.Gic.SetSpi(40, false);
        rig.Eoi(40);
        Assert.Equal(0xFFul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        Assert.False(rig.Irq[0]);
    }

    [Fact]
    public void Equal_group_priority_does_not_preempt()
    {
        GicRig rig = GicRig.Ready();
        rig.Write(0, GicRegister.ICC_BPR1_EL1, 5); // [7:5] decides
        rig.Enable(40, 0xB8);
        rig.Enable(41, 0xA0);
        rig.Gic.SetSpi(40, true);
        Assert.Equal(40ul, rig.Iar());
        Assert.Equal(0xA0ul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        rig.Gic.SetSpi(41, true);
        Assert.False(rig.Irq[0]);
        rig.Enable(41, 0x98);
        Assert.True(rig.Irq[0]);
    }

    [Fact]
    public void Group_0_is_an_FIQ_with_registers_of_its_own()
    {
        GicRig rig = GicRig.Ready();
        rig.Gic.WriteDistributor(GicRig.IGROUPR + 4, 4, ~(1u << 8));
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        Assert.True(rig.Fiq[0]);
        Assert.False(rig.Irq[0]);
        Assert.Equal(1023ul, rig.Iar());
        Assert.Equal(1023ul, rig.Read(0, GicRegister.ICC_HPPIR1_EL1));
        Assert.Equal(40ul, rig.Read(0, GicRegister.ICC_HPPIR0_EL1));
        Assert.Equal(40ul, rig.Read(0, GicRegister.ICC_IAR0_EL1));
        Assert.Equal(1ul << 20, rig.Read(0, GicRegister.ICC_AP0R0_EL1));
        rig.Eoi(40); // the other group's register ends nothing
        Assert.Equal(0xA0ul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        rig.Gic.SetSpi(40, false);
        rig.Write(0, GicRegister.ICC_EOIR0_EL1, 40);
        Assert.Equal(0xFFul, rig.Read(0, GicRegister.ICC_RPR_EL1));
    }

    [Fact]
    public void Binary_points_have_minimums_and_CBPR_shares_one()
    {
        GicRig rig = GicRig.Ready();
        rig.Write(0, GicRegister.ICC_BPR0_EL1, 0);
        rig.Write(0, GicRegister.ICC_BPR1_EL1, 0);
        Assert.Equal(2ul, rig.Read(0, GicRegister.ICC_BPR0_EL1));
        Assert.Equal(3ul, rig.Read(0, GicRegister.ICC_BPR1_EL1));
        rig.Write(0, GicRegister.ICC_BPR0_EL1, 7);
        rig.Write(0, GicRegister.ICC_CTLR_EL1, CpuInterface.CBPR);
        Assert.Equal(7ul, rig.Read(0, GicRegister.ICC_BPR1_EL1));
        rig.Write(0, GicRegister.ICC_BPR1_EL1, 4);
        rig.Write(0, GicRegister.ICC_CTLR_EL1, 0);
        Assert.Equal(3ul, rig.Read(0, GicRegister.ICC_BPR1_EL1));
    }

    /// <summary>Whatever is pending, acknowledging until nothing is left gives strictly falling group priorities, and ending gives them all back.</summary>
    [Fact]
    public void Acknowledging_nests_by_urgency() => Prop.ForAll(Gen.Choose(0, 255).Select(p => (byte)p).ArrayOf(24).ToArbitrary(), priorities =>
    {
        GicRig rig = GicRig.Ready();
        List<ulong> taken = [];
        for (uint i = 0; i < priorities.Length; i++)
        {
            uint intid = 40 + i;
            rig.Enable(intid, priorities[i]);
            rig.MakeEdge(intid);
            rig.Gic.SetSpi(intid, true);
            for (ulong next; (next = rig.Iar()) != 1023; taken.Add(next))
            {
                int running = taken.Count == 0 ? 0xF0 : priorities[taken[^1] - 40] & 0xF8;
                if ((priorities[next - 40] & 0xF8) >= running) return false;
            }
        }
        for (int i = taken.Count - 1; i >= 0; i--) rig.Eoi(taken[i]);
        return rig.Read(0, GicRegister.ICC_RPR_EL1) == 0xFF && rig.Read(0, GicRegister.ICC_AP1R0_EL1) == 0;
    }).QuickCheckThrowOnFailure();
}
