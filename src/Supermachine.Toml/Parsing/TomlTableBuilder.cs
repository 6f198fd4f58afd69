namespace Supermachine.Toml;

/// <summary>The tables of the document: what each header and key adds to them, what they may not, and where everything came from.</summary>
internal sealed class TomlTableBuilder
{
    private readonly TomlCursor _cursor;
    private readonly Dictionary<object, TomlPropertiesMetadata> _metadata = new(ReferenceEqualityComparer.Instance);

    public TomlTableBuilder(TomlCursor cursor)
    {
        _cursor = cursor;
        Root = NewTable(TableOrigin.Header, Span(0, 1));
    }

    public TomlTable Root { get; }

    /// <summary>A table outside the document, for the keys below a header that is wrong.</summary>
    public TomlTable Detached() => NewTable(TableOrigin.Header, Span(0, 1));

    /// <summary>std-table: the table that the header defines, or null if it may not.</summary>
    public TomlTable? OpenTable(IReadOnlyList<KeyPart> parts, int start, int end)
    {
        KeyPart last = parts[^1];
        if (EnterParents(parts, start, end) is not { } parent) return null;
        if (!parent.TryGetValue(last.Name, out object? existing))
        {
            TomlTable table = NewTable(TableOrigin.Header, Span(start, end));
            Define(parent, last, table, Span(start, end), Span(start, end));
            return table;
        }
        if (existing is not TomlTable implied || _metadata[implied].Origin != TableOrigin.Implicit)
        {
            ReportDefined(parent, last, existing);
            return null;
        }
        (_metadata[implied].Origin, _metadata[implied].Span) = (TableOrigin.Header, Span(start, end));
        SetProperty(parent, last, Span(start, end), Span(start, end));
        return implied;
    }

    /// <summary>array-table: the table that the header adds, or null if it may not.</summary>
    public TomlTable? AppendTable(IReadOnlyList<KeyPart> parts, int start, int end)
    {
        KeyPart last = parts[^1];
        if (EnterParents(parts, start, end) is not { } parent) return null;
        if (!parent.TryGetValue(last.Name, out object? existing))
        {
            existing = new TomlTableArray();
            _metadata[existing] = new TomlPropertiesMetadata { Span = Span(start, end) };
            Define(parent, last, existing, Span(start, end), Span(start, end));
        }
        if (existing is not TomlTableArray array)
        {
            ReportDefined(parent, last, existing);
            return null;
        }
        TomlTable table = NewTable(TableOrigin.Header, Span(start, end));
        array.Add(table);
        _metadata[array].AddItem(Span(start, end));
        return table;
    }

    /// <summary>keyval: sets a value; a malformed one (null) leaves only the tables around it and its place.</summary>
    public void Assign(TomlTable table, IReadOnlyList<KeyPart> parts, object? value, int valueStart, int valueEnd)
    {
        KeyPart last = parts[^1];
        SourceSpan span = Span(parts[0].Start, valueEnd);
        for (int i = 0; i < parts.Count - 1; i++)
        {
            KeyPart part = parts[i];
            if (!table.TryGetValue(part.Name, out object? existing))
            {
                existing = NewTable(TableOrigin.Dotted, span);
                Define(table, part, existing, span, span);
            }
            if (existing is not TomlTable next || _metadata[next].Origin != TableOrigin.Dotted)
            {
                ReportExtended(table, part, existing);
                return;
            }
            table = next;
        }
        if (table.TryGetValue(last.Name, out object? defined)) ReportDefined(table, last, defined);
        else if (value is not null) Define(table, last, value, span, Span(valueStart, valueEnd));
        else SetProperty(table, last, span, Span(valueStart, valueEnd));
    }

    /// <summary>An array or inline table starts.</summary>
    public void Begin(object instance, int start) =>
        _metadata[instance] = new TomlPropertiesMetadata { Span = Span(start, start + 1), Origin = TableOrigin.Inline };

    /// <summary>An array or inline table is complete.</summary>
    public void End(object instance, int start, int end) => _metadata[instance].Span = Span(start, end);

    /// <summary>Adds an item to an array, unless it was malformed.</summary>
    public void Append(TomlArray array, object? item, int start, int end)
    {
        if (item is null) return;
        array.Add(item);
        _metadata[array].AddItem(Span(start, end));
    }

    /// <summary>Hands over where everything is.</summary>
    public void Publish(ITomlMetadataStore store)
    {
        foreach ((object instance, TomlPropertiesMetadata metadata) in _metadata) store.SetProperties(instance, metadata);
    }

    private TomlTable? EnterParents(IReadOnlyList<KeyPart> parts, int start, int end)
    {
        TomlTable table = Root;
        for (int i = 0; i < parts.Count - 1; i++)
        {
            KeyPart part = parts[i];
            if (!table.TryGetValue(part.Name, out object? existing))
            {
                existing = NewTable(TableOrigin.Implicit, Span(start, end));
                Define(table, part, existing, Span(start, end), Span(start, end));
            }
            TomlTable? next = existing is TomlTableArray array ? array[^1] : existing as TomlTable;
            if (next is null || _metadata[next].Origin == TableOrigin.Inline)
            {
                ReportExtended(table, part, existing);
                return null;
            }
            table = next;
        }
        return table;
    }

    private TomlTable NewTable(TableOrigin origin, SourceSpan span)
    {
        var table = new TomlTable();
        _metadata[table] = new TomlPropertiesMetadata { Span = span, Origin = origin };
        return table;
    }

    private void Define(TomlTable table, KeyPart part, object value, SourceSpan span, SourceSpan valueSpan)
    {
        table.Add(part.Name, value);
        SetProperty(table, part, span, valueSpan);
    }

    private void SetProperty(TomlTable table, KeyPart part, SourceSpan span, SourceSpan valueSpan) =>
        _metadata[table].SetProperty(part.Name, new TomlPropertyMetadata { Span = span, KeySpan = Span(part.Start, part.End), ValueSpan = valueSpan });

    private void ReportDefined(TomlTable table, KeyPart part, object existing) =>
        _cursor.Report(part.Start, part.End, $"{MessageText.Quote(part.Name)} is already defined at {Place(table, part)}, as {Describe(existing)}");

    private void ReportExtended(TomlTable table, KeyPart part, object existing) =>
        _cursor.Report(part.Start, part.End, $"{MessageText.Quote(part.Name)} cannot be extended here: it is {Describe(existing)}, defined at {Place(table, part)}");

    private TextPosition Place(TomlTable table, KeyPart part) =>
        _metadata[table].TryGetProperty(part.Name, out TomlPropertyMetadata? property) ? property.KeySpan.Start : default;

    private string Describe(object value) => value switch
    {
        TomlTable table => _metadata[table].Origin switch
        {
            TableOrigin.Inline => "an inline table",
            TableOrigin.Dotted => "a table made by a dotted key",
            _ => "a table made by a header",
        },
        TomlTableArray => "an array of tables",
        TomlArray => "an array",
        string => "a string",
        long => "an integer",
        double => "a float",
        bool => "a boolean",
        _ => "a date or time",
    };

    private SourceSpan Span(int start, int end) => _cursor.Source.Span(start, end);
}
