namespace Supermachine.Toml;

/// <summary>toml = expression *( newline expression ), and how reading goes on after an expression that is wrong.</summary>
internal sealed class TomlParser
{
    private readonly TomlCursor _cursor;
    private readonly TomlKeyReader _keys;
    private readonly TomlTableBuilder _tables;
    private readonly TomlValueReader _values;
    private TomlTable _current;
    private int _depth;

    public TomlParser(SourceText source)
    {
        _cursor = new TomlCursor(source);
        var strings = new TomlStringReader(_cursor);
        _keys = new TomlKeyReader(_cursor, strings);
        _tables = new TomlTableBuilder(_cursor);
        _values = new TomlValueReader(_cursor, _keys, strings, _tables);
        _current = _tables.Root;
    }

    /// <summary>Reads the whole document.</summary>
    public TomlTable Parse(ITomlMetadataStore? store)
    {
        while (!_cursor.AtEnd)
        {
            if (!TryReadExpression()) Recover();
        }
        if (store is not null) _tables.Publish(store);
        return _tables.Root;
    }

    /// <summary>What was found, in the order of the text.</summary>
    public DiagnosticsBag Diagnostics() => _cursor.Errors.Count == 0 ? [] : Sorted();

    private DiagnosticsBag Sorted()
    {
        var bag = new DiagnosticsBag();
        foreach (DiagnosticMessage message in _cursor.Errors.OrderBy(error => error.Span.Offset)) bag.Add(message);
        return bag;
    }

    private bool TryReadExpression()
    {
        _cursor.SkipBlanks();
        string what = _cursor.Current == '[' ? "header" : "value";
        bool empty = _cursor.AtEnd || _cursor.AtNewline || _cursor.Current == '#';
        if (!empty && !(what == "header" ? TryReadHeader() : _values.TryReadKeyValue(_current, _depth))) return false;
        _cursor.SkipBlanks();
        _cursor.SkipComment();
        return _cursor.AtEnd || _cursor.TryTakeNewline() || _cursor.FailExpected($"the end of the line after the {what}");
    }

    // table = std-table / array-table
    private bool TryReadHeader()
    {
        bool read = TryReadHeader(out TomlTable? table);
        _current = table ?? _tables.Detached();
        return read;
    }

    private bool TryReadHeader(out TomlTable? table)
    {
        table = null;
        int start = _cursor.Position++;
        bool isArray = _cursor.TryTake('[');
        if (!_keys.TryRead(out List<KeyPart> parts)) return false;
        bool closed = _cursor.TryTake(']') && (!isArray || _cursor.TryTake(']'));
        if (!closed) return _cursor.FailExpected(isArray ? "']]' after the key" : "']' after the key");
        table = isArray ? _tables.AppendTable(parts, start, _cursor.Position) : _tables.OpenTable(parts, start, _cursor.Position);
        _depth = parts.Count;
        return true;
    }

    // Goes on with the next line; inside brackets with the line after the one that closes them, since the lines between are no
    // expressions. Strings and comments are stepped over, so that brackets in them do not count.
    private void Recover()
    {
        int open = _values.OpenBrackets;
        _values.OpenBrackets = 0;
        while (open > 0 && !_cursor.AtEnd)
        {
            char c = _cursor.Current;
            if (c is '"' or '\'') SkipString();
            else if (c == '#') SkipLine();
            else _cursor.Position++;
            if (c is '[' or '{') open++;
            if (c is ']' or '}') open--;
        }
        SkipLine();
    }

    private void SkipLine()
    {
        while (!_cursor.AtEnd && !_cursor.TryTakeNewline()) _cursor.Position++;
    }

    // What is skipped may be wrong itself: a string that is not closed ends with its line, or with the document.
    private void SkipString()
    {
        char quote = _cursor.Current;
        bool several = _cursor.Peek(1) == quote && _cursor.Peek(2) == quote;
        int closing = several ? 3 : 1;
        _cursor.Position += closing;
        int run = 0;
        while (run < closing && !_cursor.AtEnd && (several || !_cursor.AtNewline))
        {
            run = _cursor.Current == quote ? run + 1 : 0;
            _cursor.Position += quote == '"' && _cursor.Current == '\\' && _cursor.Peek(1) is '"' or '\\' ? 2 : 1;
        }
    }
}
