namespace Supermachine.Runtime;

/// <summary>A plugin as its metadata describes it, without any of its code having been loaded.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Path">The assembly's file.</param>
/// <param name="Version">The version its author gave it.</param>
/// <param name="ContractsVersion">The version of the contracts it was built against; null when it references none.</param>
/// <param name="EntryType">The full name of its <see cref="ISupermachinePlugin"/>; null when it names none.</param>
/// <param name="Kinds">The kinds it announces.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record PluginInfo(
    string Name,
    string Path,
    string Version,
    Version? ContractsVersion,
    string? EntryType,
    IReadOnlyList<PluginKind> Kinds,
    IReadOnlyList<PluginProblem> Problems)
{
    /// <summary>The metadata token of <see cref="EntryType"/>; 0 when only the loader can find it.</summary>
    internal int EntryToken { get; init; }

    /// <summary>The plugin as messages name it.</summary>
    public string Label => $"plugin \"{Name}\" ({Path})";

    /// <summary>The first problem that keeps the plugin from being used; null when there is none.</summary>
    public PluginProblem? Refusal => FirstProblem(static p => p.Severity is DiagnosticSeverity.Error);

    /// <summary>Whether the plugin announces a kind.</summary>
    public bool Provides(PartKind part, string kind)
    {
        foreach (PluginKind each in Kinds)
        {
            if (each.Part == part && each.Kind == kind) return true;
        }

        return false;
    }

    /// <summary>Whether another plugin with its name was found first.</summary>
    internal bool IsHidden => FirstProblem(static p => p.Code == DiagnosticCodes.HiddenPlugin) is not null;

    private PluginProblem? FirstProblem(Predicate<PluginProblem> isSought)
    {
        foreach (PluginProblem problem in Problems)
        {
            if (isSought(problem)) return problem;
        }

        return null;
    }
}

/// <summary>A kind that a plugin announces.</summary>
/// <param name="Part">What sort of part it is.</param>
/// <param name="Kind">The word that machine files use.</param>
/// <param name="Summary">One line about it.</param>
public sealed record PluginKind(PartKind Part, string Kind, string Summary);

/// <summary>Something wrong with a plugin.</summary>
/// <param name="Code">The code of <c>docs/reference/diagnostics.md</c>.</param>
/// <param name="Severity">Whether the plugin can be used all the same.</param>
/// <param name="Message">A sentence that goes on after the plugin's name.</param>
public sealed record PluginProblem(string Code, DiagnosticSeverity Severity, string Message);
