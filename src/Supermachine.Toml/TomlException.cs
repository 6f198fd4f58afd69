namespace Supermachine.Toml;

/// <summary>The document is not TOML. Carries every error that was found, not only the first.</summary>
public sealed class TomlException : Exception
{
    /// <summary>An exception for a document with errors.</summary>
    /// <param name="diagnostics">What was found, at least one message.</param>
    public TomlException(DiagnosticsBag diagnostics) : base(diagnostics?.ToString())
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        Diagnostics = diagnostics;
    }

    /// <summary>Everything that was found, in the order of the text.</summary>
    public DiagnosticsBag Diagnostics { get; }

    /// <summary>Where the first message points.</summary>
    public SourceSpan? Span => Diagnostics.Count > 0 ? Diagnostics[0].Span : null;

    /// <summary>The name of the document, as the options gave it.</summary>
    public string? SourceName => Span?.FileName;

    /// <summary>The line of the first message, from 1.</summary>
    public int? Line => Span?.Start.Line + 1;

    /// <summary>The column of the first message in UTF-16 code units, from 1.</summary>
    public int? Column => Span?.Start.Column + 1;

    /// <summary>The offset of the first message in UTF-16 code units of the decoded text, from 0.</summary>
    public int? Offset => Span?.Offset;
}
