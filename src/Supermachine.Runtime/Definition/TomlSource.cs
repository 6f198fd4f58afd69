using Supermachine.Toml;

namespace Supermachine.Runtime;

/// <summary>Turns TOML into the tree that overrides are merged into: the one place that knows the TOML reader.</summary>
internal sealed class TomlSource
{
    private readonly TomlMetadataStore spans = new();
    private readonly Func<SourceSpan?, SourcePlace> placeOf;

    private TomlSource(Func<SourceSpan?, SourcePlace> placeOf) => this.placeOf = placeOf;

    /// <summary>Reads a file's text. A file that is not TOML gives an empty tree and one diagnostic per error.</summary>
    public static SourceTable Read(string text, string file, string folder, DiagnosticBag diagnostics)
    {
        TomlSource source = new(span => span is { } s ? SourcePlace.InFile(file, s.Start.Line + 1, s.Start.Column + 1, folder) : SourcePlace.InFile(file, 1, 1, folder));
        try
        {
            return source.Table(source.Parse(text, file), source.placeOf(null));
        }
        catch (TomlException e)
        {
            foreach (DiagnosticMessage message in e.Diagnostics) diagnostics.Error(DiagnosticCodes.Syntax, source.placeOf(message.Span), message.Message);
            return new SourceTable(source.placeOf(null));
        }
    }

    /// <summary>Reads the value of an override; null when it is not TOML, so that it stands for itself.</summary>
    public static SourceValue? ReadValue(string text, SourcePlace place)
    {
        if (text.AsSpan().IndexOfAny('\n', '\r') >= 0) return null;
        TomlSource source = new(_ => place);
        try
        {
            return source.Value(source.Parse($"value = {text}", "")["value"], place);
        }
        catch (TomlException)
        {
            return null;
        }
    }

    private TomlTable Parse(string text, string file) =>
        TomlSerializer.Deserialize<TomlTable>(text, new TomlSerializerOptions { SourceName = file, MetadataStore = spans })!;

    private SourceTable Table(TomlTable table, SourcePlace place)
    {
        SourceTable copy = new(place);
        foreach ((string key, object value) in table)
            copy[key] = new SourceEntry(placeOf(spans.GetKeySpan(table, key)), Value(value, placeOf(spans.GetValueSpan(table, key))));
        return copy;
    }

    private SourceValue Value(object value, SourcePlace place) => value switch
    {
        TomlTable table => new(Table(table, place), place),
        TomlTableArray tables => new(Items(tables, tables), place),
        TomlArray items => new(Items(items, items!), place),
        _ => new(value, place),
    };

    private List<SourceValue> Items(object list, IEnumerable<object> values)
    {
        List<SourceValue> items = [];
        foreach (object value in values) items.Add(Value(value, placeOf(spans.GetItemSpan(list, items.Count))));
        return items;
    }
}
