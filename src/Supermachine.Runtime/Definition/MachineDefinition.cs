namespace Supermachine.Runtime;

/// <summary>
/// A machine as its file and the command line describe it: read, typed and checked as far as that goes without its plugins.
/// It may hold errors, so that a checker can report them together with what the plugins say; a composer refuses it then.
/// </summary>
public sealed record MachineDefinition
{
    internal MachineDefinition(SourceTable source) => Source = source;

    /// <summary>The machine file as the person named it; null when the command line says everything.</summary>
    public string? File { get; internal init; }

    /// <summary>The machine itself.</summary>
    public MachineSection Machine { get; internal init; } = new();

    /// <summary>Where plugins are.</summary>
    public PluginsSection Plugins { get; internal init; } = new();

    /// <summary>What is booted.</summary>
    public BootSection Boot { get; internal init; } = new();

    /// <summary>Where the guest's console goes.</summary>
    public required ConsoleDefinition Console { get; init; }

    /// <summary>The devices, in file order.</summary>
    public IReadOnlyList<PartDefinition> Devices { get; internal init; } = [];

    /// <summary>The endpoints, in file order.</summary>
    public IReadOnlyList<PartDefinition> Endpoints { get; internal init; } = [];

    /// <summary>The egress policy; null when there is none.</summary>
    public PartDefinition? Egress { get; internal init; }

    /// <summary>When the machine is captured; null for never.</summary>
    public SnapshotSection? Snapshot { get; internal init; }

    /// <summary>The snapshot the machine starts from; null for a boot.</summary>
    public RestoreSection? Restore { get; internal init; }

    /// <summary>The pool; null for a single machine.</summary>
    public PoolSection? Pool { get; internal init; }

    /// <summary>What is wrong so far, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; internal init; } = [];

    internal SourceTable Source { get; }

    /// <summary>The place of a key such as <c>machine</c>, <c>vcpus</c>; of the table or the file where the key was left out.</summary>
    internal SourcePlace PlaceOf(string table, string? key = null) =>
        (key is null ? null : Source.Table(table)?[key]?.Place) ?? Source.Table(table)?.Place ?? Source.Place;
}
