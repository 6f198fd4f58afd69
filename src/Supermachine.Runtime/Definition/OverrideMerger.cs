namespace Supermachine.Runtime;

/// <summary>Puts the overrides of the command line into the tree of the file, before anything is validated.</summary>
internal sealed class OverrideMerger(SourceTable root, DiagnosticBag diagnostics)
{
    private static readonly string[] PartLists = ["device", "endpoint"];

    /// <summary>Sets one key.</summary>
    public void Merge(DefinitionOverride setting, SourcePlace place)
    {
        SourceValue value = (setting.IsString ? null : TomlSource.ReadValue(setting.Text, place)) ?? new(setting.Text, place);
        if (value.Content is not string && value.Content is not SourceTable) value = value with { Raw = setting.Text };
        SourceTable? table = root;
        int depth = 0;
        if (setting.Path.Count > 1 && PartLists.Contains(setting.Path[0]))
        {
            table = Part(setting.Path[0], setting.Path[1], place);
            depth = 2;
        }

        for (; table is not null && depth < setting.Path.Count - 1; depth++) table = Descend(table, setting.Path[depth], place);
        if (table is null) return;
        if (depth == setting.Path.Count) MergeTable(table, value, setting, place);
        else Set(table, setting.Path[depth], value, setting, place);
    }

    private void Set(SourceTable table, string key, SourceValue value, DefinitionOverride setting, SourcePlace place)
    {
        if (setting.Append && table[key]?.Value is { } before) value = Join(before, value, setting, place);
        table[key] = new SourceEntry(place, value);
    }

    private SourceValue Join(SourceValue before, SourceValue added, DefinitionOverride setting, SourcePlace place)
    {
        switch (before.Content, added.Content)
        {
            case (string { Length: > 0 } text, _) when (added.Content as string ?? added.Raw) is { } more: return new($"{text} {more}", place);
            case (string, string): return added;
            case (List<SourceValue> items, List<SourceValue> more): return new(new List<SourceValue>([.. items, .. more]), place);
            case (List<SourceValue> items, _): return new(new List<SourceValue>([.. items, added]), place);
            default:
                diagnostics.Error(DiagnosticCodes.BadOverride, place, $"\"{setting.Key}\" is {before}: nothing can be added to it");
                return before;
        }
    }

    /// <summary><c>device.disk0={...}</c>: every key of the inline table.</summary>
    private void MergeTable(SourceTable table, SourceValue value, DefinitionOverride setting, SourcePlace place)
    {
        if (value.Content is SourceTable given)
        {
            foreach ((string key, SourceEntry entry) in given.Entries) table[key] = entry;
        }
        else
        {
            diagnostics.Error(DiagnosticCodes.BadOverride, place, $"\"{setting.Key}\" is a part: set one of its keys, as {setting.Key}.kind, or give it a table");
        }
    }

    private SourceTable? Descend(SourceTable table, string key, SourcePlace place)
    {
        if (table[key] is null) table[key] = new SourceEntry(place, new SourceValue(new SourceTable(place), place));
        if (table.Table(key) is { } inner) return inner;
        diagnostics.Error(DiagnosticCodes.BadOverride, place, $"\"{key}\" is {table[key]!.Value}, so it has no keys");
        return null;
    }

    /// <summary>The part with an id; a new one where the file has none of that name.</summary>
    private SourceTable? Part(string list, string id, SourcePlace place)
    {
        root[list] ??= new SourceEntry(place, new SourceValue(new List<SourceValue>(), place));
        if (root[list]!.Value.Content is not List<SourceValue> parts) return null;
        SourceTable? found = parts.Select(p => p.Content).OfType<SourceTable>().FirstOrDefault(t => t["id"]?.Value.Content is string s && s == id);
        if (found is not null) return found;
        found = new SourceTable(place);
        found["id"] = new SourceEntry(place, new SourceValue(id, place));
        parts.Add(new SourceValue(found, place));
        return found;
    }
}
