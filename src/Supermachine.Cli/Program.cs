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
        return CommandLine.Run(arguments);
    }
}
