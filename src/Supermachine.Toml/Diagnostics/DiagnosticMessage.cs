namespace Supermachine.Toml;

/// <summary>One thing said about the document, and where.</summary>
/// <param name="Kind">Error or warning.</param>
/// <param name="Span">The text it is about.</param>
/// <param name="Message">A sentence without a full stop, with no position in it.</param>
public sealed record DiagnosticMessage(DiagnosticMessageKind Kind, SourceSpan Span, string Message)
{
    /// <summary><c>file(line,column) : error : message</c>, line and column from 1.</summary>
    public override string ToString() =>
        $"{Span.ToStringSimple()} : {(Kind == DiagnosticMessageKind.Error ? "error" : "warning")} : {Message}";
}
