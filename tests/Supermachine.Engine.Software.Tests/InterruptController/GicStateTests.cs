using Supermachine.Testing;

namespace Supermachine.Engine.Software.Tests;

public class GicStateTests
{
    [Fact]
    public void A_restored_GIC_goes_on_where_the_saved_one_was()
    {
        var clock = new ManualTimeProvider();
        GicRig saved = GicRig.Ready(2);
        saved.Enable(40, 0x80, route: 1);
        saved.Gic.SetSpi(40, true);
        Assert.Equal(40ul, saved.Iar(1));
        saved.MakeEdge(41);
        saved.Enable(41, 0x60);
        saved.Gic.SetSpi(41, true);
        saved.EnablePrivate(1, 27);
        var counter = new SystemCounter(clock) { Count = 123456 };
        FakeSnapshot snapshot = FakeSnapshot.Of(new SoftwareInterruptController(saved.Gic, counter));

        var restored = new GicRig(2);
        var fresh = new SystemCounter(clock);
        var part = new SoftwareInterruptController(restored.Gic, fresh);
        restored.Gic.SetSpi(40, true);
        ((ISnapshotParticipant)part).Restore(snapshot.Reader);
        for (int vcpu = 0; vcpu < 2; vcpu++) restored.Gic.SetInterfaceState(vcpu, saved.Gic.GetInterfaceState(vcpu));

        Assert.Equal(123456ul, fresh.Count);
        Assert.Equal(saved.Irq, restored.Irq);
        Assert.Equal([true, false], restored.Irq);
        Assert.Equal(0x80ul, restored.Read(1, GicRegister.ICC_RPR_EL1));
        restored.Eoi(40, 1);
        Assert.True(restored.Irq[1]); // the line is still high
        Assert.Equal(41ul, restored.Iar(0));
        Assert.Equal(1u << 27, restored.Gicr(1, GicRig.SgiFrame + GicRig.ISENABLER));
    }

    [Fact]
    public void A_state_of_another_machine_is_refused_whole()
    {
        FakeSnapshot snapshot = FakeSnapshot.Of(Part(GicRig.Ready(2)));
        GicRig three = GicRig.Ready(3);
        string message = Assert.Throws<InvalidDataException>(() => ((ISnapshotParticipant)Part(three)).Restore(snapshot.Reader)).Message;
        Assert.Contains("2 vCPUs", message, StringComparison.Ordinal);
        Assert.Equal(0x53u, three.Gicd(GicRig.CTLR));
    }

    [Theory]
    [InlineData(1, 0ul, "vCPU count")]
    [InlineData(1, 9ul, "vCPU count")]
    [InlineData(1, 1ul, "SGIs and PPIs")]
    [InlineData(2, 4ul, "GICD_CTLR")]
    [InlineData(6, 4ul, "GICR_WAKER")]
    public void A_damaged_integer_is_refused_by_name(int field, ulong value, string name)
    {
        FakeSnapshot snapshot = FakeSnapshot.Of(Part(GicRig.Ready(2)));
        snapshot.Integers[field] = value;
        if (field == 1) snapshot.Integers[6] = 0;
        Refused(snapshot, name);
    }

    [Theory]
    [InlineData(3, "SPIs")]
    [InlineData(4, "GICD_IROUTER")]
    [InlineData(5, "SGIs and PPIs")]
    public void Damaged_bytes_are_refused_by_name(int field, string name)
    {
        FakeSnapshot snapshot = FakeSnapshot.Of(Part(GicRig.Ready(2)));
        byte[] whole = snapshot.Blobs[field];
        snapshot.Blobs[field] = whole[..^1];
        Refused(snapshot, name);
        snapshot.Blobs[field] = [.. whole[..^1], 0xFF]; // reserved bits of the last priority, or of the last route
        Refused(snapshot, name);
    }

    private static void Refused(FakeSnapshot snapshot, string name)
    {
        SoftwareInterruptController part = Part(new GicRig(2));
        Assert.Contains(name, Assert.Throws<InvalidDataException>(() => ((ISnapshotParticipant)part).Restore(snapshot.Reader)).Message, StringComparison.Ordinal);
    }

    private static SoftwareInterruptController Part(GicRig rig) => new(rig.Gic, new SystemCounter(new ManualTimeProvider()));
}
