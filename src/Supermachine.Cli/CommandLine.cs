using System.CommandLine;
using Supermachine.Cli.Commands;

namespace Supermachine.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log more, and show where an error came from", Recursive = true };

    public static bool IsVerbose(ParseResult result) => result.GetValue(Verbose);

    public static RootCommand Create()
    {
        var root = new RootCommand("Runs virtual machines declared in TOML");
        root.Options.Add(Verbose);
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(DescribeCommand.Create());
        root.Subcommands.Add(PluginsCommand.Create());
        root.Subcommands.Add(ProofOfLifeCommand.Create());
        root.Subcommands.Add(AssetsCommand.Create());
        return root;
    }

    public static int Run(string[] arguments)
    {
        ParseResult result = Create().Parse(arguments);
        if (result.Errors.Count != 0)
        {
            foreach (var error in result.Errors) Console.Error.WriteLine($"supermachine: {error.Message}");
            Console.Error.WriteLine("supermachine: --help says what there is");
            return ExitStatus.Definition;
        }

        return Failures.Catch(IsVerbose(result), () => result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
    }
}
