using Supermachine.Cli.Commands;

namespace Supermachine.Cli;

/// <summary>The command <c>supermachine</c>.</summary>
internal static class Program
{
    /// <summary>When the program began; all timings count from here.</summary>
    public static long Start { get; private set; }

    public static int Main(string[] arguments)
    {
        Start = TimeProvider.System.GetTimestamp();
        if (arguments is ["run", ..]) StartAhead.Begin();
        return PlainRun.TryRead(arguments) is { } run ? Failures.Catch(run.IsVerbose, () => RunCommand.Run(run)) : CommandLine.Run(arguments);
    }
}
