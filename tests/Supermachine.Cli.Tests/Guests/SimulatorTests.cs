using Microsoft.Extensions.DependencyInjection;
using Supermachine.Runtime;

namespace Supermachine.Cli.Tests.Guests;

/// <summary>The engine over the simulated framework as the command knows it.</summary>
public sealed class SimulatorTests
{
    /// <summary>What the framework of a Mac without the entitlement, or of an older one, is refused with.</summary>
    [Theory]
    [InlineData("macos-14", "macOS 15")]
    [InlineData("unsigned", "hv_vm_create failed with HV_DENIED (0xfae94007): the program that runs is not signed with the entitlement com.apple.security.hypervisor; sign it with: codesign --force --sign - --entitlements")]
    [InlineData("unsigned,strict,seed=5", "HV_DENIED")]
    public async Task AMacThatCannotIsRefused(string modes, string problem)
    {
        CommandResult result = await CommandProcess.RunAsync("proof-of-life", "--engine", $"hvf-simulator:{modes}");
        Assert.NotEqual(0, result.Status);
        Assert.Contains(problem, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal); // no stack trace
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
        using ServiceProvider services = RuntimeServices.Create(verbose: false, engine: "software");
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
