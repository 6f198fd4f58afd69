namespace Supermachine.Toml;

/// <summary>A place in the decoded text. All three numbers count from 0; what is shown to a person counts from 1.</summary>
/// <param name="Offset">UTF-16 code units from the start of the text (a byte order mark is not part of the text).</param>
/// <param name="Line">Lines before this place; a line ends with LF or CRLF.</param>
/// <param name="Column">UTF-16 code units from the start of the line: a character outside the BMP counts two, a tab one.</param>
public readonly record struct TextPosition(int Offset, int Line, int Column)
{
    /// <summary>The position as it is shown: <c>(line,column)</c>, both from 1.</summary>
    public override string ToString() => $"({Line + 1},{Column + 1})";
}
