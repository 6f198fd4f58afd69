using System.Globalization;
using Supermachine.Cli.Terminal;
using Supermachine.Runtime;

namespace Supermachine.Cli;

/// <summary>Prints the <c>[timing]</c> lines of a start, all counted from the first instruction of the program.</summary>
internal sealed class StartTimings(TimeProvider time, long first, bool enabled) : IStartupTimeline
{
    /// <summary>The presence of this variable, with any value, asks for the lines.</summary>
    public const string Variable = "SUPERMACHINE_TIMINGS";

    private readonly long start = first;
    private long last = first;

    public void Mark(StartupStep step)
    {
        switch (step)
        {
            case StartupStep.Built:
                // One name for boots and restores, as readers of these lines know it.
                Line("restore.build_vmm");
                break;
            case StartupStep.Loaded:
                Line("boot.images_loaded");
                break;
            case StartupStep.PartsStarted:
                Line("boot.endpoints_ready");
                break;
            case StartupStep.VcpusLaunched:
                Line("boot.vcpu_launched");
                break;
        }
    }

    /// <summary>Prints what a step took and where in the start it ended.</summary>
    public void Line(string step)
    {
        if (enabled) Print(step);
    }

    private void Print(string step)
    {
        long now = time.GetTimestamp();
        long taken = (long)time.GetElapsedTime(last, now).TotalMicroseconds;
        long total = (long)time.GetElapsedTime(start, now).TotalMicroseconds;
        last = now;
        StandardError.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[timing] {step}={taken}us total={total}us"));
    }
}
