using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>All vCPUs of a machine: starts and pauses them together, and remembers the first thing that ended the run.</summary>
internal sealed class VcpuSet : IVcpuEvents, IDisposable
{
    private readonly object _gate = new();
    private readonly VcpuThread[] _threads;
    private readonly ILogger _logger;
    private MachineOutcome? _end;

    public VcpuSet(VcpuFactory factory, VcpuPower power, Func<IVcpuEvents, ExitDispatcher> dispatcher, ILogger logger)
    {
        _logger = logger;
        Power = power;
        ExitDispatcher shared = dispatcher(this);
        _threads = new VcpuThread[power.Count];
        for (int i = 0; i < _threads.Length; i++) _threads[i] = new VcpuThread(i, factory, power, shared, this);
        power.Started = index => _threads[index].Wake();
    }

    public VcpuPower Power { get; }

    public IReadOnlyList<VcpuThread> Threads => _threads;

    /// <summary>Creates every vCPU on its own thread, in order: an engine's topology is final once one runs.</summary>
    public void Create()
    {
        foreach (VcpuThread thread in _threads) thread.Create();
    }

    /// <summary>Runs until something ends the run, and pauses every vCPU.</summary>
    /// <param name="launched">Called when all threads have been let go.</param>
    public MachineOutcome Run(Action launched)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                foreach (VcpuThread thread in _threads) thread.Resume();
            }
        }

        launched();
        MachineOutcome end;
        lock (_gate)
        {
            while (_end is null) Monitor.Wait(_gate);
            end = _end;
        }

        foreach (VcpuThread thread in _threads) thread.WaitUntilPaused();
        lock (_gate) _end = null;
        return end;
    }

    /// <summary>Ends the run, or the next one when none is under way.</summary>
    public void Stop() => End(MachineOutcome.Stopped);

    public void PowerOff() => End(MachineOutcome.PoweredOff);

    public void Reset() => End(MachineOutcome.Reset);

    public void Fault(int vcpu, string message, Exception? cause)
    {
        _logger.LogError(cause, "vCPU {Vcpu}: {Message}", vcpu, message);
        End(MachineOutcome.GuestFault($"vCPU {vcpu}: {message}", cause));
    }

    public void Dispose()
    {
        foreach (VcpuThread thread in _threads) thread.Finish();
    }

    private void End(MachineOutcome outcome)
    {
        lock (_gate)
        {
            if (_end is not null) return;
            _end = outcome;
            foreach (VcpuThread thread in _threads) thread.RequestPause();
            Monitor.PulseAll(_gate);
        }
    }
}
