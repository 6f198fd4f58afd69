using System.CommandLine;
using Supermachine.Runtime;

namespace Supermachine.Cli.Commands;

/// <summary><c>supermachine plugins</c>: what was found, where, with versions and kinds.</summary>
internal static class PluginsCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "More folders to look in", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("plugins", "List the plugins that were found, with their versions and kinds") { paths };
        command.SetAction(result =>
        {
            PluginCatalog catalog = PluginCatalog.Scan([.. result.GetValue(paths) ?? [], PluginCatalog.InstalledFolder]);
            foreach (PluginInfo plugin in catalog.Plugins) Print(plugin);
            if (catalog.Plugins.Count == 0) Console.WriteLine($"no plugins in {PluginCatalog.InstalledFolder}");
            return ExitStatus.Success;
        });
        return command;
    }

    private static void Print(PluginInfo plugin)
    {
        Console.WriteLine($"{plugin.Name} {plugin.Version}  (contracts {plugin.ContractsVersion?.ToString(2) ?? "none"})  {plugin.Path}");
        foreach (PluginKind kind in plugin.Kinds) Console.WriteLine($"  {kind.Part switch { PartKind.EgressPolicy => "egress", var part => part.ToString().ToLowerInvariant() }} {kind.Kind}: {kind.Summary}");
        foreach (PluginProblem problem in plugin.Problems) Console.WriteLine($"  {(problem.Severity is DiagnosticSeverity.Error ? "error" : "warning")} {problem.Code}: {problem.Message}");
    }
}
