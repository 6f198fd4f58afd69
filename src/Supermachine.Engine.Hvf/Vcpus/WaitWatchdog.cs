namespace Supermachine.Engine.Hvf;

/// <summary>
/// Sends vCPUs out that may have slept past their virtual timer, which one project reports of the framework's own wait in WFI. A vCPU that
/// a tick finds in the same run as the tick before is sent out, and looks at its timer on the way: a timer is late by two periods at most.
/// </summary>
internal sealed class WaitWatchdog : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly HvfVcpu?[] _vcpus;
    private readonly ITimer _timer;

    /// <param name="vcpus">Whom to watch; those that are not there are null.</param>
    /// <param name="time">When to look.</param>
    public WaitWatchdog(HvfVcpu?[] vcpus, TimeProvider time)
    {
        _vcpus = vcpus;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to look; there is nothing to see before a vCPU runs.</summary>
    public void Start() => _timer.Change(Period, Period);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        for (int i = 0; i < _vcpus.Length; i++) Volatile.Read(ref _vcpus[i])?.SendOutOfLongRun();
    }
}
