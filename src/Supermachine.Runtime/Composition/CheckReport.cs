namespace Supermachine.Runtime;

/// <summary>What a check found.</summary>
/// <param name="Diagnostics">Everything there is to say, in the order of the file.</param>
/// <param name="NotCapturable">The parts that make a capture of the machine impossible, a sentence for each that names the part and the reason.</param>
public sealed record CheckReport(IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> NotCapturable)
{
    /// <summary>Whether the machine would start.</summary>
    public bool Succeeded => Diagnostics.All(d => d.Severity is not DiagnosticSeverity.Error);
}
