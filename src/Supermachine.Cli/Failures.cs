using Supermachine.Runtime;

namespace Supermachine.Cli;

/// <summary>Tells what a command failed with.</summary>
internal static class Failures
{
    /// <summary>Runs a command. Tells an error in a sentence, without the way it took through our code.</summary>
    /// <param name="verbose">Leave the error as it is.</param>
    /// <param name="command">The command.</param>
    /// <returns>What the command ends with.</returns>
    public static int Catch(bool verbose, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception exception) when (!verbose)
        {
            return Report(exception);
        }
    }

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
