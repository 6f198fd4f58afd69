using Supermachine.Engine.Hvf.Simulator;

namespace Supermachine.Conformance;

/// <summary>Every guest of the folder on the HVF engine over the simulated framework, whose rules nobody may break meanwhile.</summary>
[Collection(OneFramework.Name)]
public sealed class SimulatorGuestTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Theory]
    [MemberData(nameof(GuestTests.Guests), MemberType = typeof(GuestTests))]
    public void Passes(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SimulatorOptions { SmallGic = true });

    [Theory]
    [MemberData(nameof(GuestTests.Guests), MemberType = typeof(GuestTests))]
    public void Passes_where_everything_is_hard(string guest, int vcpuCount) => Pass(guest, vcpuCount, SimulatorOptions.Strictest with { SmallGic = true, Seed = 1 });

    private static void Pass(string guest, int vcpuCount, SimulatorOptions options)
    {
        using HypervisorSimulator simulator = HypervisorSimulator.Install(options);
        string output = GuestRun.Run(simulator.CreateEngine(), guest, vcpuCount, Limit);
        if (!GuestRun.HasPassed(output) && !FailsOnlyAtWalks(output)) Assert.Fail(output);
        simulator.Dispose();
        Assert.Empty(simulator.Violations);
    }

    /// <summary>
    /// A walk that finds no memory is an abort of stage 2, whose syndrome has stage 2's level and not that of the walk, nor whether the
    /// access was a write: what the guest is told then cannot be what hardware without a hypervisor says.
    /// </summary>
    private static bool FailsOnlyAtWalks(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines[^1].StartsWith("failed 0x", StringComparison.Ordinal)
            && lines[..^1].All(line => line.StartsWith("FAIL external abort on ", StringComparison.Ordinal));
    }
}
