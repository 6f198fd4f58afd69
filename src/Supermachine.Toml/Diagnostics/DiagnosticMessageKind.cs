namespace Supermachine.Toml;

/// <summary>How grave a <see cref="DiagnosticMessage"/> is.</summary>
public enum DiagnosticMessageKind
{
    /// <summary>The document is not TOML.</summary>
    Error,

    /// <summary>The document is TOML; the reader itself gives none, a consumer may.</summary>
    Warning,
}
