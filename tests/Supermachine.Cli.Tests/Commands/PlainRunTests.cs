using System.CommandLine;
using Supermachine.Cli.Commands;
using Supermachine.Runtime;

namespace Supermachine.Cli.Tests.Commands;

public sealed class PlainRunTests
{
    [Theory]
    [InlineData("m.toml")]
    [InlineData("/a/m.toml")]
    [InlineData("--kernel k")]
    [InlineData("m.toml --append a --set boot.cmdline=general --append b --set machine.vcpus=2")]
    [InlineData("--cmdline c --kernel k m.toml --initrd i --vcpus 4 --memory 1GiB --engine software")]
    public void WhatIsPlainIsReadAsTheParserReadsIt(string words)
    {
        var arguments = new MachineArguments();
        var command = new RootCommand();
        arguments.AddTo(command);
        ParseResult result = command.Parse(words.Split(' '));
        Assert.Empty(result.Errors);
        MachineChoice plain = PlainRun.TryRead(["run", .. words.Split(' ')])!.Machine;
        MachineChoice parsed = arguments.Choice(result);
        Assert.Equal(parsed.File, plain.File);
        Assert.Equal(parsed.Engine, plain.Engine);
        Assert.Equal(parsed.Overrides().Select(Written), plain.Overrides().Select(Written));
    }

    [Fact]
    public void FlagsAreSetOneByOne()
    {
        Assert.Equal((true, false, false, false), Flags("--verbose"));
        Assert.Equal((false, true, false, false), Flags("--timings"));
        Assert.Equal((false, false, true, false), Flags("--engine-stats"));
        Assert.Equal((false, false, false, true), Flags("--engine-verify"));
        Assert.Equal((false, false, false, false), Flags());
    }

    [Theory]
    [InlineData("check m.toml")]
    [InlineData("run")]
    [InlineData("run --engine software")]
    [InlineData("run m.toml more")]
    [InlineData("run m.toml --help")]
    [InlineData("run m.toml -h")]
    [InlineData("run /?")]
    [InlineData("run /h")]
    [InlineData("run @answers")]
    [InlineData("run m.toml --vcpus")]
    [InlineData("run m.toml --vcpus --timings")]
    [InlineData("run m.toml --kernel=k")]
    [InlineData("run m.toml --kernel a --kernel b")]
    [InlineData("run m.toml --set nothing")]
    [InlineData("run --timings false m.toml")]
    [InlineData("run m.toml --unknown x")]
    public void EverythingElseIsLeftToTheParser(string words) => Assert.Null(PlainRun.TryRead(words.Split(' ')));

    private static (bool, bool, bool, bool) Flags(params string[] words) =>
        PlainRun.TryRead(["run", .. words, "m.toml"]) is { } run ? (run.IsVerbose, run.Timings, run.EngineStats, run.EngineVerify) : throw new InvalidOperationException("not plain");

    private static string Written(DefinitionOverride setting) => $"{setting.Key}{(setting.Append ? "+" : "")}={setting.Text} {setting.IsString}";
}
