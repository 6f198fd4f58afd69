namespace Supermachine.Runtime;

/// <summary>Collects what is wrong, so that a person hears all of it at once and in the order of the file.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> collected = [];

    public DiagnosticBag(IEnumerable<Diagnostic>? already = null) => collected.AddRange(already ?? []);

    public bool HasErrors => collected.Exists(d => d.Severity is DiagnosticSeverity.Error);

    public void Error(string code, SourcePlace place, string message) => Add(new(code, DiagnosticSeverity.Error, place, message));

    public void Warning(string code, SourcePlace place, string message) => Add(new(code, DiagnosticSeverity.Warning, place, message));

    public void Add(Diagnostic diagnostic)
    {
        if (!collected.Contains(diagnostic)) collected.Add(diagnostic);
    }

    /// <summary>Everything so far: the file by line and column, then the overrides in the order of the command line.</summary>
    public IReadOnlyList<Diagnostic> Sorted() => collected.Count < 2 ? collected.ToArray() : InOrder();

    private Diagnostic[] InOrder() =>
        [.. collected.OrderBy(d => d.Place.File is null).ThenBy(d => d.Place.Line).ThenBy(d => d.Place.Column).ThenBy(d => d.Place.Order).ThenBy(d => d.Code, StringComparer.Ordinal)];
}
