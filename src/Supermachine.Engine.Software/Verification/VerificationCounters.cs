namespace Supermachine.Engine.Software;

/// <summary>What the verifiers of all vCPUs have compared. Any thread.</summary>
internal sealed class VerificationCounters
{
    private long _blocks, _comparisons, _abandoned;

    /// <summary>Adds one comparison.</summary>
    /// <param name="first">It was the block's first.</param>
    public void Compared(bool first)
    {
        Interlocked.Increment(ref _comparisons);
        if (first) Interlocked.Increment(ref _blocks);
    }

    /// <summary>A block turned out to touch what is not to be touched twice, or became stale meanwhile.</summary>
    public void Abandoned() => Interlocked.Increment(ref _abandoned);

    /// <summary>Everything, for a person to read.</summary>
    public IEnumerable<EngineCounter> Counters() =>
    [
        new("verification", "blocks compared", _blocks),
        new("verification", "executions compared, no difference", _comparisons),
        new("verification", "executions abandoned: a device, or code that was written or is stale", _abandoned),
    ];
}
