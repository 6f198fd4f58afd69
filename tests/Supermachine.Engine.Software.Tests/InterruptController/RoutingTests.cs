namespace Supermachine.Engine.Software.Tests;

/// <summary>Which vCPU an interrupt goes to: affinity routing, 1 of N, SGIs and PPIs.</summary>
public class RoutingTests
{
    private const ulong AllButSelf = 1ul << 40;

    [Fact]
    public void An_SPI_goes_where_its_route_says_and_moves_with_it()
    {
        GicRig rig = GicRig.Ready(4);
        rig.Enable(40, route: 2);
        rig.Gic.SetSpi(40, true);
        Assert.Equal([false, false, true, false], rig.Irq);
        rig.Gic.WriteDistributor(GicRig.IROUTER + 8 * 40, 8, 3);
        Assert.Equal([false, false, false, true], rig.Irq);
        rig.Gic.WriteDistributor(GicRig.IROUTER + 8 * 40, 8, 0x100);
        Assert.Equal([false, false, false, false], rig.Irq); // affinity 0.0.1.0 is nobody
    }

    [Fact]
    public void One_of_N_goes_to_whoever_acknowledges_first()
    {
        GicRig rig = GicRig.Ready(3);
        rig.Write(2, GicRegister.ICC_IGRPEN1_EL1, 0);
        rig.Enable(40, route: 1ul << 31);
        rig.Gic.SetSpi(40, true);
        Assert.Equal([true, true, false], rig.Irq);
        Assert.Equal(40ul, rig.Iar(1));
        Assert.Equal([false, false, false], rig.Irq);
        Assert.Equal(1023ul, rig.Iar(0));
        rig.Eoi(40, 1);
        Assert.Equal([true, true, false], rig.Irq);
    }

    [Fact]
    public void IROUTER_can_be_written_in_halves_and_keeps_its_own_bits()
    {
        GicRig rig = GicRig.Ready();
        ulong offset = GicRig.IROUTER + 8 * 40;
        rig.Gic.WriteDistributor(offset, 8, ulong.MaxValue);
        Assert.Equal(0xFF_80FF_FFFFul, rig.Gic.ReadDistributor(offset, 8));
        rig.Gic.WriteDistributor(offset, 4, 5);
        Assert.Equal(0xFF_0000_0005ul, rig.Gic.ReadDistributor(offset, 8));
        rig.Gic.WriteDistributor(offset + 4, 4, 1);
        Assert.Equal(0x1_0000_0005ul, rig.Gic.ReadDistributor(offset, 8));
        Assert.Equal(1ul, rig.Gic.ReadDistributor(offset + 4, 4));
    }

    [Fact]
    public void SGIs_reach_the_target_list()
    {
        GicRig rig = GicRig.Ready(4);
        for (int vcpu = 0; vcpu < 4; vcpu++) rig.EnablePrivate(vcpu, 5);
        rig.Write(1, GicRegister.ICC_SGI1R_EL1, 5ul << 24 | 0b1010);
        Assert.Equal([false, true, false, true], rig.Irq);
        Assert.Equal(5ul, rig.Iar(3));
        rig.Eoi(5, 3);
        Assert.Equal([false, true, false, false], rig.Irq);
    }

    [Fact]
    public void SGIs_reach_all_but_the_sender()
    {
        GicRig rig = GicRig.Ready(3);
        for (int vcpu = 0; vcpu < 3; vcpu++) rig.EnablePrivate(vcpu, 0);
        rig.Write(1, GicRegister.ICC_SGI1R_EL1, AllButSelf);
        Assert.Equal([true, false, true], rig.Irq);
    }

    [Theory]
    [InlineData(1ul << 16)] // Aff1
    [InlineData(1ul << 32)] // Aff2
    [InlineData(1ul << 48)] // Aff3
    [InlineData(1ul << 44)] // RS: targets 16 to 31
    public void SGIs_for_another_cluster_reach_nobody(ulong cluster)
    {
        GicRig rig = GicRig.Ready(2);
        rig.EnablePrivate(1, 5);
        rig.Write(0, GicRegister.ICC_SGI1R_EL1, cluster | 5ul << 24 | 2);
        Assert.False(rig.Irq[1]);
    }

    [Fact]
    public void An_SGI_register_generates_its_own_group_only()
    {
        GicRig rig = GicRig.Ready(2);
        rig.EnablePrivate(1, 5);
        rig.Write(0, GicRegister.ICC_SGI0R_EL1, 5ul << 24 | 2);
        Assert.False(rig.Irq[1] | rig.Fiq[1]);
        rig.WriteGicr(1, GicRig.SgiFrame + GicRig.IGROUPR, ~(1u << 5));
        rig.Write(0, GicRegister.ICC_SGI1R_EL1, 5ul << 24 | 2);
        Assert.False(rig.Irq[1] | rig.Fiq[1]);
        rig.Write(0, GicRegister.ICC_SGI0R_EL1, 5ul << 24 | 2);
        Assert.True(rig.Fiq[1]);
    }

    [Fact]
    public void A_PPI_is_its_own_vCPUs()
    {
        GicRig rig = GicRig.Ready(2);
        rig.EnablePrivate(0, 27);
        rig.EnablePrivate(1, 27);
        rig.Gic.SetPpi(1, 27, true);
        Assert.Equal([false, true], rig.Irq);
        Assert.Equal(27ul, rig.Iar(1));
        rig.Gic.SetPpi(1, 27, false);
        rig.Eoi(27, 1);
        Assert.Equal([false, false], rig.Irq);
        Assert.Equal(1u << 27, rig.Gicr(1, GicRig.SgiFrame + GicRig.ISENABLER));
    }
}
