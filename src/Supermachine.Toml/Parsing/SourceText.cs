namespace Supermachine.Toml;

/// <summary>The text of a document, and where its lines start.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = new() { 0 };
    private readonly string _fileName;

    public SourceText(string text, string? fileName)
    {
        Text = text;
        _fileName = fileName ?? "";
        for (int i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1)) _lineStarts.Add(i + 1);
    }

    public string Text { get; }

    /// <summary>The span from a first character to before another one; at least one character long.</summary>
    public SourceSpan Span(int start, int end) => new(_fileName, Locate(start), Locate(Math.Max(start, end - 1)));

    public TextPosition Locate(int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return new TextPosition(offset, line, offset - _lineStarts[line]);
    }
}
