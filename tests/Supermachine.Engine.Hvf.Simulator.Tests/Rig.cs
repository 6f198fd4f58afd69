using System.Runtime.ExceptionServices;

namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>A simulated framework with a VM, a megabyte of RAM, and as much of a GIC and of vCPUs as a test asks for; taken down in order at the end.</summary>
internal sealed unsafe class Rig : IDisposable
{
    public const ulong Ram = 0x4000_0000, Distributor = 0x0800_0000, Redistributors = 0x1000_0000, Device = 0x0900_0000;
    public const nuint RamSize = 0x10_0000;
    public const hv_memory_flags_t All = HV_MEMORY_READ | HV_MEMORY_WRITE | HV_MEMORY_EXEC;

    private readonly List<TestVcpu> _vcpus = [];

    /// <param name="options">How the framework behaves.</param>
    /// <param name="vm">Whether to make the VM.</param>
    /// <param name="gic">Whether to give it a GIC.</param>
    /// <param name="ram">Whether to map the RAM.</param>
    public Rig(SimulatorOptions? options = null, bool vm = true, bool gic = true, bool ram = true)
    {
        Simulator = HypervisorSimulator.Install(options);
        Memory = Posix.Anonymous(RamSize);
        if (!vm) return;
        Ok(Api.hv_vm_create(0));
        if (ram) Ok(Api.hv_vm_map(Memory, Ram, RamSize, All));
        if (gic) Ok(CreateGic());
    }

    public HypervisorSimulator Simulator { get; }

    public HvApi Api => Simulator.Api;

    public byte* Memory { get; }

    /// <summary>What was violated so far.</summary>
    public IEnumerable<SimulatorRule> Broken => Simulator.Violations.Select(violation => violation.Rule);

    public static void Ok(hv_return_t result) => Assert.Equal(HV_SUCCESS, result);

    /// <summary>Makes a call that has to fail for a rule.</summary>
    public void Refused(SimulatorRule rule, hv_return_t code, Func<hv_return_t> call)
    {
        int before = Simulator.Violations.Count;
        Assert.Equal(code, call());
        Assert.Equal(rule, Assert.Single(Simulator.Violations.Skip(before)).Rule);
    }

    public hv_return_t CreateGic(ulong distributor = Distributor, ulong redistributors = Redistributors, Action<nint>? configure = null)
    {
        nint config = Api.hv_gic_config_create();
        Assert.NotEqual(0, config);
        Ok(Api.hv_gic_config_set_distributor_base(config, distributor));
        Ok(Api.hv_gic_config_set_redistributor_base(config, redistributors));
        configure?.Invoke(config);
        hv_return_t result = Api.hv_gic_create(config);
        Api.os_release((void*)config);
        return result;
    }

    /// <summary>A vCPU of this thread at EL1 at the start of RAM, where the instructions are.</summary>
    public TestVcpu Vcpu(params ReadOnlySpan<uint> code)
    {
        code.CopyTo(new Span<uint>(Memory, code.Length));
        TestVcpu vcpu = new(this, index: 0);
        _vcpus.Add(vcpu);
        return vcpu;
    }

    /// <summary>Runs something on a thread of its own, to its end.</summary>
    public static void OnThread(Action action) => Companion.Start(action).Join();

    public void Dispose()
    {
        foreach (TestVcpu vcpu in _vcpus) vcpu.Dispose();
        if (Simulator.Vm is { } vm)
        {
            foreach (GuestMapping mapping in vm.Memory.Mappings.DistinctBy(mapping => mapping.Origin).ToList()) _ = Api.hv_vm_unmap(mapping.Origin.Ipa, (nuint)mapping.Origin.Size);
            _ = Api.hv_vm_destroy();
        }

        Simulator.Dispose();
    }
}

/// <summary>A thread beside the test's own. What fails on it fails the test that joins it, not the process.</summary>
internal sealed class Companion
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    private Companion(Action action) => _thread = new Thread(() =>
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // Told to the test's own thread.
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
#pragma warning restore CA1031
    });

    public static Companion Start(Action action)
    {
        Companion companion = new(action);
        companion._thread.Start();
        return companion;
    }

    /// <summary>Waits for its end, and throws what it threw.</summary>
    public void Join()
    {
        _thread.Join();
        _failure?.Throw();
    }
}

/// <summary>A vCPU of the thread that made it.</summary>
internal sealed unsafe class TestVcpu : IDisposable
{
    private const ulong El1Masked = 0x3C5;

    private readonly Rig _rig;
    private bool _isGone;

    public TestVcpu(Rig rig, int index, bool start = true)
    {
        _rig = rig;
        ulong id;
        hv_vcpu_exit_t* exit;
        Rig.Ok(rig.Api.hv_vcpu_create(&id, &exit, 0));
        Id = id;
        Exit = exit;
        if (!start) return;
        this[HV_SYS_REG_MPIDR_EL1] = 0x8000_0000 | (uint)index;
        this[HV_REG_CPSR] = El1Masked;
        this[HV_REG_PC] = Rig.Ram;
    }

    public ulong Id { get; }

    public hv_vcpu_exit_t* Exit { get; }

    public uint Syndrome => (uint)Exit->exception.syndrome;

    public uint ExceptionClass => Syndrome >> 26;

    public ulong this[hv_reg_t register]
    {
        get
        {
            ulong value;
            Rig.Ok(_rig.Api.hv_vcpu_get_reg(Id, register, &value));
            return value;
        }
        set => Rig.Ok(_rig.Api.hv_vcpu_set_reg(Id, register, value));
    }

    public ulong this[hv_sys_reg_t register]
    {
        get
        {
            ulong value;
            Rig.Ok(_rig.Api.hv_vcpu_get_sys_reg(Id, register, &value));
            return value;
        }
        set => Rig.Ok(_rig.Api.hv_vcpu_set_sys_reg(Id, register, value));
    }

    /// <summary>Runs to an exit. Gives its reason.</summary>
    public hv_exit_reason_t Run()
    {
        Rig.Ok(_rig.Api.hv_vcpu_run(Id));
        return Exit->reason;
    }

    /// <summary>Runs to an exception. Gives its class.</summary>
    public uint RunToException()
    {
        Assert.Equal(HV_EXIT_REASON_EXCEPTION, Run());
        return ExceptionClass;
    }

    public void Dispose()
    {
        if (!_isGone) _ = _rig.Api.hv_vcpu_destroy(Id);
        _isGone = true;
    }
}
