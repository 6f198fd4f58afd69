namespace Supermachine.Runtime;

/// <summary>A machine definition that cannot become a machine. The message has one line per diagnostic.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>Wraps what was found.</summary>
    public DefinitionException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>Everything that was found, warnings included, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Whether the definition itself is right and an asset that it names could not be fetched or built.</summary>
    public bool IsAssetFailure => Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error).All(d => d.Code == DiagnosticCodes.AssetFailed);
}
