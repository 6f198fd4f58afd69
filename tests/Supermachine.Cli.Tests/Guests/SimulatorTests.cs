using Microsoft.Extensions.DependencyInjection;
using Supermachine.Runtime;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>Boots Linux on the HVF engine over the simulated framework, in modes that contradict one another. No rule may be broken.</summary>
public sealed class SimulatorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Modes and numbers of vCPUs. The random ones differ from run to run; a failure has the seed in its name.</summary>
    public static TheoryData<string, int> Modes => new()
    {
        { "", 1 },
        { "", 4 },
        { "strict,seed=1", 1 },
        { "strict,seed=1", 4 },
        { "macos-15,wfi-exits,lax-unmap", 3 },
        { $"random={new Random().Next(10_000)}", 2 },
    };

    [GuestTheory]
    [MemberData(nameof(Modes))]
    public async Task ProofBootsInEveryMode(string modes, int vcpus)
    {
        string count = vcpus.ToString(System.Globalization.CultureInfo.InvariantCulture);
        CommandResult result = await CommandProcess.RunAsync([], Patience, "run", "machines/proof.toml", "--engine", $"hvf-simulator:{modes}", "--vcpus", count);
        Assert.True(result.Status == 0, $"status {result.Status}\n{result.Output}\n{result.Errors}");
        Assert.Contains("supermachine: guest ready", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("(rule ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownModeIsNamed()
    {
        CommandResult result = await CommandProcess.RunAsync("check", "machines/proof.toml", "--engine", "hvf-simulator:wfi");
        Assert.Equal(ExitStatus.Definition, result.Status);
        Assert.Contains("no mode \"wfi\"", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsAssemblyIsLoadedForNobodyElse()
    {
        using ServiceProvider services = RuntimeServices.Create(CommandLine.Create().Parse(["check", "machines/proof.toml", "--engine", "software"]));
        Assert.NotNull(services.GetRequiredService<EngineRegistry>().Create(EngineRegistry.Auto));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "Supermachine.Engine.Hvf.Simulator");
    }

    [Fact]
    public async Task NobodyElseIsToldOfIt()
    {
        CommandResult result = await CommandProcess.RunAsync("check", "machines/proof.toml", "--set", "machine.engine=hvf-simulato");
        Assert.Equal(ExitStatus.Definition, result.Status);
        Assert.DoesNotContain("hvf-simulator", result.Errors, StringComparison.Ordinal);
    }
}
