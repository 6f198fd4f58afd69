using System.CommandLine;
using Supermachine.Cli.Commands;
using Supermachine.Runtime;

namespace Supermachine.Cli.Tests.Commands;

public sealed class MachineArgumentsTests
{
    private static (ParseResult Result, IReadOnlyList<DefinitionOverride> Overrides) Parse(params string[] words)
    {
        var arguments = new MachineArguments();
        var command = new RootCommand();
        arguments.AddTo(command);
        ParseResult result = command.Parse(words);
        return (result, result.Errors.Count == 0 ? arguments.Choice(result).Overrides() : []);
    }

    private static string[] Written(params string[] words) => [.. Parse(words).Overrides.Select(o => $"{o.Key}{(o.Append ? "+" : "")}={o.Text}")];

    [Fact]
    public void EachOptionSetsItsKeyAndTheNearerOneComesLast() => Assert.Equal(
        ["boot.cmdline=general", "device.disk0.path=x y", "boot.kernel=k", "boot.initrd=i", "boot.cmdline=c", "boot.cmdline+=a b", "boot.cmdline+=d", "machine.vcpus=4", "machine.memory=1GiB", "machine.engine=software"],
        Written("m.toml", "--append", "a b", "--append", "d", "--set", "boot.cmdline=general", "--set", "device.disk0.path=x y", "--cmdline", "c", "--kernel", "k", "--initrd", "i", "--vcpus", "4", "--memory", "1GiB", "--engine", "software"));

    [Fact]
    public void AKernelAloneIsAMachine() => Assert.Equal(["boot.cmdline=console=ttyAMA0", "boot.kernel=k"], Written("--kernel", "k"));

    [Fact]
    public void AFileAloneSetsNothing() => Assert.Empty(Written("m.toml"));

    [Fact]
    public void NeitherFileNorKernelIsAnError() => Assert.Contains("--kernel", Assert.Single(Parse("--vcpus", "2").Result.Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nothing")]
    [InlineData("=x")]
    [InlineData("a b=x")]
    public void ASettingThatIsNoneIsAnErrorThatNamesIt(string setting) =>
        Assert.Contains(setting, Assert.Single(Parse("m.toml", "--set", setting).Result.Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    [InlineData("describe")]
    [InlineData("plugins")]
    [InlineData("proof-of-life")]
    [InlineData("assets")]
    public void EveryCommandIsThere(string name) => Assert.Contains(CommandLine.Create().Subcommands, command => command.Name == name);
}
