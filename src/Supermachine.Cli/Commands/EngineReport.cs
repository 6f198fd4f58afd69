using System.Globalization;
using Supermachine.Cli.Terminal;

namespace Supermachine.Cli.Commands;

/// <summary>What <c>--engine-stats</c> and <c>--engine-verify</c> print: the counters of the engines that can count.</summary>
/// <param name="counts">The engines count what guests do.</param>
/// <param name="verifies">They compare translated code with the interpreter.</param>
internal sealed class EngineReport(bool counts, bool verifies)
{
    private readonly List<IEngineStatistics> engines = [];

    public bool Counts => counts;

    public bool Verifies => verifies;

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
        EngineCounter[] counters = [.. engines.SelectMany(engine => engine.Counters).Concat(counts ? managed : []).Where(counter => counter.Value != 0)];
        if (verifies && counters.All(counter => counter.Group != "verification")) StandardError.WriteLine("[engine] nothing was verified: no block was translated, or none that can be compared");
        foreach (EngineCounter counter in counters)
        {
            if (counter.Group != group) StandardError.WriteLine($"[engine] {group = counter.Group}");
            StandardError.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counter.Value,16:N0}  {counter.Name}"));
        }
    }
}
