namespace Supermachine;

/// <summary>An ability of an <see cref="IEngine"/>: it counts what it does, for people who want to know where time goes. Any thread may ask.</summary>
public interface IEngineStatistics
{
    /// <summary>
    /// What the partitions disposed of so far have done, in the order in which it is best read; empty where the engine was not told to
    /// count. Names and groups are the engine's own and change from version to version.
    /// </summary>
    IReadOnlyList<EngineCounter> Counters { get; }
}

/// <summary>One number of an engine.</summary>
/// <param name="Group">What it belongs with; counters of one group follow one another.</param>
/// <param name="Name">What was counted, with its unit where that is not a number of times.</param>
/// <param name="Value">How much.</param>
public readonly record struct EngineCounter(string Group, string Name, long Value);
