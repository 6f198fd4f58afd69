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

    /// <summary>Prints the counters that are not zero, a heading before each group; what the process allocated comes last.</summary>
    public void Print()
    {
        const string Managed = "managed memory, since the process began";
        string? group = null;
        IEnumerable<EngineCounter> managed =
        [
            new(Managed, "bytes allocated", GC.GetTotalAllocatedBytes()),
            new(Managed, "collections", GC.CollectionCount(0)),
        ];
        foreach (EngineCounter counter in engines.SelectMany(engine => engine.Counters).Concat(managed).Where(counter => counter.Value != 0))
        {
            if (counter.Group != group) StandardError.WriteLine($"[engine] {group = counter.Group}");
            StandardError.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counter.Value,16:N0}  {counter.Name}"));
        }
    }
}
