namespace Supermachine.Runtime;

/// <summary>Gives the tree of a definition its meaning. What cannot be understood is reported and left at its default.</summary>
internal sealed class MachineDefinitionBuilder(SourceTable root, OptionsBinder binder, DiagnosticBag diagnostics)
{
    /// <summary>The tables of a machine file.</summary>
    public static readonly IReadOnlyList<string> Tables = ["machine", "plugins", "boot", "console", "device", "egress", "endpoint", "snapshot", "restore", "pool"];

    /// <summary>Keys of every part that belong to the runtime.</summary>
    public static readonly string[] PartKeys = ["id", "kind"];

    /// <summary>Keys of an endpoint that belong to the runtime.</summary>
    public static string[] EndpointKeys => [.. PartKeys, .. OptionsSchema.KeysOf(typeof(EndpointSection)).Keys];

    /// <summary>Names of the regions and parts that every machine has.</summary>
    private static readonly string[] BoardNames = ["ram", "gicd", "gicr", "uart0", "rtc0"];

    private readonly Dictionary<string, SourcePlace> ids = new(StringComparer.Ordinal);

    public static MachineDefinition Empty(string file, SourceTable source, DiagnosticBag diagnostics) => new(source)
    {
        File = file,
        Console = new ConsoleDefinition(null, new SourceTable(source.Place)),
        Diagnostics = diagnostics.Sorted(),
    };

    public MachineDefinition Build(string? file)
    {
        foreach ((string key, SourceEntry entry) in root.Entries)
        {
            if (Tables.Contains(key)) continue;
            diagnostics.Error(DiagnosticCodes.UnknownKey, entry.Place, $"unknown table \"{key}\"{NearestWord.Hint(key, Tables, "tables")}");
        }

        MachineDefinition definition = new(root)
        {
            File = file,
            Machine = Section<MachineSection>("machine") ?? Default<MachineSection>("machine"),
            Plugins = Section<PluginsSection>("plugins") ?? new(),
            Boot = Section<BootSection>("boot") ?? Default<BootSection>("boot"),
            Console = ReadConsole(),
            Devices = Parts("device", PartKind.Device),
            Egress = Table("egress") is { } egress ? Part(egress, PartKind.EgressPolicy, "[egress]") : null,
            Endpoints = Parts("endpoint", PartKind.Endpoint),
            Snapshot = Section<SnapshotSection>("snapshot"),
            Restore = Section<RestoreSection>("restore"),
            Pool = Section<PoolSection>("pool"),
        };
        RefuseWhatIsNotThere(definition);
        return definition with { Diagnostics = diagnostics.Sorted() };
    }

    private void RefuseWhatIsNotThere(MachineDefinition definition)
    {
        if (definition.Snapshot is not null) Refuse("snapshot", "capture snapshots");
        if (definition.Restore is not null) Refuse("restore", "restore snapshots");
        if (definition.Pool is not null) Refuse("pool", "keep a pool");
    }

    private void Refuse(string table, string what) =>
        diagnostics.Error(DiagnosticCodes.NotInThisVersion, root[table]!.Value.Place, $"[{table}]: this version of the runtime cannot {what}; leave the table out");

    private T? Section<T>(string name)
        where T : class => Table(name) is { } table ? (T)binder.Bind(typeof(T), table, $"[{name}]") : null;

    /// <summary>Binds an empty table, so that required keys are missed.</summary>
    private T Default<T>(string name)
        where T : class => root[name] is null ? (T)binder.Bind(typeof(T), new SourceTable(root.Place), $"[{name}]") : Activator.CreateInstance<T>();

    private SourceTable? Table(string name)
    {
        if (root[name] is not { } entry) return null;
        if (entry.Value.Content is SourceTable table) return table;
        diagnostics.Error(DiagnosticCodes.WrongType, entry.Place, $"[{name}] must be one table, was {entry.Value}");
        return null;
    }

    private ConsoleDefinition ReadConsole()
    {
        if (Table("console") is not { } table) return new ConsoleDefinition(null, new SourceTable(root.Place));
        return new ConsoleDefinition(Word(table, "kind", "[console]"), table);
    }

    private List<PartDefinition> Parts(string name, PartKind sort)
    {
        if (root[name] is not { } entry) return [];
        List<PartDefinition> parts = [];
        if (entry.Value.Content is not List<SourceValue> items)
        {
            diagnostics.Error(DiagnosticCodes.WrongType, entry.Place, $"\"{name}\" is written [[{name}]], a table for each of them; was {entry.Value}");
            return parts;
        }

        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Content is not SourceTable table) diagnostics.Error(DiagnosticCodes.WrongType, items[i].Place, $"{name} number {i + 1} must be a table, was {items[i]}");
            else if (Part(table, sort, $"{name} number {i + 1}") is { } part) parts.Add(part);
        }

        return parts;
    }

    private PartDefinition? Part(SourceTable table, PartKind sort, string fallback)
    {
        string? id = sort is PartKind.EgressPolicy ? "egress" : Word(table, "id", fallback);
        string label = id is null || sort is PartKind.EgressPolicy ? fallback : $"{PartDefinition.Word(sort)} \"{id}\"";
        string? kind = Word(table, "kind", label);
        if (id is not null) CheckId(id, table, sort, label);
        EndpointSection? endpoint = sort is PartKind.Endpoint ? ReadEndpoint(table, label) : null;
        return id is null || kind is null ? null : new PartDefinition(sort, id, kind, table) { Endpoint = endpoint };
    }

    private EndpointSection ReadEndpoint(SourceTable table, string label)
    {
        string[] others = [.. table.Entries.Select(e => e.Key).Except(OptionsSchema.KeysOf(typeof(EndpointSection)).Keys)];
        return (EndpointSection)binder.Bind(typeof(EndpointSection), table, label, others);
    }

    /// <summary>A required key that is a word.</summary>
    private string? Word(SourceTable table, string key, string label)
    {
        if (table[key] is not { } entry)
        {
            string hint = key == "kind" && table.Place.SetKey is not null ? "; an override of an id that the file does not have makes a new part" : "";
            diagnostics.Error(DiagnosticCodes.MissingKey, table.Place, $"{label}: key \"{key}\" is missing{hint}");
            return null;
        }

        object? value = ValueReader.Read(entry.Value, typeof(string), out ValueProblem? problem);
        if (problem is { } wrong) diagnostics.Error(wrong.Code, entry.Place, $"{label}: {key} {wrong.Text}");
        return (string?)value;
    }

    private static bool IsId(string text) => text.Length is >= 1 and <= 64 && NameCharacters.Only(text, "-_");

    private void CheckId(string id, SourceTable table, PartKind sort, string label)
    {
        SourcePlace place = table["id"]?.Place ?? table.Place;
        if (sort is PartKind.EgressPolicy) return;
        if (!IsId(id))
            diagnostics.Error(DiagnosticCodes.Refused, place, $"{label}: id must be 1 to 64 letters, digits, \"-\" and \"_\", was \"{id}\"");
        if (BoardNames.Contains(id)) diagnostics.Error(DiagnosticCodes.DuplicateId, place, $"{label}: the id \"{id}\" is taken by a part that every machine has");
        if (ids.TryAdd(id, place)) return;
        diagnostics.Error(DiagnosticCodes.DuplicateId, place, $"{label}: the id \"{id}\" is taken by another part at {ids[id]}");
    }
}
