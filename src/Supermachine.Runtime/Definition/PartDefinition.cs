namespace Supermachine.Runtime;

/// <summary>A part of the machine that a plugin provides: its name, its kind, and a table of options that only its plugin understands.</summary>
public sealed record PartDefinition
{
    internal PartDefinition(PartKind sort, string id, string kind, SourceTable table) => (Sort, Id, Kind, Table) = (sort, id, kind, table);

    /// <summary>What sort of part it is.</summary>
    public PartKind Sort { get; }

    /// <summary>The part's name everywhere: in messages, in logs, in the snapshot.</summary>
    public string Id { get; }

    /// <summary>The kind, as plugins announce it.</summary>
    public string Kind { get; }

    /// <summary>The keys that the runtime reads from an endpoint; null for other parts.</summary>
    public EndpointSection? Endpoint { get; internal init; }

    /// <summary>Where the part begins.</summary>
    public SourcePlace Place => Table.Place;

    /// <summary>The part as messages name it.</summary>
    public string Label => Sort is PartKind.EgressPolicy ? "[egress]" : $"{Word(Sort)} \"{Id}\"";

    internal SourceTable Table { get; }

    internal SourcePlace PlaceOf(string key) => Table[key]?.Place ?? Place;

    /// <summary>The sort as messages name it.</summary>
    internal static string Word(PartKind sort) => sort switch
    {
        PartKind.Device => "device",
        PartKind.Endpoint => "endpoint",
        PartKind.Middleware => "middleware",
        _ => "egress policy",
    };
}
