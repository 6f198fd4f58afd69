using System.Globalization;
using Supermachine.Cli.Terminal;

namespace Supermachine.Cli.Commands;

/// <summary>What <c>--engine-stats</c> prints: the counters of the engines that can count.</summary>
internal sealed class EngineReport
{
    private readonly List<IEngineStatistics> engines = [];

    /// <summary>Remembers an engine, if it counts.</summary>
    public void Add(IEngine engine)
    {
        if (engine is IEngineStatistics counting) engines.Add(counting);
    }

    /// <summary>Prints the counters that are not zero, a heading before each group.</summary>
    public void Print()
    {
        string? group = null;
        foreach (EngineCounter counter in engines.SelectMany(engine => engine.Counters).Where(counter => counter.Value != 0))
        {
            if (counter.Group != group) StandardError.WriteLine($"[engine] {group = counter.Group}");
            StandardError.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counter.Value,16:N0}  {counter.Name}"));
        }
    }
}
