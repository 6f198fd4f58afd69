namespace Supermachine.Engine.Hvf;

/// <summary>The GICv3 inside the framework. The guest's clock is saved with it: one value for all vCPUs, taken at one moment.</summary>
internal sealed unsafe class HvfInterruptController : IInterruptController, ISnapshotParticipant<HvfGicState>
{
    private readonly HvfPartition _partition;
    private readonly HvApi _api;
    private readonly InterruptControllerGeometry _geometry;
    private readonly GicMachine _machine;
    private readonly HvfOptions _choices;
    private readonly ControllerWindows _windows;
    private readonly ulong _redistributors;
    private readonly bool[] _lines;
    private readonly ulong[] _ownBases;
    private readonly VcpuRestore[] _restores;

    public HvfInterruptController(HvfPartition partition, PartitionOptions options, EngineCapabilities capabilities, HvfOptions choices)
    {
        (_partition, _api, _geometry, _choices) = (partition, partition.Api, capabilities.InterruptController, choices);
        _machine = new GicMachine((ulong)options.VcpuCount, (ulong)capabilities.AddressBits, options.DistributorBase.Value, options.RedistributorBase.Value, _geometry);
        _windows = new ControllerWindows(_api, options, _geometry, partition.Log);
        _redistributors = options.RedistributorBase.Value;
        _lines = new bool[_geometry.SpiCount];
        _ownBases = new ulong[options.VcpuCount];
        _restores = new VcpuRestore[options.VcpuCount];
        Timers = HvfCapabilities.AskTimers(_api);
    }

    public TimerInterrupts Timers { get; }

    private string SystemVersion => _api.SystemVersion.ToString();

    public void SetSpi(uint intid, bool asserted)
    {
        if (intid - _geometry.FirstSpi >= _geometry.SpiCount)
            throw new ArgumentOutOfRangeException(nameof(intid), intid, $"SPIs are {_geometry.FirstSpi} to {_geometry.FirstSpi + _geometry.SpiCount - 1}");
        Volatile.Write(ref _lines[intid - _geometry.FirstSpi], asserted);
        Drive(intid, asserted);
    }

    public void Reset()
    {
        RequireVcpus("reset");
        HvException.Check(_api.hv_gic_reset(), nameof(_api.hv_gic_reset));
        AssertLines();
    }

    public HvfGicState Save()
    {
        RequireVcpus("saved");
        ulong physical = _partition.Counter.Physical;
        byte[] blob = GicBlob.TryCapture(_api) ?? [];
        ulong[] registers = DistributorRegisters.TryOpen(_api)?.TrySave() ?? [];
        if (blob.Length == 0 && registers.Length == 0) throw new InvalidOperationException("the interrupt controller cannot be saved: the framework gives neither its state nor its registers");
        byte[] bytes = new byte[registers.Length * sizeof(ulong)];
        Buffer.BlockCopy(registers, 0, bytes, 0, bytes.Length);
        return new HvfGicState(_machine, SystemVersion, physical - _partition.Counter.Offset, physical, blob, bytes);
    }

    /// <exception cref="InvalidDataException">The state is of another machine, or of another macOS and without registers; nothing was applied.</exception>
    public void Restore(HvfGicState state)
    {
        RequireVcpus("restored");
        _machine.RequireSame(state.Machine);
        DistributorRegisters? registers = state.Registers.IsEmpty ? null : DistributorRegisters.TryOpen(_api);
        if (registers is not null && registers.Count != state.RegisterValues.Length)
            throw new InvalidDataException($"{HvfGicState.Schema.Id}: the state has {state.RegisterValues.Length} registers of the distributor, this one has {registers.Count}");
        bool isOurs = !state.Blob.IsEmpty && state.SystemVersion == SystemVersion;
        if (!isOurs && registers is null)
            throw new InvalidDataException($"{HvfGicState.Schema.Id}: the state was saved by macOS {state.SystemVersion} and can only be restored there; this is macOS {SystemVersion}");
        RedistributorRestore redistributors = RedistributorRestore.None;
        if (!(_choices.SkipWarmGicRestore && _partition.HasRun))
        {
            redistributors = Apply(state, isOurs, registers);
            AssertLines();
        }

        Array.Fill(_restores, new VcpuRestore(redistributors, _partition.Counter.GoOn(state.Counter, state.Physical)));
    }

    /// <summary>Learns where a vCPU's redistributor is. On its thread, when all vCPUs have their MPIDR_EL1.</summary>
    /// <exception cref="InvalidOperationException">The framework has put it outside the region that the guest is told of.</exception>
    public void Place(int index, VcpuHandle vcpu)
    {
        ulong address = vcpu.RedistributorBase();
        if (address - _redistributors >= _geometry.RedistributorRegionSize)
            throw new InvalidOperationException($"vCPU {index}: its redistributor is at 0x{address:x}, outside the region at 0x{_redistributors:x}");
        _ownBases[index] = address;
    }

    /// <summary>An access of a vCPU to the controller's own addresses. On its thread.</summary>
    public bool TryAccess(VcpuHandle vcpu, int index, ulong pa, int size, bool isStore, ref ulong value) =>
        _windows.TryAccess(vcpu, _ownBases[index], pa, size, isStore, ref value);

    /// <summary>What a restore of the controller leaves to a vCPU; nothing once that has done it. On the vCPU's thread.</summary>
    public ref VcpuRestore RestoreOf(int index) => ref _restores[index];

    // After a run there are reports of states that were accepted and did not arrive, so that the registers come first then. Otherwise a
    // state that was accepted is looked for. The state of another macOS is never given to this one.
    private RedistributorRestore Apply(HvfGicState state, bool isOurs, DistributorRegisters? registers)
    {
        if (_partition.HasRun && registers is not null)
        {
            try
            {
                registers.Restore(state.RegisterValues);
                return RedistributorRestore.Write;
            }
            catch (HvException) when (isOurs)
            {
                // They cannot be written at run time, as one project says: there is the state still.
            }
        }

        hv_return_t result = isOurs ? GicBlob.Apply(_api, state.Blob.Span) : HV_UNSUPPORTED;
        if (result == HV_SUCCESS && (registers is null || registers.HasEnables(state.RegisterValues))) return RedistributorRestore.Check;
        if (registers is null) throw new HvException(nameof(_api.hv_gic_set_state), result, "interrupt controller");
        registers.Restore(state.RegisterValues);
        return RedistributorRestore.Write;
    }

    private void AssertLines()
    {
        for (int i = 0; i < _lines.Length; i++)
            if (Volatile.Read(ref _lines[i])) Drive(_geometry.FirstSpi + (uint)i, asserted: true);
    }

    private void Drive(uint intid, bool asserted) =>
        HvException.Check(_api.hv_gic_set_spi(intid, asserted ? (byte)1 : (byte)0), nameof(_api.hv_gic_set_spi), $"SPI {intid}");

    // Before, redistributors have no vCPU to belong to, and the framework drops what is written to them.
    private void RequireVcpus(string what)
    {
        if (_partition.Created != _partition.VcpuCount)
            throw new InvalidOperationException($"the interrupt controller can only be {what} with all vCPUs: there are {_partition.Created} of {_partition.VcpuCount}");
    }
}

/// <summary>What a restore of the interrupt controller leaves to a vCPU that gets its state back.</summary>
/// <param name="Redistributor">About its redistributor.</param>
/// <param name="PhysicalShift">How much further the host's counter is than when the state was saved: CNTP_CVAL_EL0 moves with it.</param>
internal readonly record struct VcpuRestore(RedistributorRestore Redistributor, ulong PhysicalShift);

/// <summary>What a restore leaves to do about a redistributor, which belongs to its vCPU's thread.</summary>
internal enum RedistributorRestore : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The framework's state was taken: see whether the redistributor has it.</summary>
    Check,

    /// <summary>It was not: write the registers.</summary>
    Write,
}
