namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>The framework's reference-counted objects by their pointers, which point at nothing and are never used twice.</summary>
internal sealed class ObjectTable
{
    private readonly Dictionary<nint, object> _objects = [];
    private nint _next = 0x5AFE_0000;

    /// <summary>Those that nobody has released.</summary>
    public IEnumerable<object> Live => _objects.Values;

    public nint Add(object item)
    {
        _next += 0x10;
        _objects.Add(_next, item);
        return _next;
    }

    /// <exception cref="Refusal">There is no such object.</exception>
    public T Get<T>(nint pointer)
        where T : class =>
        _objects.GetValueOrDefault(pointer) as T ?? throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicStateAndObjects, $"0x{pointer:x} is no {typeof(T).Name}, or was released");

    /// <exception cref="Refusal">There is no such object.</exception>
    public void Release(nint pointer)
    {
        if (!_objects.Remove(pointer)) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicStateAndObjects, $"0x{pointer:x} is no object, or was released before");
    }
}

/// <summary>hv_vm_config_t.</summary>
internal sealed class VmConfig(uint ipaBits)
{
    public uint IpaBits { get; set; } = ipaBits;

    public hv_ipa_granule_t Granule { get; set; } = hv_ipa_granule_t.HV_IPA_GRANULE_16KB;
}

/// <summary>hv_vcpu_config_t: it has nothing that could be set.</summary>
internal sealed class VcpuConfig;

/// <summary>hv_gic_config_t.</summary>
internal sealed class GicConfig
{
    public ulong? DistributorBase { get; set; }

    public ulong? RedistributorBase { get; set; }

    public ulong? MsiBase { get; set; }

    public (uint Base, uint Count)? MsiRange { get; set; }
}

/// <summary>hv_gic_state_t.</summary>
internal sealed class GicStateObject(byte[] data)
{
    public byte[] Data { get; } = data;
}
