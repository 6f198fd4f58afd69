using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>The VM of the process: its memory, its GIC and its vCPUs. Called under the simulator's lock but where a member says otherwise.</summary>
internal sealed partial class SimulatedVm : IDisposable
{
    /// <summary>Where no guest address reaches: for a GIC that is not the engine's to answer.</summary>
    private static readonly GuestAddress Nowhere = new(1ul << 52), NowhereElse = new(1ul << 53);

    private readonly HypervisorSimulator _simulator;
    private readonly SimulatedVcpu?[] _vcpus = new SimulatedVcpu?[64];
    private readonly RunGate _gate = new();
    private SoftwarePartition? _partition;

    public SimulatedVm(HypervisorSimulator simulator, VmConfig config)
    {
        _simulator = simulator;
        ulong granule = config.Granule == hv_ipa_granule_t.HV_IPA_GRANULE_4KB ? 0x1000ul : 0x4000;
        Memory = new GuestMemoryMap(simulator.Options, config.IpaBits, granule);
    }

    public GuestMemoryMap Memory { get; }

    /// <summary>The GIC; null without one.</summary>
    public SimulatedGic? Gic { get; private set; }

    /// <summary>Whether any vCPU has run.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Whether a vCPU was destroyed after one has run: then all of them have to go.</summary>
    public bool IsEnding { get; private set; }

    public RunGate Gate => _gate;

    public HypervisorSimulator Simulator => _simulator;

    public IEnumerable<SimulatedVcpu> Vcpus => _vcpus.OfType<SimulatedVcpu>();

    /// <summary>The engine's machine, made when the first of GIC and vCPUs comes: it has to know where the GIC is.</summary>
    public SoftwarePartition Partition
    {
        get
        {
            if (_partition is not null) return _partition;
            bool isAnswered = Gic is not null && !_simulator.Options.GicExits;
            PartitionOptions options = new(
                GicV3.MaxVcpus,
                isAnswered ? new GuestAddress(Gic!.DistributorBase) : Nowhere,
                isAnswered ? new GuestAddress(Gic!.RedistributorBase) : NowhereElse);
            GuestExecution execution = SoftwareEngine.TranslationRefusal is null ? GuestExecution.Translated : GuestExecution.Interpreted;
            _partition = new SoftwarePartition(options, _simulator.Clock, execution, statistics: null);
            foreach (GuestMapping mapping in Memory.Mappings) Show(mapping);
            return _partition;
        }
    }

    public void Map(ulong host, ulong ipa, ulong size, hv_memory_flags_t flags)
    {
        GuestMapping mapping = Memory.Map(host, ipa, size, flags);
        if (_partition is not null) Change(() => Show(mapping));
    }

    public void Unmap(ulong ipa, ulong size)
    {
        if (Memory.Mappings.Any(mapping => mapping.Touches(ipa, size))) Memory.VerifyBacking();
        Apply(Memory.Unmap(ipa, size));
    }

    public void Protect(ulong ipa, ulong size, hv_memory_flags_t flags) => Apply(Memory.Protect(ipa, size, flags));

    /// <summary>sys_icache_invalidate of host memory: the guest fetches it anew.</summary>
    public void InvalidateCode(ulong host, ulong size)
    {
        if (_partition is null) return;
        foreach (GuestMapping mapping in Memory.Mappings.Where(mapping => mapping.Host < host + size && host < mapping.Host + mapping.Size).ToList())
        {
            ulong from = Math.Max(host, mapping.Host), to = Math.Min(host + size, mapping.Host + mapping.Size);
            for (ulong line = from & ~63ul; line < to; line += 64) _partition.Code.Invalidate(mapping.Ipa + (line - mapping.Host));
        }
    }

    public void CreateGic(GicConfig config)
    {
        if (Gic is not null) throw _simulator.Unspecified(SimulatorRule.GicOrder, "this VM has a GIC already");
        if (Vcpus.Any()) throw _simulator.Unspecified(SimulatorRule.GicOrder, "the GIC comes before the first vCPU");
        Gic = new SimulatedGic(this, config);
    }

    /// <summary>All is gone, as it has to be.</summary>
    public void CheckEmpty()
    {
        if (Vcpus.Any()) throw _simulator.Unspecified(SimulatorRule.VcpusWithinTheVm, $"{Vcpus.Count()} vCPUs are still there");
        if (Memory.Mappings.Count != 0) _simulator.Flag(SimulatorRule.Teardown, nameof(HvApi.hv_vm_destroy), $"0x{Memory.Mappings[0].Ipa:x}+0x{Memory.Mappings[0].Size:x} is still mapped");
    }

    /// <summary>Ends it. Where vCPUs were left behind what they use stays: their threads may still be inside.</summary>
    public void Dispose()
    {
        foreach (SimulatedVcpu vcpu in Vcpus) vcpu.RequestExit();
        if (!Vcpus.Any()) _partition?.Dispose();
    }

    /// <summary>The host memory is what it was; looked at in the first runs, and then now and then, because it takes long. Any thread.</summary>
    public void VerifyBacking(long run)
    {
        (long first, long period) = _simulator.Options.Audit ? (64, 512) : (2, 8192);
        if (run >= first && run % period != 0) return;
        lock (_simulator.Lock) Memory.VerifyBacking();
    }

    private void Apply((List<GuestMapping> Before, List<GuestMapping> After) change)
    {
        if (_partition is null) return;
        Change(() =>
        {
            foreach (GuestMapping mapping in change.Before.Where(IsShown)) _partition.Unmap(new(mapping.Ipa), mapping.Size);
            foreach (GuestMapping mapping in change.After) Show(mapping);
        });
    }

    private void Change(Action change) => _gate.Change(
        () =>
        {
            foreach (SimulatedVcpu vcpu in Vcpus) vcpu.SendOut();
        },
        change);

    /// <summary>The engine does not know memory that cannot be read; for it there is nothing then.</summary>
    private static bool IsShown(GuestMapping mapping) => (mapping.Flags & hv_memory_flags_t.HV_MEMORY_READ) != 0;

    private void Show(GuestMapping mapping)
    {
        if (IsShown(mapping)) _partition!.Map(new(mapping.Ipa), (nint)mapping.Host, mapping.Size, (MemoryProtection)mapping.Flags);
    }
}
