using Supermachine.Engine.Software;
using Supermachine.Runtime;

namespace Supermachine.Cli;

/// <summary>
/// Loads what a start will need on a second thread, while the first reads the command line and the machine file: most of a start goes
/// into the first use of code, not into what it does.
/// </summary>
internal static class StartAhead
{
    /// <summary>Begins; nothing waits for it.</summary>
    public static void Begin() => new Thread(Run) { IsBackground = true, Name = "start-ahead" }.Start();

    private static void Run()
    {
        try
        {
            PluginWarmUp.Run();
            WarmUp.Run();
            BoardWarmUp.Run(new SoftwareEngine());
        }
#pragma warning disable CA1031 // the start itself comes upon it, and tells
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing was promised.
        }
    }
}
