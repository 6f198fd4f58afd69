namespace Supermachine.Toml;

/// <summary>val, array and inline-table, and the keyval that inline tables share with the document.</summary>
internal sealed class TomlValueReader(TomlCursor cursor, TomlKeyReader keys, TomlStringReader strings, TomlTableBuilder tables)
{
    private readonly TomlScalarReader _scalars = new(cursor);

    /// <summary>Brackets that were open when reading failed. The document skips to where they close.</summary>
    public int OpenBrackets { get; set; }

    /// <summary>keyval = key keyval-sep val</summary>
    /// <param name="table">The table that gets the value.</param>
    /// <param name="depth">Tables and arrays around the table's values.</param>
    public bool TryReadKeyValue(TomlTable table, int depth)
    {
        if (!keys.TryRead(out List<KeyPart> parts)) return false;
        if (!cursor.TryTake('=')) return cursor.FailExpected("'=' after the key");
        cursor.SkipBlanks();
        depth += parts.Count - 1;
        if (depth > TomlSerializer.MaximumDepth) return FailDepth(parts[0].Start, parts[^1].End);
        int start = cursor.Position;
        bool read = TryRead(depth, out object? value);
        tables.Assign(table, parts, read ? value : null, start, cursor.Position);
        return read;
    }

    // A malformed value whose end is clear is null, and reading goes on after it.
    private bool TryRead(int depth, out object? value)
    {
        bool read;
        int errors = cursor.Errors.Count;
        switch (cursor.Current)
        {
            case '"' or '\'':
                read = strings.TryRead(out string text);
                value = cursor.Errors.Count == errors ? text : null;
                return read;
            case '[' or '{' when depth == TomlSerializer.MaximumDepth:
                value = null;
                return FailDepth(cursor.Position, cursor.Position + 1);
            case '[':
                read = TryReadArray(depth + 1, out TomlArray array);
                value = array;
                return read;
            case '{':
                read = TryReadInlineTable(depth + 1, out TomlTable table);
                value = table;
                return read;
            default:
                // Outside of brackets the rest of the line belongs to it: words without quotes, most likely.
                return _scalars.TryRead(out value) && (value is not null || OpenBrackets > 0);
        }
    }

    private bool TryReadArray(int depth, out TomlArray array)
    {
        array = [];
        int start = cursor.Position++;
        OpenBrackets++;
        tables.Begin(array, start);
        cursor.SkipTrivia();
        while (!cursor.TryTake(']'))
        {
            int itemStart = cursor.Position;
            if (cursor.AtEnd) return cursor.Fail(start, start + 1, "the array that starts here is not closed");
            if (!TryRead(depth, out object? item)) return false;
            tables.Append(array, item, itemStart, cursor.Position);
            if (!TryReadSeparator(']', start, "array")) return false;
        }
        return Close(array, start);
    }

    private bool TryReadInlineTable(int depth, out TomlTable table)
    {
        table = [];
        int start = cursor.Position++;
        OpenBrackets++;
        tables.Begin(table, start);
        cursor.SkipTrivia();
        while (!cursor.TryTake('}'))
        {
            if (cursor.AtEnd) return cursor.Fail(start, start + 1, "the inline table that starts here is not closed");
            if (!TryReadKeyValue(table, depth)) return false;
            if (!TryReadSeparator('}', start, "inline table")) return false;
        }
        return Close(table, start);
    }

    // array-sep and inline-table-sep; since TOML 1.1 one may stand before the closing bracket of both.
    private bool TryReadSeparator(char closing, int start, string what)
    {
        cursor.SkipTrivia();
        if (cursor.AtEnd) return cursor.Fail(start, start + 1, $"the {what} that starts here is not closed");
        if (cursor.Current == closing) return true;
        if (!cursor.TryTake(',')) return cursor.FailExpected($"',' or '{closing}' in the {what}");
        cursor.SkipTrivia();
        return true;
    }

    private bool Close(object instance, int start)
    {
        OpenBrackets--;
        tables.End(instance, start, cursor.Position);
        return true;
    }

    private bool FailDepth(int start, int end) =>
        cursor.Fail(start, end, $"values more than {TomlSerializer.MaximumDepth} tables and arrays deep are not read");
}
