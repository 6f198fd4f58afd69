namespace Supermachine.Engine.Software;

/// <summary>
/// A GICv3 (IHI 0069) for up to eight vCPUs with affinities 0.0.0.0 to 0.0.0.7: distributor, redistributors and CPU interfaces,
/// one Security state, no LPIs. Any thread may call; one lock covers the chip, and the sink is called under it, so that the levels
/// a vCPU sees never go backwards.
/// </summary>
internal sealed partial class GicV3
{
    public const int MaxVcpus = 8;
    public const ulong DistributorSize = 0x1_0000;

    /// <summary>A read of ICC_IAR or ICC_HPPIR that finds nothing.</summary>
    public const uint Spurious = 1023;

    private readonly Lock _lock = new();
    private readonly IInterruptSink _sink;
    private readonly Distributor _distributor = new();
    private readonly Redistributor[] _redistributors;
    private readonly CpuInterface[] _interfaces;

    public GicV3(int vcpuCount, IInterruptSink sink)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vcpuCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vcpuCount, MaxVcpus);
        _sink = sink;
        _redistributors = new Redistributor[vcpuCount];
        _interfaces = new CpuInterface[vcpuCount];
        for (int vcpu = 0; vcpu < vcpuCount; vcpu++)
        {
            _redistributors[vcpu] = new Redistributor(vcpu) { IsLast = vcpu == vcpuCount - 1 };
            _interfaces[vcpu] = new CpuInterface();
        }
    }

    public int VcpuCount => _interfaces.Length;

    /// <summary>Says which vCPU's redistributor is the last in use, where not all have a vCPU. Before any runs.</summary>
    public void SetLast(int last)
    {
        lock (_lock)
        {
            for (int vcpu = 0; vcpu < VcpuCount; vcpu++) _redistributors[vcpu].IsLast = vcpu == last;
        }
    }

    /// <summary>Bytes of all redistributors.</summary>
    public ulong RedistributorRegionSize => Redistributor.Size * (ulong)VcpuCount;

    /// <summary>Sets the level of a shared peripheral interrupt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The INTID is not an SPI.</exception>
    public void SetSpi(uint intid, bool asserted)
    {
        if (intid is < Distributor.FirstSpi or >= Distributor.FirstSpi + Distributor.SpiCount)
            throw new ArgumentOutOfRangeException(nameof(intid), intid, $"SPIs are {Distributor.FirstSpi} to {InterruptBank.FirstSpecial - 1}");
        lock (_lock)
        {
            if (_distributor.Spis.SetLine((int)intid, asserted)) UpdateAll();
        }
    }

    /// <summary>Sets the level of a private peripheral interrupt, INTID 16 to 31.</summary>
    public void SetPpi(int vcpu, uint intid, bool asserted)
    {
        System.Diagnostics.Debug.Assert(intid is >= 16 and < 32);
        lock (_lock)
        {
            if (_redistributors[vcpu].Private.SetLine((int)intid, asserted)) Update(vcpu);
        }
    }

    /// <summary>Reads GICD. What is not there, or not in that width, reads as zero.</summary>
    public ulong ReadDistributor(ulong offset, int width)
    {
        if (!IsLegal(offset, width, DistributorSize)) return 0;
        lock (_lock) return _distributor.Read(offset, width);
    }

    /// <summary>Writes GICD. A write to what is not there, or in a wrong width, is dropped.</summary>
    public void WriteDistributor(ulong offset, int width, ulong value)
    {
        if (!IsLegal(offset, width, DistributorSize)) return;
        lock (_lock)
        {
            _distributor.Write(offset, width, value);
            UpdateAll();
        }
    }

    /// <summary>Reads a redistributor; the offset counts from the region's start, vCPU 0's RD frame.</summary>
    public ulong ReadRedistributor(ulong offset, int width)
    {
        if (!IsLegal(offset, width, RedistributorRegionSize)) return 0;
        lock (_lock) return _redistributors[offset / Redistributor.Size].Read(offset % Redistributor.Size, width);
    }

    /// <summary>Writes a redistributor; the offset counts from the region's start, vCPU 0's RD frame.</summary>
    public void WriteRedistributor(ulong offset, int width, ulong value)
    {
        if (!IsLegal(offset, width, RedistributorRegionSize)) return;
        int vcpu = (int)(offset / Redistributor.Size);
        lock (_lock)
        {
            _redistributors[vcpu].Write(offset % Redistributor.Size, width, value);
            Update(vcpu);
        }
    }

    /// <summary>Back to the power-on state; lines keep the levels that devices drive.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _distributor.Reset();
            for (int vcpu = 0; vcpu < VcpuCount; vcpu++)
            {
                _redistributors[vcpu].Reset();
                _interfaces[vcpu].State = CpuInterfaceState.AtReset;
            }
            UpdateAll();
        }
    }

    /// <summary>Resets one vCPU's CPU interface, as powering it down does (PSCI CPU_OFF, CPU_ON).</summary>
    public void ResetInterface(int vcpu) => SetInterfaceState(vcpu, CpuInterfaceState.AtReset);

    public CpuInterfaceState GetInterfaceState(int vcpu)
    {
        lock (_lock) return _interfaces[vcpu].State;
    }

    public void SetInterfaceState(int vcpu, CpuInterfaceState state)
    {
        System.Diagnostics.Debug.Assert(state.IsValid);
        lock (_lock)
        {
            _interfaces[vcpu].State = state;
            Update(vcpu);
        }
    }

    private static bool IsLegal(ulong offset, int width, ulong size) => offset < size && (offset & ((ulong)width - 1)) == 0;

    private void UpdateAll()
    {
        for (int vcpu = 0; vcpu < VcpuCount; vcpu++) Update(vcpu);
    }

    /// <summary>Finds a vCPU's highest priority pending interrupt and drives its signals. After every change.</summary>
    private void Update(int vcpu)
    {
        CpuInterface target = _interfaces[vcpu];
        target.Highest = FindHighest(vcpu, target);
        bool signals = target.Signals;
        bool irq = signals && target.Highest.IsGroup1, fiq = signals && !target.Highest.IsGroup1;
        if (irq != target.Irq) _sink.SetIrq(vcpu, target.Irq = irq);
        if (fiq != target.Fiq) _sink.SetFiq(vcpu, target.Fiq = fiq);
    }

    private PendingInterrupt FindHighest(int vcpu, CpuInterface target)
    {
        PendingInterrupt best = PendingInterrupt.None;
        uint enables = _distributor.Enables;
        bool group0 = (enables & Distributor.EnableGrp0) != 0 && target.State.IGRPEN0 != 0;
        bool group1 = (enables & Distributor.EnableGrp1) != 0 && target.State.IGRPEN1 != 0;
        InterruptBank own = _redistributors[vcpu].Private, shared = _distributor.Spis;
        own.Scan(0, own.Offered(0) & OfGroups(own, 0), ref best);
        for (int word = shared.FirstWord; word < shared.EndWord; word++)
        {
            uint offered = shared.Offered(word);
            if (offered != 0) shared.Scan(word, Routed(vcpu, word, offered & OfGroups(shared, word)), ref best);
        }
        return best;

        uint OfGroups(InterruptBank bank, int word) => (group1 ? bank.Group[word] : 0) | (group0 ? ~bank.Group[word] : 0);
    }

    /// <summary>Those of a word's SPIs that may go to a vCPU. A 1-of-N interrupt is offered to all; the first to acknowledge it gets it.</summary>
    private uint Routed(int vcpu, int word, uint offered)
    {
        uint routed = 0;
        for (uint rest = offered; rest != 0; rest &= rest - 1)
        {
            int bit = System.Numerics.BitOperations.TrailingZeroCount(rest);
            if (_distributor.Reaches(word * 32 + bit, vcpu)) routed |= 1u << bit;
        }
        return routed;
    }
}
