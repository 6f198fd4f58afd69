namespace Supermachine.Engine.Software;

/// <content>What other vCPUs ask for, and WFI.</content>
internal sealed unsafe partial class SoftwareVcpu
{
    private const int MaxPosted = 32;

    private readonly Lock _maintenance = new();
    private readonly TlbMaintenance[] _posted = new TlbMaintenance[MaxPosted];
    private int _postedCount;

    /// <summary>Has this vCPU do TLB maintenance before it runs on. Any thread.</summary>
    public void Post(TlbMaintenance maintenance)
    {
        lock (_maintenance)
        {
            if (_postedCount == MaxPosted) (_posted[0], _postedCount) = (new TlbMaintenance(TlbMaintenanceKind.All), 1);
            else _posted[_postedCount++] = maintenance;
        }

        Raise(Signal.Maintenance);
    }

    /// <summary>WFI: sleeps until an interrupt is pending, masked or not, or something else wants the thread.</summary>
    public void WaitForInterrupt()
    {
        _isInGuest = false;
        while ((Volatile.Read(ref Cpu->Signals) & ~(int)Signal.Step) == 0) Timers.Park(_parker);
    }

    private void ServiceMaintenance()
    {
        Lower(Signal.Maintenance);
        lock (_maintenance)
        {
            for (int i = 0; i < _postedCount; i++) _posted[i].Apply(Cpu);
            _postedCount = 0;
        }

        Volatile.Write(ref _passes, _passes + 1);
    }
}
