using System.CommandLine;
using Supermachine.Cli.Assets;
using Supermachine.Cli.Commands;

namespace Supermachine.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error came from", Recursive = true };
        ParseResult result = Create(verbose).Parse(arguments);
        if (result.Errors.Count != 0)
        {
            result.Invoke();
            return ExitStatus.Definition;
        }
        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Failure;
        }
        catch (Exception exception) when (!result.GetValue(verbose))
        {
            Console.Error.WriteLine($"supermachine: {exception.Message}");
            return ExitStatus.Failure;
        }
    }

    public static RootCommand Create(Option<bool> verbose)
    {
        var root = new RootCommand("Runs virtual machines declared in TOML");
        root.Options.Add(verbose);
        root.Subcommands.Add(AssetsCommand.Create());
        return root;
    }
}
