using System.Globalization;

namespace Supermachine.Cli.Tests.Commands;

/// <summary>What a Mac runs for <c>proof-of-life --full</c>, on the simulated framework: every step passes, and no rule is broken.</summary>
public sealed class SimulatedSelfTestTests
{
    private static readonly string[] Steps =
        ["program", "system", "engine", "gic", "timers", "gic state, cold", "vectors", "state", "hvc", "mmio", "counter", "sleep", "gic state, warm", "snapshot", "exits", "result"];

    /// <summary>Modes; the last ones differ from run to run.</summary>
    public static TheoryData<string> Modes =>
        ["", "macos-15,lax-unmap", "macos-27", "strict,seed=1", string.Create(CultureInfo.InvariantCulture, $"random={new Random().Next(10_000)}")];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task EveryStepPasses(string modes)
    {
        CommandResult result = await CommandProcess.RunAsync("proof-of-life", "--full", "--engine", $"hvf-simulator:{modes}");

        Assert.True(result.Status == 0, $"status {result.Status}\n{result.Output}\n{result.Errors}");
        Assert.DoesNotContain("(rule ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("PASS: hvf-simulator round-trip working - guest executed HVC #0", result.Errors, StringComparison.Ordinal);
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.Equal(Steps, lines[1..^1].Select(line => line[..16].TrimEnd()));
        Assert.Equal("PASS", lines[^2][16..].Trim());
    }
}
