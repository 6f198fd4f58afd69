using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>A vCPU of the simulated framework. All but the few members that say so belong to the thread that created it.</summary>
internal sealed unsafe partial class SimulatedVcpu : IDisposable
{
    /// <summary>One expiry of a timer in so many is lost, where they are.</summary>
    private const int LossPeriod = 16;

    private const ulong AffinityMask = 0xFF_00FF_FFFF;

    private readonly SimulatedVm _vm;
    private readonly SoftwareVcpu _software;
    private readonly VirtualTimer _virtualTimer;
    private readonly Random _random;
    private VcpuTimersState _unplacedTimers;
    private int? _place;
    private ulong? _mpidr;
    private bool _trapsExceptions;
    private bool _trapsRegisters;

    public SimulatedVcpu(SimulatedVm vm, ulong id, int owningThread)
    {
        SimulatorOptions options = vm.Simulator.Options;
        (_vm, Id, OwningThread) = (vm, id, owningThread);
        _random = new Random(HashCode.Combine(options.Seed, id));
        _software = vm.Partition.CreateDetached();
        _virtualTimer = new VirtualTimer(vm.Gic is not null, vm.Gic is null || options.TimerExits, () => options.LostTimers && vm.Simulator.Toss(LossPeriod), SendOut);
        ProcessState.Set(_software.Cpu, 0);
        _software.Cpu->Sys.SCTLR_EL1 = options.VariedReset ? 0x3090_0180ul : 0;
        TrapsExceptions = TrapsRegisters = options.VariedReset;
    }

    public ulong Id { get; }

    public int OwningThread { get; }

    public ExitBlock Exit { get; } = new();

    /// <summary>Whether MPIDR_EL1 was ever written.</summary>
    public bool HasAffinity => _mpidr is not null;

    /// <summary>The affinity of MPIDR_EL1, which is the number of the redistributor.</summary>
    /// <exception cref="Refusal">It was not written, or is one that the engine has no redistributor for.</exception>
    public int Affinity
    {
        get
        {
            if (_mpidr is not { } mpidr) throw _vm.Simulator.Unspecified(SimulatorRule.Affinity, $"MPIDR_EL1 of vCPU {Id} was not set");
            ulong affinity = mpidr & AffinityMask;
            return affinity < GicV3.MaxVcpus ? (int)affinity : throw _vm.Simulator.Unspecified(SimulatorRule.Affinity, $"MPIDR_EL1 0x{mpidr:x} of vCPU {Id}: the simulator has affinities 0.0.0.0 to 0.0.0.{GicV3.MaxVcpus - 1}");
        }
    }

    /// <summary>MDCR_EL2.TDE.</summary>
    public bool TrapsExceptions
    {
        get => _trapsExceptions;
        set
        {
            _trapsExceptions = value;
            SetTraps();
        }
    }

    /// <summary>MDCR_EL2.TDA.</summary>
    public bool TrapsRegisters
    {
        get => _trapsRegisters;
        set
        {
            _trapsRegisters = value;
            SetTraps();
        }
    }

    /// <summary>hv_vcpu_set_vtimer_mask.</summary>
    public bool IsTimerMasked
    {
        get => _virtualTimer.IsMasked;
        set
        {
            _virtualTimer.IsMasked = value;
            if (_place is { } place) _vm.Partition.Timers[place].Poll();
        }
    }

    /// <summary>hv_vcpu_set_vtimer_offset: mach_absolute_time less CNTVCT_EL0. Read by any thread.</summary>
    public ulong TimerOffset
    {
        get => Timers.CNTVOFF;
        set => Timers = Timers with { CNTVOFF = value };
    }

    /// <summary>The timers' registers; kept here until the vCPU has its place.</summary>
    private VcpuTimersState Timers
    {
        get => _place is { } place ? _vm.Partition.Timers[place].State : _unplacedTimers;
        set
        {
            if (_place is { } place) _vm.Partition.Timers[place].State = value;
            else _unplacedTimers = value;
        }
    }

    public void Dispose()
    {
        if (_place is { } place)
        {
            _vm.Partition.Timers[place].VirtualLine = null;
            _vm.Partition.Timers[place].State = default;
        }

        _software.Dispose();
        Exit.Dispose();
    }

    /// <summary>The place in the machine, taken before the first run.</summary>
    private void TakePlace()
    {
        if (_place is not null) return;
        lock (_vm.Simulator.Lock)
        {
            int place = _vm.Place(this);
            _vm.Partition.Attach(_software, place);
            _place = place;
        }

        _software.Cpu->Sys.MPIDR_EL1 = _mpidr ?? 0;
        VcpuTimers timers = _vm.Partition.Timers[_place.Value];
        timers.VirtualLine = _virtualTimer.Line;
        timers.State = _unplacedTimers;
    }

    private void SetTraps()
    {
        HypervisorTraps traps = HypervisorTraps.VM | HypervisorTraps.TSC | HypervisorTraps.TDOSA | HypervisorTraps.TPM;
        if (_vm.Gic is null || _vm.Simulator.Options.WaitExits) traps |= HypervisorTraps.TWI;
        if (_vm.Gic is null) traps |= HypervisorTraps.TALL;
        if (_trapsRegisters) traps |= HypervisorTraps.TDA;
        if (_trapsExceptions) traps |= HypervisorTraps.TDE;
        _software.Traps = traps;
    }
}
