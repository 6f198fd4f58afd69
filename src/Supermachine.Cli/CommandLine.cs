using System.CommandLine;
using System.CommandLine.Parsing;
using Supermachine.Cli.Commands;
using Supermachine.Runtime;

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
        ParseResult result = Parse(arguments);
        if (result.Errors.Count != 0)
        {
            foreach (var error in result.Errors) Console.Error.WriteLine($"supermachine: {error.Message}");
            Console.Error.WriteLine("supermachine: --help says what there is");
            return ExitStatus.Definition;
        }
        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (!IsVerbose(result))
        {
            return Report(exception);
        }
    }

    /// <summary>
    /// A run that is asked for without a mistake needs none of the other commands, nor help, whose texts are resources: loading those takes
    /// as long as everything else about a command line.
    /// </summary>
    private static ParseResult Parse(string[] arguments)
    {
        var onlyRun = new Command("supermachine") { Verbose, RunCommand.Create() };
        ParseResult result = onlyRun.Parse(arguments);
        return arguments is ["run", ..] && result.Errors.Count == 0 && !result.Tokens.Any(MayBeHelp) ? result : Create().Parse(arguments);
    }

    // Help is no option of the command that only runs, so it would be taken for a file.
    private static bool MayBeHelp(Token token) => token is { Type: TokenType.Argument, Value: ['-', ..] or "/?" or "/h" };

    /// <summary>Tells an error in a sentence, without the way it took through our code.</summary>
    private static int Report(Exception exception)
    {
        if (exception is DefinitionException definition)
        {
            foreach (Diagnostic diagnostic in definition.Diagnostics) Console.Error.WriteLine(diagnostic);
            return definition.IsAssetFailure ? ExitStatus.Failure : ExitStatus.Definition;
        }
        Console.Error.WriteLine($"supermachine: {exception.Message}");
        return exception is KernelLoadException ? ExitStatus.Definition : ExitStatus.Failure;
    }
}
