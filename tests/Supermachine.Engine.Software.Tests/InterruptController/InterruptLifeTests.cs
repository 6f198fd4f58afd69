namespace Supermachine.Engine.Software.Tests;

/// <summary>From pending to inactive: levels, edges, acknowledging and ending (IHI 0069 4.1, 4.4).</summary>
public class InterruptLifeTests
{
    [Fact]
    public void A_level_interrupt_follows_its_line()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        Assert.True(rig.Irq[0]);
        rig.Gic.SetSpi(40, false);
        Assert.False(rig.Irq[0]);
        Assert.Equal(1023ul, rig.Iar());
    }

    [Fact]
    public void A_level_is_pending_while_its_line_is_high_even_if_disabled()
    {
        GicRig rig = GicRig.Ready();
        rig.Gic.SetSpi(40, true);
        Assert.Equal(1u << 8, rig.Gicd(GicRig.ISPENDR + 4));
        Assert.False(rig.Irq[0]);
        rig.Gic.WriteDistributor(GicRig.ICPENDR + 4, 4, 1 << 8);
        Assert.Equal(1u << 8, rig.Gicd(GicRig.ISPENDR + 4));
        rig.Enable(40);
        Assert.True(rig.Irq[0]);
    }

    [Fact]
    public void A_level_still_high_after_the_end_is_taken_again()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        Assert.Equal(40ul, rig.Iar());
        Assert.False(rig.Irq[0]); // active and pending: not offered
        Assert.Equal(1023ul, rig.Iar());
        rig.Eoi(40);
        Assert.True(rig.Irq[0]);
        Assert.Equal(40ul, rig.Iar());
        rig.Gic.SetSpi(40, false);
        rig.Eoi(40);
        Assert.False(rig.Irq[0]);
    }

    [Fact]
    public void An_edge_is_remembered_and_taken_once()
    {
        GicRig rig = GicRig.Ready();
        rig.MakeEdge(40);
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        rig.Gic.SetSpi(40, false);
        Assert.True(rig.Irq[0]);
        Assert.Equal(40ul, rig.Iar());
        rig.Gic.SetSpi(40, true); // while active: pending again
        rig.Eoi(40);
        Assert.True(rig.Irq[0]);
        Assert.Equal(40ul, rig.Iar());
        rig.Eoi(40);
        Assert.False(rig.Irq[0]); // the line is still high, but there was no further edge
    }

    [Fact]
    public void Software_can_pend_and_unpend()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(50);
        rig.Gic.WriteDistributor(GicRig.ISPENDR + 4, 4, 1 << 18);
        Assert.True(rig.Irq[0]);
        rig.Gic.WriteDistributor(GicRig.ICPENDR + 4, 4, 1 << 18);
        Assert.False(rig.Irq[0]);
        rig.Gic.WriteDistributor(GicRig.ISPENDR + 4, 4, 1 << 18);
        Assert.Equal(50ul, rig.Iar());
        rig.Eoi(50);
        Assert.False(rig.Irq[0]);
    }

    [Fact]
    public void With_EOImode_the_end_drops_the_priority_and_DIR_deactivates()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Write(0, GicRegister.ICC_CTLR_EL1, CpuInterface.EOImode);
        rig.Gic.SetSpi(40, true);
        Assert.Equal(40ul, rig.Iar());
        Assert.Equal(0xA0ul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        rig.Eoi(40);
        Assert.Equal(0xFFul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        Assert.Equal(1u << 8, rig.Gicd(GicRig.ISACTIVER + 4));
        Assert.False(rig.Irq[0]);
        rig.Write(0, GicRegister.ICC_DIR_EL1, 40);
        Assert.Equal(0u, rig.Gicd(GicRig.ISACTIVER + 4));
        Assert.True(rig.Irq[0]);
    }

    [Fact]
    public void Without_EOImode_DIR_does_nothing()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        rig.Iar();
        rig.Write(0, GicRegister.ICC_DIR_EL1, 40);
        Assert.Equal(1u << 8, rig.Gicd(GicRig.ISACTIVER + 4));
    }

    [Fact]
    public void An_interrupt_made_active_by_software_is_not_offered()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Gic.WriteDistributor(GicRig.ISACTIVER + 4, 4, 1 << 8);
        rig.Gic.SetSpi(40, true);
        Assert.False(rig.Irq[0]);
        rig.Gic.WriteDistributor(GicRig.ICACTIVER + 4, 4, 1 << 8);
        Assert.True(rig.Irq[0]);
    }

    [Fact]
    public void Disabling_takes_the_signal_back()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        rig.Gic.WriteDistributor(GicRig.ICENABLER + 4, 4, 1 << 8);
        Assert.False(rig.Irq[0]);
        rig.Enable(40);
        rig.Gic.WriteDistributor(GicRig.CTLR, 4, 0);
        Assert.False(rig.Irq[0]);
        rig.Gic.WriteDistributor(GicRig.CTLR, 4, 2);
        Assert.True(rig.Irq[0]);
        rig.Write(0, GicRegister.ICC_IGRPEN1_EL1, 0);
        Assert.False(rig.Irq[0]);
    }

    [Theory]
    [InlineData(31u)]
    [InlineData(1020u)]
    [InlineData(uint.MaxValue)]
    public void What_is_not_an_SPI_is_refused(uint intid)
    {
        var rig = new GicRig();
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Gic.SetSpi(intid, true));
    }

    [Fact]
    public void Reset_keeps_the_lines()
    {
        GicRig rig = GicRig.Ready();
        rig.Enable(40);
        rig.Gic.SetSpi(40, true);
        rig.Iar();
        rig.Gic.Reset();
        Assert.False(rig.Irq[0]);
        Assert.Equal(0xFFul, rig.Read(0, GicRegister.ICC_RPR_EL1));
        rig.SetUp();
        rig.Enable(40);
        Assert.True(rig.Irq[0]);
    }
}
