namespace Supermachine.Runtime;

/// <summary>
/// One vCPU and the thread that owns it, for the whole life of the machine: it creates the vCPU, runs it, serves requests from other
/// threads while paused, and disposes of it.
/// </summary>
internal sealed class VcpuThread
{
    // Engines promise that a request to exit is sticky. One that loses a request only costs this long.
    private static readonly TimeSpan RepeatExitRequest = TimeSpan.FromMilliseconds(10);

    // For engines that come back at WFI: nothing tells us of a pending interrupt, so this bounds its latency.
    private static readonly TimeSpan WaitForInterruptNap = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly int _index;
    private readonly VcpuFactory _factory;
    private readonly VcpuPower _power;
    private readonly ExitDispatcher _dispatcher;
    private readonly IVcpuEvents _events;
    private readonly Thread _thread;
    private readonly Queue<Action<IVcpu>> _requests = [];
    private volatile IVcpu? _vcpu;
    private VcpuState? _resetState;
    private Exception? _failure;
    private bool _hasRun;
    private volatile ThreadState _wanted = ThreadState.Paused;

    // Where the thread itself says it is: a thread that was let go and stopped before it noticed has been paused all along.
    private ThreadState? _state;

    public VcpuThread(int index, VcpuFactory factory, VcpuPower power, ExitDispatcher dispatcher, IVcpuEvents events)
    {
        (_index, _factory, _power, _dispatcher, _events) = (index, factory, power, dispatcher, events);
        _thread = new Thread(Main) { Name = $"vcpu-{index}", IsBackground = true };
    }

    private enum ThreadState
    {
        Paused, Running, Finished,
    }

    /// <summary>Starts the thread and waits until its vCPU exists.</summary>
    /// <exception cref="InvalidOperationException">The engine could not create it.</exception>
    public void Create()
    {
        _thread.Start();
        lock (_gate)
        {
            while (_state is null) Monitor.Wait(_gate);
            if (_vcpu is null) throw new InvalidOperationException($"vCPU {_index} cannot be created: {_failure?.Message}", _failure);
        }
    }

    /// <summary>Lets the vCPU run.</summary>
    public void Resume() => Want(ThreadState.Running);

    /// <summary>Asks the vCPU to pause, without waiting. Any thread, its own included.</summary>
    public void RequestPause()
    {
        Want(ThreadState.Paused);
    }

    /// <summary>Waits until the vCPU stands at an instruction boundary with its last exit completed. After <see cref="RequestPause"/>.</summary>
    public void WaitUntilPaused()
    {
        lock (_gate)
        {
            while (_state == ThreadState.Running)
            {
                if (!Monitor.Wait(_gate, RepeatExitRequest)) _vcpu?.RequestExit();
            }
        }
    }

    /// <summary>Wakes the thread when its vCPU has been turned on.</summary>
    public void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    /// <summary>Calls back on the owning thread, between runs, and waits for it. Only while paused.</summary>
    public T Invoke<T>(Func<IVcpu, T> function)
    {
        T result = default!;
        Exception? failure = null;
        bool done = false;
        lock (_gate)
        {
            _requests.Enqueue(Serve);
            Monitor.PulseAll(_gate);
            while (!done && _state != ThreadState.Finished) Monitor.Wait(_gate);
        }

        if (failure is not null) throw new InvalidOperationException($"vCPU {_index}: {failure.Message}", failure);
        return done ? result : throw new InvalidOperationException($"vCPU {_index} has finished");

#pragma warning disable CA1031 // Whatever the engine throws belongs to the caller, not to this thread.
        void Serve(IVcpu vcpu)
        {
            try
            {
                result = function(vcpu);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            lock (_gate)
            {
                done = true;
                Monitor.PulseAll(_gate);
            }
        }
#pragma warning restore CA1031
    }

    /// <summary>Replaces the vCPU's state, as a restore does. Only while paused.</summary>
    public void Apply(VcpuState state) => Invoke(vcpu =>
    {
        vcpu.Apply(state);
        _hasRun = true;
        return true;
    });

    /// <summary>Ends the thread, which disposes of the vCPU, and waits for it.</summary>
    public void Finish()
    {
        if (!_thread.IsAlive) return;
        Want(ThreadState.Finished);
        WaitUntilPaused();
        _thread.Join();
    }

    private void Want(ThreadState state)
    {
        lock (_gate)
        {
            if (_wanted == ThreadState.Finished) return;
            _wanted = state;
            if (state != ThreadState.Running) _vcpu?.RequestExit();
            Monitor.PulseAll(_gate);
        }
    }

    private void Main()
    {
        if (TryCreate())
        {
            while (Pause()) RunAndReport(_vcpu!);
            Withdraw().Dispose();
        }

        Publish(ThreadState.Finished);
    }

#pragma warning disable CA1031 // The end of the line for whatever a device or an engine throws: it ends the run, not the process.
    private bool TryCreate()
    {
        try
        {
            _vcpu = _factory.Create(_index, out _resetState);
        }
        catch (Exception failure)
        {
            _failure = failure;
        }

        return _vcpu is not null;
    }

    private void RunAndReport(IVcpu vcpu)
    {
        try
        {
            Run(vcpu);
        }
        catch (Exception failure)
        {
            _events.Fault(_index, $"{failure.Message} ({failure.GetType().Name})", failure);
        }
    }
#pragma warning restore CA1031

    /// <summary>The loop: the answer to an exit is the argument of the next entry. It ends between two instructions, with nothing to answer.</summary>
    private void Run(IVcpu vcpu)
    {
        VcpuEntry entry = VcpuEntry.Resume;
        while (true)
        {
            if (entry.Kind == VcpuEntryKind.Resume)
            {
                if (_wanted != ThreadState.Running) return;
                if (!_power.IsOn(_index) && !WaitForStart(ref vcpu)) return;
            }

            VcpuExit exit = vcpu.Run(entry);
            entry = _dispatcher.Handle(_index, vcpu, exit);
            if (exit.Kind == VcpuExitKind.WaitForInterrupt) Nap();
        }
    }

    /// <summary>Stands still and serves requests until something else is wanted.</summary>
    /// <returns>False when the thread shall end.</returns>
    private bool Pause()
    {
        Publish(ThreadState.Paused);
        while (true)
        {
            Action<IVcpu>? request;
            lock (_gate)
            {
                while (_wanted == ThreadState.Paused && _requests.Count == 0) Monitor.Wait(_gate);
                if (!_requests.TryDequeue(out request))
                {
                    _state = _wanted;
                    return _wanted == ThreadState.Running;
                }
            }

            request(_vcpu!);
        }
    }

    /// <summary>Waits until CPU_ON, then begins there with registers as after power-on.</summary>
    /// <returns>False when the thread shall not run any more.</returns>
    private bool WaitForStart(ref IVcpu vcpu)
    {
        VcpuStart start;
        lock (_gate)
        {
            while (!_power.TryTakeStart(_index, out start))
            {
                if (_wanted != ThreadState.Running) return false;
                Monitor.Wait(_gate);
            }
        }

        if (_hasRun) vcpu = _vcpu = _factory.Reset(_index, Withdraw(), _resetState);
        _hasRun = true;
        vcpu.WriteRegister(VcpuRegister.X0, start.Context);
        vcpu.WriteRegister(VcpuRegister.PC, start.EntryPoint);
        return true;
    }

    // No other thread may ask a vCPU to exit while it is disposed of.
    private IVcpu Withdraw()
    {
        lock (_gate)
        {
            IVcpu vcpu = _vcpu!;
            _vcpu = null;
            return vcpu;
        }
    }

    private void Nap()
    {
        lock (_gate)
        {
            if (_wanted == ThreadState.Running) Monitor.Wait(_gate, WaitForInterruptNap);
        }
    }

    private void Publish(ThreadState state)
    {
        lock (_gate)
        {
            _state = state;
            Monitor.PulseAll(_gate);
        }
    }
}
