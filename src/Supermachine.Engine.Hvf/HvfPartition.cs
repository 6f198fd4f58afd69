namespace Supermachine.Engine.Hvf;

/// <summary>The VM of this process.</summary>
internal sealed unsafe class HvfPartition : IPartition, IMemoryReplacement
{
    private readonly PartitionOptions _options;
    private readonly HvfOptions _choices;
    private readonly HvfVcpu?[] _vcpus;
    private readonly WaitWatchdog _watchdog;
    private readonly HvfInterruptController _controller;
    private int _created;
    private volatile bool _hasRun;
    private bool _disposed;

    public HvfPartition(HvApi api, PartitionOptions options, EngineCapabilities capabilities, HvfOptions choices, HvfLog log)
    {
        (Api, _options, _choices, Log) = (api, options, choices, log);
        CreateVm(capabilities.AddressBits);
        try
        {
            CreateGic();
            Memory = new GuestMappings(api, capabilities.AddressBits);
            Counter = new GuestCounter(api);
            Simd = new SimdRegisters(api);
            _vcpus = new HvfVcpu?[options.VcpuCount];
            _watchdog = new WaitWatchdog(_vcpus, choices.Time);
            _controller = new HvfInterruptController(this, options, capabilities, choices);
        }
        catch
        {
            _ = api.hv_vm_destroy();
            throw;
        }
    }

    public HvApi Api { get; }

    public HvfLog Log { get; }

    public GuestMappings Memory { get; }

    public GuestCounter Counter { get; }

    public SimdRegisters Simd { get; }

    public HvfInterruptController Controller => _controller;

    public IInterruptController InterruptController => _controller;

    public int VcpuCount => _vcpus.Length;

    /// <summary>How many vCPUs there are, each with its MPIDR_EL1.</summary>
    public int Created => Volatile.Read(ref _created);

    /// <summary>Whether a vCPU has run: the topology is final then, and a restore is a warm one.</summary>
    public bool HasRun => _hasRun;

    public void Map(GuestAddress address, nint host, ulong length, MemoryProtection protection) => Memory.Add(address.Value, host, length, protection);

    public void Unmap(GuestAddress address, ulong length) => Memory.Remove(address.Value, length);

    public void Replace(GuestAddress address, ulong length, Action<ulong, ulong> replace) => Memory.Replace(address.Value, length, replace, _choices.RemapFixed);

    public IVcpu CreateVcpu(int index)
    {
        if (index < 0 || index >= VcpuCount) throw new ArgumentOutOfRangeException(nameof(index), index, $"vCPUs are 0 to {VcpuCount - 1}");
        if (HasRun) throw new InvalidOperationException($"vCPU {index} cannot be created any more: a vCPU has run, and with it the framework fixes their number");
        if (_vcpus[index] is not null) throw new InvalidOperationException($"vCPU {index} exists already");
        HvfVcpu vcpu = new(this, index);
        _vcpus[index] = vcpu;
        Interlocked.Increment(ref _created);
        return vcpu;
    }

    /// <summary>A vCPU is about to run for the first time. On its thread.</summary>
    public void BeginRun()
    {
        _hasRun = true;
        _watchdog.Start();
    }

    /// <summary>The vCPU is destroyed.</summary>
    public void Remove(HvfVcpu vcpu)
    {
        _vcpus[vcpu.Index] = null;
        Interlocked.Decrement(ref _created);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _watchdog.Dispose();
        Memory.Clear();
        HvException.Check(Api.hv_vm_destroy(), nameof(Api.hv_vm_destroy));
        Simd.Dispose();
    }

    private void CreateVm(int addressBits)
    {
        nint config = Api.hv_vm_config_create();
        try
        {
            HvException.Check(Api.hv_vm_config_set_ipa_size(config, (uint)addressBits), nameof(Api.hv_vm_config_set_ipa_size));
            HvException.Check(Api.hv_vm_create(config), nameof(Api.hv_vm_create));
        }
        finally
        {
            Api.Release(config);
        }
    }

    // Before any vCPU, and without an MSI region: an SPI inside one could not be raised as a line.
    private void CreateGic()
    {
        nint config = Api.hv_gic_config_create();
        try
        {
            HvException.Check(Api.hv_gic_config_set_distributor_base(config, _options.DistributorBase.Value), nameof(Api.hv_gic_config_set_distributor_base), $"distributor at {_options.DistributorBase}");
            HvException.Check(Api.hv_gic_config_set_redistributor_base(config, _options.RedistributorBase.Value), nameof(Api.hv_gic_config_set_redistributor_base), $"redistributors at {_options.RedistributorBase}");
            HvException.Check(Api.hv_gic_create(config), nameof(Api.hv_gic_create));
        }
        finally
        {
            Api.Release(config);
        }
    }
}
