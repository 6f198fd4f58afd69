namespace Supermachine.Engine.Software;

/// <summary>
/// The vCPUs of a partition, for what one asks of all: interrupts, TLB maintenance, and the certainty that no other is still
/// inside code or translations that were taken away.
/// </summary>
internal sealed class VcpuSet(int count) : IInterruptSink
{
    private readonly SoftwareVcpu?[] _vcpus = new SoftwareVcpu?[count];
    private readonly bool[] _irq = new bool[count];
    private readonly bool[] _fiq = new bool[count];
    private readonly Lock _lock = new();

    /// <summary>How many there may be.</summary>
    public int Count => count;

    public void Add(SoftwareVcpu vcpu)
    {
        lock (_lock)
        {
            if (_vcpus[vcpu.Index] is not null) throw new InvalidOperationException($"vCPU {vcpu.Index} exists already");
            Volatile.Write(ref _vcpus[vcpu.Index], vcpu);
            if (_irq[vcpu.Index]) vcpu.Raise(Signal.Irq);
            if (_fiq[vcpu.Index]) vcpu.Raise(Signal.Fiq);
        }
    }

    public void Remove(SoftwareVcpu vcpu)
    {
        lock (_lock)
        {
            if (_vcpus[vcpu.Index] == vcpu) _vcpus[vcpu.Index] = null;
        }
    }

    public void SetIrq(int vcpu, bool asserted) => Set(_irq, vcpu, Signal.Irq, asserted);

    public void SetFiq(int vcpu, bool asserted) => Set(_fiq, vcpu, Signal.Fiq, asserted);

    /// <summary>Has every vCPU but the caller's, if any, do TLB maintenance before it runs on; see <see cref="Quiesce"/> for when it has.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Post(SoftwareVcpu? caller, TlbMaintenance maintenance)
    {
        bool any = false;
        foreach (SoftwareVcpu? vcpu in _vcpus)
        {
            if (vcpu is null || vcpu == caller) continue;
            vcpu.Post(maintenance);
            any = true;
        }

        return any;
    }

    /// <summary>
    /// Returns once every other vCPU has left the block it was in and seen what was posted, or will before it runs guest code
    /// again. Called on the caller's thread, which must come back to its dispatcher before it runs on: others may wait for it too.
    /// </summary>
    public void Quiesce(SoftwareVcpu caller)
    {
        caller.IsInGuest = false;
        foreach (SoftwareVcpu? vcpu in _vcpus)
        {
            if (vcpu is null || vcpu == caller) continue;
            long pass = vcpu.Passes;
            vcpu.Raise(Signal.Maintenance);
            SpinWait spin = default;
            while (vcpu.IsInGuest && vcpu.Passes == pass) spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Takes away every vCPU's permission to write a host page without the slow path.</summary>
    public unsafe void ProtectPage(ulong hostPage)
    {
        foreach (SoftwareVcpu? vcpu in _vcpus)
            if (vcpu is not null) Tlb.ProtectPage(vcpu.Cpu, hostPage);
    }

    private void Set(bool[] levels, int vcpu, Signal signal, bool asserted)
    {
        lock (_lock)
        {
            levels[vcpu] = asserted;
            if (asserted) _vcpus[vcpu]?.Raise(signal);
            else _vcpus[vcpu]?.Lower(signal);
        }
    }
}
