using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Engine.Software.Tests;

/// <summary>Identification, layout and hostile accesses.</summary>
public class RegisterTests
{
    [Fact]
    public void The_distributor_says_what_it_is()
    {
        var rig = new GicRig(8);
        Assert.Equal(0x50u, rig.Gicd(GicRig.CTLR)); // ARE and DS, RWP clear
        Assert.Equal(31u, rig.Gicd(GicRig.TYPER) & 31);
        Assert.Equal(0x3Bu, rig.Gicd(0xFFE8)); // PIDR2: GICv3
        Assert.Equal(0x3Bu, rig.Gicr(3, 0xFFE8));
        Assert.Equal(0x0Du, rig.Gicd(0xFFF0));
        Assert.Equal(0xB1u, rig.Gicd(0xFFFC));
    }

    [Fact]
    public void Redistributors_say_whose_they_are_and_which_is_the_last()
    {
        var rig = new GicRig(3);
        ulong[] typers = [.. Enumerable.Range(0, 3).Select(vcpu => rig.Gic.ReadRedistributor((ulong)vcpu * 0x2_0000 + 8, 8))];
        Assert.Equal([0ul, 1ul << 32 | 1 << 8, 2ul << 32 | 2 << 8 | 1 << 4], typers);
        Assert.Equal(2u, rig.Gicr(2, 12));
    }

    [Fact]
    public void WAKER_wakes()
    {
        var rig = new GicRig();
        Assert.Equal(6u, rig.Gicr(0, 0x14));
        rig.WriteGicr(0, 0x14, 0);
        Assert.Equal(0u, rig.Gicr(0, 0x14));
        rig.WriteGicr(0, 0x14, 2);
        Assert.Equal(6u, rig.Gicr(0, 0x14));
    }

    [Fact]
    public void The_distributor_has_no_private_interrupts_and_no_special_ones()
    {
        var rig = new GicRig();
        foreach (ulong register in new[] { GicRig.IGROUPR, GicRig.ISENABLER, GicRig.ISPENDR, GicRig.ISACTIVER, GicRig.IPRIORITYR, GicRig.ICFGR })
        {
            rig.Gic.WriteDistributor(register, 4, uint.MaxValue);
            Assert.Equal(0u, rig.Gicd(register));
        }
        rig.Gic.WriteDistributor(GicRig.ISENABLER + 4 * 31, 4, uint.MaxValue);
        Assert.Equal(0x0FFF_FFFFu, rig.Gicd(GicRig.ISENABLER + 4 * 31));
        rig.Gic.WriteDistributor(GicRig.IPRIORITYR + 1020, 4, uint.MaxValue);
        Assert.Equal(0u, rig.Gicd(GicRig.IPRIORITYR + 1020));
    }

    [Fact]
    public void Priorities_take_bytes_and_keep_five_bits()
    {
        var rig = new GicRig();
        rig.Gic.WriteDistributor(GicRig.IPRIORITYR + 41, 1, 0xFF);
        Assert.Equal(0xF800u, rig.Gicd(GicRig.IPRIORITYR + 40));
        Assert.Equal(0xF8ul, rig.Gic.ReadDistributor(GicRig.IPRIORITYR + 41, 1));
    }

    [Fact]
    public void SGIs_are_edge_triggered_for_good()
    {
        var rig = new GicRig();
        Assert.Equal(0xAAAA_AAAAu, rig.Gicr(0, GicRig.SgiFrame + GicRig.ICFGR));
        rig.WriteGicr(0, GicRig.SgiFrame + GicRig.ICFGR, 0);
        Assert.Equal(0xAAAA_AAAAu, rig.Gicr(0, GicRig.SgiFrame + GicRig.ICFGR));
        rig.WriteGicr(0, GicRig.SgiFrame + GicRig.ICFGR + 4, uint.MaxValue);
        Assert.Equal(0xAAAA_AAAAu, rig.Gicr(0, GicRig.SgiFrame + GicRig.ICFGR + 4));
    }

    [Fact]
    public void The_CPU_interface_says_what_it_is()
    {
        var rig = new GicRig();
        Assert.Equal(7ul, rig.Read(0, GicRegister.ICC_SRE_EL1));
        Assert.Equal(4ul, rig.Read(0, GicRegister.ICC_CTLR_EL1) >> 8 & 7);
        rig.Write(0, GicRegister.ICC_PMR_EL1, 0xFF);
        Assert.Equal(0xF8ul, rig.Read(0, GicRegister.ICC_PMR_EL1));
        Assert.False(rig.Gic.TryReadRegister(0, GicRegister.ICC_EOIR1_EL1, out _)); // write-only
        Assert.False(rig.Gic.TryWriteRegister(0, GicRegister.ICC_IAR1_EL1, 0)); // read-only
        Assert.False(rig.Gic.TryReadRegister(0, GicRegister.ICC_AP1R0_EL1 + 1, out _)); // AP1R1: five priority bits need one
    }

    /// <summary>No access of any kind throws, and what it leaves behind can be saved, restored and saved again.</summary>
    [Fact]
    public void Hostile_accesses_are_harmless()
    {
        var access = from offset in Gen.Choose(0, 0x5_0000)
                     from width in Gen.Elements(1, 2, 4, 8)
                     from value in ArbMap.Default.GeneratorFor<ulong>()
                     from register in Gen.Choose(0, 0xFFFF)
                     select (offset: (ulong)offset, width, value, register: (uint)register);
        Prop.ForAll(access.ArrayOf(300).ToArbitrary(), accesses =>
        {
            GicRig rig = GicRig.Ready(2);
            foreach (var (offset, width, value, register) in accesses)
            {
                rig.Gic.WriteDistributor(offset % 0x1_1000, width, value);
                rig.Gic.ReadDistributor(offset % 0x1_1000, width);
                rig.Gic.WriteRedistributor(offset, width, value);
                rig.Gic.ReadRedistributor(offset, width);
                uint near = offset % 3 == 0 ? register : GicRegister.ICC_IAR1_EL1 & ~0x3Fu | register & 0x3F;
                rig.Gic.TryWriteRegister(1, near, value);
                rig.Gic.TryReadRegister(1, near, out _);
            }
            GicState state = rig.Gic.Save(0);
            var other = new GicRig(2);
            other.Gic.Restore(state);
            return other.Gic.Save(0).Private.Span.SequenceEqual(state.Private.Span) && rig.Gic.GetInterfaceState(1).IsValid;
        }).QuickCheckThrowOnFailure();
    }
}
