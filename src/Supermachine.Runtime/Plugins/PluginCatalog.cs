using System.Reflection;

namespace Supermachine.Runtime;

/// <summary>The plugins that were found, read from metadata: none of their code has been loaded.</summary>
public sealed class PluginCatalog
{
    private const string Contracts = "Supermachine.Abstractions";

    private readonly List<PluginInfo> plugins;

    private PluginCatalog(List<PluginInfo> plugins) => this.plugins = plugins;

    /// <summary>The folder of the plugins that are installed with the program.</summary>
    public static string InstalledFolder => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Every plugin that was found, usable or not, in the order it was found.</summary>
    public IReadOnlyList<PluginInfo> Plugins => plugins;

    /// <summary>Looks for plugins.</summary>
    /// <param name="folders">
    /// Each a plugin's assembly, a plugin's own folder, or a folder of such folders; one that is missing holds no plugins. Of two
    /// plugins with the same name the first wins.
    /// </param>
    public static PluginCatalog Scan(params IReadOnlyList<string> folders)
    {
        List<PluginInfo> plugins = [];
        HashSet<string> seen = [];
        foreach (string folder in folders)
        {
            foreach (string path in PluginFolders(folder))
            {
                if (seen.Add(path)) AddFolder(path, plugins);
            }
        }

        return new PluginCatalog(plugins.ConvertAll(p => WithRivals(p, plugins)));
    }

    /// <summary>The plugins that announce a kind, those that cannot be used included.</summary>
    public IReadOnlyList<PluginInfo> Providers(PartKind part, string kind) =>
        plugins.FindAll(p => p.Provides(part, kind) && !p.IsHidden);

    /// <summary>Every kind of a sort that somebody announces.</summary>
    public IReadOnlyCollection<string> Kinds(PartKind part) => [.. Plugins.SelectMany(p => p.Kinds).Where(k => k.Part == part).Select(k => k.Kind).Distinct()];

    private static void AddFolder(string path, List<PluginInfo> plugins)
    {
        foreach (PluginInfo plugin in ReadFolder(path))
        {
            PluginInfo? first = plugins.Find(p => p.Name == plugin.Name);
            plugins.Add(first is null ? plugin : Hide(plugin, first));
        }
    }

    private static string[] PluginFolders(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) return [];
        return Directory.GetFiles(path, "*.dll").Length != 0 ? [path] : InOrder(Directory.GetDirectories(path));
    }

    private static string[] InOrder(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    private static List<PluginInfo> ReadFolder(string path)
    {
        List<PluginMetadata> assemblies = [];
        foreach (string file in File.Exists(path) ? [path] : InOrder(Directory.GetFiles(path, "*.dll")))
        {
            if (PluginMetadata.TryRead(file) is { } assembly) assemblies.Add(assembly);
        }

        if (assemblies.Exists(a => a.IsPlugin)) return assemblies.FindAll(a => a.IsPlugin).ConvertAll(Describe);

        // Nothing in the folder says that it is a plugin: blame the assembly that the folder is named after, or was built around.
        PluginMetadata? main = assemblies.Find(a => a.Name == Path.GetFileName(path))
            ?? assemblies.Find(a => File.Exists(Path.ChangeExtension(a.Path, ".deps.json")))
            ?? (assemblies.Count == 0 ? null : assemblies[0]);
        return main is null ? [] : [Describe(main)];
    }

    private static PluginInfo Describe(PluginMetadata metadata)
    {
        Version? contracts = null;
        foreach (AssemblyName reference in metadata.References)
        {
            if (reference.Name == Contracts) contracts ??= reference.Version;
        }

        return new PluginInfo(metadata.Name, metadata.Path, metadata.Version, contracts, metadata.EntryType, metadata.Kinds, Problems(metadata, contracts)) { EntryToken = metadata.EntryToken };
    }

    private static List<PluginProblem> Problems(PluginMetadata metadata, Version? contracts)
    {
        List<PluginProblem> problems = [];
        Version own = typeof(ISupermachinePlugin).Assembly.GetName().Version!;
        if (!metadata.IsPlugin)
            problems.Add(Error(DiagnosticCodes.NotAPlugin, "is not a plugin: the assembly has no [assembly: SupermachinePlugin(typeof(...))] attribute"));
        else if (contracts is not null && (contracts.Major != own.Major || contracts > own))
            problems.Add(Error(DiagnosticCodes.OtherContracts, $"was built against version {contracts.ToString(2)} of the contracts; this runtime has version {own.ToString(2)}"));
        if (File.Exists(Path.Combine(Path.GetDirectoryName(metadata.Path)!, $"{Contracts}.dll")))
            problems.Add(new(DiagnosticCodes.LeakedContracts, DiagnosticSeverity.Warning, $"carries its own {Contracts}.dll, which is not used; reference the contracts with Private=\"false\" and ExcludeAssets=\"runtime\""));
        return problems;
    }

    private static PluginInfo Hide(PluginInfo plugin, PluginInfo first) =>
        plugin with { Problems = [.. plugin.Problems, new(DiagnosticCodes.HiddenPlugin, DiagnosticSeverity.Warning, $"is hidden by {first.Path}")] };

    private static PluginInfo WithRivals(PluginInfo plugin, List<PluginInfo> all)
    {
        List<PluginProblem> rivals = [];
        foreach (PluginKind kind in plugin.Kinds)
        {
            if (all.Find(p => p.Name != plugin.Name && p.Provides(kind.Part, kind.Kind)) is { } rival)
                rivals.Add(new(DiagnosticCodes.AmbiguousKind, DiagnosticSeverity.Warning, $"provides the {PartDefinition.Word(kind.Part)} kind \"{kind.Kind}\", and so does {rival.Label}"));
        }

        return rivals.Count == 0 ? plugin : plugin with { Problems = [.. plugin.Problems, .. rivals] };
    }

    private static PluginProblem Error(string code, string message) => new(code, DiagnosticSeverity.Error, message);
}
