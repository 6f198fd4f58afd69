namespace Supermachine.Engine.Software;

/// <summary>A machine's memory, interrupt controller, timers, predecoded code and vCPUs.</summary>
internal sealed unsafe class SoftwarePartition : IPartition
{
    private readonly PartitionOptions _options;
    private readonly TimerThread _timerThread;
    private readonly SoftwareInterruptController _controller;

    public SoftwarePartition(PartitionOptions options, SystemCounter counter, GuestExecution execution, ExecutionStatistics? statistics, VerificationCounters? verification = null, CodeOptions? code = null)
    {
        _options = options;
        Statistics = statistics;
        Verification = verification;
        Vcpus = new VcpuSet(options.VcpuCount);
        Counter = counter;
        Gic = new GicV3(options.VcpuCount, Vcpus);
        Timers = new VcpuTimers[options.VcpuCount];
        for (int vcpu = 0; vcpu < Timers.Length; vcpu++) Timers[vcpu] = new VcpuTimers(vcpu, Counter, Gic);
        _timerThread = new TimerThread(Timers, Counter);
        _controller = new SoftwareInterruptController(Gic, Counter);
        Code = new CodeCache(this, (code ?? new CodeOptions()) with { Translates = execution == GuestExecution.Translated });
    }

    public IInterruptController InterruptController => _controller;

    public PhysicalMap Memory { get; } = new();

    public CodeCache Code { get; }

    /// <summary>Where what it does is counted; null where nobody asked.</summary>
    public ExecutionStatistics? Statistics { get; }

    /// <summary>Where comparisons of translated code with the interpreter are counted; null where none are made.</summary>
    public VerificationCounters? Verification { get; }

    public VcpuSet Vcpus { get; }

    public GicV3 Gic { get; }

    public SystemCounter Counter { get; }

    public VcpuTimers[] Timers { get; }

    public void Map(GuestAddress address, nint host, ulong length, MemoryProtection protection)
    {
        Memory.Add(address.Value, (byte*)host, length, protection);
        Vcpus.Post(null, new TlbMaintenance(TlbMaintenanceKind.All));
    }

    public void Unmap(GuestAddress address, ulong length)
    {
        Code.InvalidateAll();
        Memory.Remove(address.Value, length);
        Vcpus.Post(null, new TlbMaintenance(TlbMaintenanceKind.All));
    }

    public IVcpu CreateVcpu(int index)
    {
        if (index < 0 || index >= _options.VcpuCount) throw new ArgumentOutOfRangeException(nameof(index), index, $"vCPUs are 0 to {_options.VcpuCount - 1}");
        SoftwareVcpu vcpu = CreateDetached();
        Attach(vcpu, index);
        return vcpu;
    }

    /// <summary>A vCPU without a place yet: no interrupts and no timers, for whoever learns the index only from MPIDR_EL1.</summary>
    public SoftwareVcpu CreateDetached() => new(this);

    /// <summary>Gives a vCPU its place, before it runs.</summary>
    public void Attach(SoftwareVcpu vcpu, int index)
    {
        vcpu.Index = index;
        Vcpus.Add(vcpu);
    }

    /// <summary>A load from an address without memory that is the GIC's own.</summary>
    public bool TryReadController(ulong pa, int size, out ulong value)
    {
        value = 0;
        if (pa - _options.DistributorBase.Value < GicV3.DistributorSize) value = Gic.ReadDistributor(pa - _options.DistributorBase.Value, size);
        else if (pa - _options.RedistributorBase.Value < Gic.RedistributorRegionSize) value = Gic.ReadRedistributor(pa - _options.RedistributorBase.Value, size);
        else return false;
        return true;
    }

    /// <summary>A store to an address without memory that is the GIC's own.</summary>
    public bool TryWriteController(ulong pa, int size, ulong value)
    {
        if (pa - _options.DistributorBase.Value < GicV3.DistributorSize) Gic.WriteDistributor(pa - _options.DistributorBase.Value, size, value);
        else if (pa - _options.RedistributorBase.Value < Gic.RedistributorRegionSize) Gic.WriteRedistributor(pa - _options.RedistributorBase.Value, size, value);
        else return false;
        return true;
    }

    public void Dispose()
    {
        _timerThread.Dispose();
        Code.Dispose();
        Memory.Dispose();
    }
}
