namespace Supermachine.Engine.Software.Tests;

/// <summary>A GIC with its outputs recorded, and its registers spelled for tests.</summary>
internal sealed class GicRig : IInterruptSink
{
    public const ulong CTLR = 0, TYPER = 4, IGROUPR = 0x80, ISENABLER = 0x100, ICENABLER = 0x180, ISPENDR = 0x200, ICPENDR = 0x280;
    public const ulong ISACTIVER = 0x300, ICACTIVER = 0x380, IPRIORITYR = 0x400, ICFGR = 0xC00, IROUTER = 0x6000;
    public const ulong SgiFrame = 0x1_0000;

    public GicRig(int vcpus = 1)
    {
        Irq = new bool[vcpus];
        Fiq = new bool[vcpus];
        Gic = new GicV3(vcpus, this);
    }

    public GicV3 Gic { get; }

    public bool[] Irq { get; }

    public bool[] Fiq { get; }

    public int Changes { get; private set; }

    /// <summary>As a kernel sets it up: both groups on, everything Group 1 at priority 0xA0, mask open.</summary>
    public static GicRig Ready(int vcpus = 1)
    {
        var rig = new GicRig(vcpus);
        rig.SetUp();
        return rig;
    }

    public void SetUp()
    {
        Gic.WriteDistributor(CTLR, 4, 3);
        for (ulong word = 1; word < 32; word++) Gic.WriteDistributor(IGROUPR + 4 * word, 4, uint.MaxValue);
        for (ulong intid = 32; intid < 1020; intid += 4) Gic.WriteDistributor(IPRIORITYR + intid, 4, 0xA0A0A0A0);
        for (int vcpu = 0; vcpu < Irq.Length; vcpu++)
        {
            WriteGicr(vcpu, 0x14, 0);
            WriteGicr(vcpu, SgiFrame + IGROUPR, uint.MaxValue);
            for (ulong intid = 0; intid < 32; intid += 4) WriteGicr(vcpu, SgiFrame + IPRIORITYR + intid, 0xA0A0A0A0);
            Write(vcpu, GicRegister.ICC_PMR_EL1, 0xF0);
            Write(vcpu, GicRegister.ICC_IGRPEN1_EL1, 1);
            Write(vcpu, GicRegister.ICC_IGRPEN0_EL1, 1);
        }
    }

    public void Enable(uint intid, byte priority = 0xA0, ulong route = 0)
    {
        Gic.WriteDistributor(IPRIORITYR + intid, 1, priority);
        Gic.WriteDistributor(IROUTER + 8 * intid, 8, route);
        Gic.WriteDistributor(ISENABLER + intid / 32 * 4, 4, 1u << (int)(intid % 32));
    }

    public void EnablePrivate(int vcpu, uint intid, byte priority = 0xA0)
    {
        Gic.WriteRedistributor((ulong)vcpu * 0x2_0000 + SgiFrame + IPRIORITYR + intid, 1, priority);
        WriteGicr(vcpu, SgiFrame + ISENABLER, 1u << (int)intid);
    }

    public ulong Read(int vcpu, uint register)
    {
        Assert.True(Gic.TryReadRegister(vcpu, register, out ulong value));
        return value;
    }

    public void Write(int vcpu, uint register, ulong value) => Assert.True(Gic.TryWriteRegister(vcpu, register, value));

    public ulong Iar(int vcpu = 0) => Read(vcpu, GicRegister.ICC_IAR1_EL1);

    public void Eoi(ulong intid, int vcpu = 0) => Write(vcpu, GicRegister.ICC_EOIR1_EL1, intid);

    public uint Gicd(ulong offset) => (uint)Gic.ReadDistributor(offset, 4);

    public uint Gicr(int vcpu, ulong offset) => (uint)Gic.ReadRedistributor((ulong)vcpu * 0x2_0000 + offset, 4);

    public void WriteGicr(int vcpu, ulong offset, ulong value) => Gic.WriteRedistributor((ulong)vcpu * 0x2_0000 + offset, 4, value);

    public void MakeEdge(uint intid) => Gic.WriteDistributor(ICFGR + intid / 16 * 4, 4, 2u << (int)(intid % 16 * 2));

    void IInterruptSink.SetIrq(int vcpu, bool asserted) => Record(Irq, vcpu, asserted);

    void IInterruptSink.SetFiq(int vcpu, bool asserted) => Record(Fiq, vcpu, asserted);

    private void Record(bool[] levels, int vcpu, bool asserted)
    {
        Assert.NotEqual(levels[vcpu], asserted); // the sink hears of changes only
        levels[vcpu] = asserted;
        Changes++;
    }
}
