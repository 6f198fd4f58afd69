namespace Supermachine.Plugins.VirtioBlk;

/// <summary>The threads that do a disk's work. Made at every start of the machine and gone with its stop.</summary>
internal sealed class BlkWorkers
{
    private readonly object gate = new();
    private readonly Task[] ends;
    private int wakes;
    private volatile bool stopping;

    /// <summary>Starts the threads; each asks for its own work once and then calls it for every wake.</summary>
    /// <param name="name">The part's name, for the threads' names.</param>
    /// <param name="count">How many.</param>
    /// <param name="makeWork">Makes what one thread does: one request, and whether there was one.</param>
    public BlkWorkers(string name, int count, Func<Func<bool>> makeWork)
    {
        ends = new Task[count];
        for (int i = 0; i < count; i++)
        {
            Func<bool> work = makeWork();
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ends[i] = end.Task;
            new Thread(() => Run(work, end)) { Name = $"{name}-io{i}", IsBackground = true }.Start();
        }
    }

    /// <summary>Wakes one thread, if one sleeps. Never blocks.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (wakes == ends.Length) return;
            wakes++;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Ends the threads after the request each is at, and waits for them.</summary>
    /// <returns>False when the host still has not answered one of them after the time.</returns>
    public bool TryStop(TimeSpan limit)
    {
        stopping = true;
        lock (gate) Monitor.PulseAll(gate);
        return Task.WaitAll(ends, limit);
    }

    private void Run(Func<bool> work, TaskCompletionSource end)
    {
        while (WaitForWake())
        {
            while (!stopping && work())
            {
            }
        }

        end.SetResult();
    }

    private bool WaitForWake()
    {
        lock (gate)
        {
            while (wakes == 0 && !stopping) Monitor.Wait(gate);
            if (wakes > 0) wakes--;
            return !stopping;
        }
    }
}
