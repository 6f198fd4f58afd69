namespace Supermachine.Engine.Software;

/// <content>What other vCPUs ask for, and WFI.</content>
internal sealed unsafe partial class SoftwareVcpu
{
    private const int MaxPages = 32;

    private readonly Lock _maintenance = new();
    private readonly ulong[] _pages = new ulong[MaxPages];
    private int _pageCount;
    private bool _flushAll;

    /// <summary>Has this vCPU forget all translations before it runs on. Any thread.</summary>
    public void PostFlush()
    {
        lock (_maintenance) _flushAll = true;
        Raise(Signal.Maintenance);
    }

    /// <summary>Has this vCPU forget the translation of an address before it runs on. Any thread.</summary>
    public void PostFlushPage(ulong va)
    {
        lock (_maintenance)
        {
            if (_pageCount == MaxPages) _flushAll = true;
            else _pages[_pageCount++] = va;
        }

        Raise(Signal.Maintenance);
    }

    /// <summary>WFI: sleeps until an interrupt is pending, masked or not, or something else wants the thread.</summary>
    public void WaitForInterrupt()
    {
        _isInGuest = false;
        while (Volatile.Read(ref Cpu->Signals) == 0) Timers.Park(_parker);
    }

    private void ServiceMaintenance()
    {
        Lower(Signal.Maintenance);
        lock (_maintenance)
        {
            if (_flushAll) Tlb.Flush(Cpu);
            else
            {
                for (int i = 0; i < _pageCount; i++) Tlb.FlushPage(Cpu, _pages[i]);
            }

            (_flushAll, _pageCount) = (false, 0);
        }

        Tlb.FlushJumps(Cpu);
        Volatile.Write(ref _passes, _passes + 1);
    }
}
