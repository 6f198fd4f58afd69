namespace Supermachine.Toml;

/// <summary>A stretch of the text, from its first to its last character, both included.</summary>
/// <param name="FileName">The <see cref="TomlSerializerOptions.SourceName"/> of the text, empty if none was given.</param>
/// <param name="Start">Where the first character is.</param>
/// <param name="End">Where the last character is; at the end of the text the same as <paramref name="Start"/>.</param>
public readonly record struct SourceSpan(string FileName, TextPosition Start, TextPosition End)
{
    /// <summary>UTF-16 code units from the start of the text to the first character.</summary>
    public int Offset => Start.Offset;

    /// <summary>UTF-16 code units in the span; a span is never empty.</summary>
    public int Length => End.Offset - Start.Offset + 1;

    /// <summary>The file and where the span starts: <c>file(line,column)</c>, from 1.</summary>
    public string ToStringSimple() => $"{FileName}{Start}";

    /// <summary>The file and both ends: <c>file(line,column)-(line,column)</c>, from 1.</summary>
    public override string ToString() => $"{FileName}{Start}-{End}";
}
