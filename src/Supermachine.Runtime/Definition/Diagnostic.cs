namespace Supermachine.Runtime;

/// <summary>One thing to say about a machine definition.</summary>
/// <param name="Code">The code of <c>docs/reference/diagnostics.md</c>: <c>SM0107</c>.</param>
/// <param name="Severity">Whether it keeps the machine from starting.</param>
/// <param name="Place">Where it was written.</param>
/// <param name="Message">What is wrong, naming the part, the key and the value.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, SourcePlace Place, string Message)
{
    /// <summary>The line a person reads: <c>machines/dev.toml(14,9): error SM0107: ...</c></summary>
    public override string ToString() => $"{Place}: {(Severity is DiagnosticSeverity.Error ? "error" : "warning")} {Code}: {Message}";
}

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The machine starts all the same.</summary>
    Warning,

    /// <summary>The machine does not start.</summary>
    Error,
}
