namespace Supermachine.Engine.Software;

/// <summary>
/// The one host thread that fires timers of vCPUs that run: asleep until the earliest deadline, or until an earlier one is set.
/// </summary>
internal sealed class TimerThread : IDisposable
{
    private readonly VcpuTimers[] _timers;
    private readonly SystemCounter _counter;
    private readonly Parker _parker = new();
    private readonly Thread _thread;
    private ulong _target = VcpuTimers.Never;
    private volatile bool _isStopping;

    public TimerThread(VcpuTimers[] timers, SystemCounter counter)
    {
        _timers = timers;
        _counter = counter;
        foreach (VcpuTimers vcpu in timers) vcpu.Watcher = this;
        _thread = new Thread(Run) { IsBackground = true, Name = "timer", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>A vCPU has a deadline. Called after it can be seen by <see cref="VcpuTimers.Poll"/>; costs a system call only if it is the earliest.</summary>
    public void Watch(ulong deadline)
    {
        Interlocked.MemoryBarrier(); // the deadline is visible before the target is read: see Run
        if (deadline < Volatile.Read(ref _target)) _parker.Unpark();
    }

    public void Dispose()
    {
        _isStopping = true;
        _parker.Unpark();
        _thread.Join();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            // While the deadlines are being read any new one unparks: whichever of the two threads comes second sees the other.
            Volatile.Write(ref _target, VcpuTimers.Never);
            Interlocked.MemoryBarrier();
            ulong next = VcpuTimers.Never;
            foreach (VcpuTimers vcpu in _timers) next = Math.Min(next, vcpu.Poll());
            Volatile.Write(ref _target, next);
            _parker.Park(next == VcpuTimers.Never ? Parker.Forever : _counter.NanosecondsUntil(next));
        }
    }
}
