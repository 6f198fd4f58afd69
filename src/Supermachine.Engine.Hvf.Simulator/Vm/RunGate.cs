namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// Lets guest memory change while vCPUs run, which the framework allows and the software engine does not: those that run are sent
/// out for the change and go on after it, and their callers see nothing of it.
/// </summary>
internal sealed class RunGate
{
    private readonly object _lock = new();
    private int _inside;
    private int _changes;

    /// <summary>Before guest code runs; waits for a change that is under way.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            while (_changes != 0) Monitor.Wait(_lock);
            _inside++;
        }
    }

    /// <summary>After it.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            if (_changes != 0) Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Makes a change while nobody is inside. Not for a thread that is.</summary>
    /// <param name="sendOut">Asks everybody to leave.</param>
    /// <param name="change">The change.</param>
    public void Change(Action sendOut, Action change)
    {
        lock (_lock)
        {
            _changes++;
            try
            {
                sendOut();
                while (_inside != 0) Monitor.Wait(_lock);
                change();
            }
            finally
            {
                _changes--;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
