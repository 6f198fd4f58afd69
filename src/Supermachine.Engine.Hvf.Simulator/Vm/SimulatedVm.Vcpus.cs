namespace Supermachine.Engine.Hvf.Simulator;

/// <content>Which vCPUs there are.</content>
internal sealed partial class SimulatedVm
{
    public SimulatedVcpu CreateVcpu()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (Vcpus.FirstOrDefault(each => each.OwningThread == thread) is { } own) throw Refused(HV_BUSY, SimulatorRule.OwningThread, $"this thread has vCPU {own.Id} already");
        if (Vcpus.Count() >= _simulator.Geometry.MaxVcpus) throw Refused(HV_NO_RESOURCES, SimulatorRule.VcpusWithinTheVm, $"a VM has at most {_simulator.Geometry.MaxVcpus} vCPUs");
        if (Gic is not null && HasRun) throw _simulator.Unspecified(SimulatorRule.FinalTopology, "with a GIC all vCPUs are created before one runs");
        int slot = Array.IndexOf(_vcpus, null);
        SimulatedVcpu vcpu = new(this, (ulong)slot, thread);
        _vcpus[slot] = vcpu;
        return vcpu;
    }

    public void DestroyVcpu(SimulatedVcpu vcpu)
    {
        IsEnding |= Gic is not null && HasRun;
        _vcpus[vcpu.Id] = null;
        vcpu.Dispose();
    }

    /// <summary>Gives a vCPU its place in the machine: the one that its affinity says, where there is a GIC. Before its first run.</summary>
    public int Place(SimulatedVcpu vcpu)
    {
        if (Gic is null) return (int)vcpu.Id;
        int index = vcpu.Affinity;
        if (Vcpus.FirstOrDefault(other => other != vcpu && other.HasAffinity && other.Affinity == index) is { } twin)
            throw _simulator.Unspecified(SimulatorRule.Affinity, $"vCPU {vcpu.Id} and vCPU {twin.Id} have the same MPIDR_EL1 affinity {index}");
        return index;
    }

    /// <summary>A vCPU is about to run.</summary>
    public void BeginRun(SimulatedVcpu vcpu)
    {
        if (!HasRun && Gic is not null) Partition.Gic.SetLast(Vcpus.Where(each => each.HasAffinity).Max(each => each.Affinity));
        HasRun = true;
        if (IsEnding) throw _simulator.Unspecified(SimulatorRule.FinalTopology, "with a GIC the destruction of one vCPU is the end of all of them");
        foreach (SimulatedVcpu other in Vcpus)
        {
            if (other != vcpu && other.IsRunning && other.TimerOffset != vcpu.TimerOffset)
                _simulator.Flag(SimulatorRule.OneCounter, nameof(HvApi.hv_vcpu_run), $"vCPU {vcpu.Id} has vtimer offset 0x{vcpu.TimerOffset:x}, vCPU {other.Id} runs with 0x{other.TimerOffset:x}");
        }
    }

    /// <summary>The vCPU with an id. Any thread.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public SimulatedVcpu Find(ulong id, SimulatorRule rule = SimulatorRule.VcpusWithinTheVm) =>
        (id < (ulong)_vcpus.Length ? Volatile.Read(ref _vcpus[id]) : null) ?? throw Refused(HV_BAD_ARGUMENT, rule, $"there is no vCPU {id}");

    private static Refusal Refused(hv_return_t code, SimulatorRule rule, string message) => new(code, rule, message);
}
