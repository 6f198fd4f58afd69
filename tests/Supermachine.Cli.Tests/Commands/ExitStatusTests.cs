namespace Supermachine.Cli.Tests.Commands;

/// <summary>What the command ends with, as a script sees it.</summary>
public sealed class ExitStatusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("hello")]
    [InlineData("disk")]
    [InlineData("smp")]
    [InlineData("proof")]
    public async Task EveryMachineIsFine(string machine)
    {
        CommandResult result = await CommandProcess.RunAsync("check", $"machines/{machine}.toml");
        Assert.Equal((0, ""), (result.Status, result.Errors));
    }

    [Fact]
    public async Task AWrongFileEndsWithTwoAndEveryMistakeInIt()
    {
        File.WriteAllText(folder["m.toml"], "[machine]\nvcpus = 0\nmemroy = \"1GiB\"\n");
        foreach (string command in (string[])["check", "describe", "run"])
        {
            CommandResult result = await CommandProcess.RunAsync(command, folder["m.toml"]);
            Assert.Equal(2, result.Status);
            Assert.Contains("m.toml(2,", result.Errors, StringComparison.Ordinal);
            Assert.Contains("m.toml(3,", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AWrongCommandLineEndsWithTwo()
    {
        Assert.Equal(2, (await CommandProcess.RunAsync("run")).Status);
        Assert.Equal(2, (await CommandProcess.RunAsync("rum")).Status);
        Assert.Equal(2, (await CommandProcess.RunAsync("run", "--kernel", "/nowhere")).Status);
    }

    [Fact]
    public async Task AFailureEndsWithOneAndNoStackUnlessAsked()
    {
        CommandResult result = await CommandProcess.RunAsync("assets", "path", "asset:nothing/here");
        Assert.Equal(1, result.Status);
        Assert.Contains("no asset \"nothing/here\"", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("   at ", (await CommandProcess.RunAsync("assets", "path", "asset:nothing/here", "--verbose")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProofOfLifePasses()
    {
        CommandResult result = await CommandProcess.RunAsync("proof-of-life");
        Assert.Equal(0, result.Status);
        Assert.Contains("PASS: software", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PluginsAreListedWithTheirKinds()
    {
        CommandResult result = await CommandProcess.RunAsync("plugins");
        Assert.Equal(0, result.Status);
        Assert.Contains("device virtio-blk:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void APluginBringsItsOwnAssembliesAlone()
    {
        string plugin = Path.Combine(Path.GetDirectoryName(CommandProcess.CommandPath)!, "plugins", "VirtioBlk");
        Assert.Equal(["Supermachine.Virtio.dll", "VirtioBlk.dll"], Directory.EnumerateFiles(plugin, "*.dll", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(plugin, file)).Order(StringComparer.Ordinal));
        // What the runtime shares is not asked of the plugin's folder either.
        Assert.DoesNotContain("Microsoft.Extensions", File.ReadAllText(Path.Combine(plugin, "VirtioBlk.deps.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACheckNamesThePartsThatNoSnapshotCanTake()
    {
        File.WriteAllBytes(folder["disk"], new byte[512]);
        File.WriteAllBytes(folder["guest"], new byte[4]);
        string Disk(string mode) => $"[[device]]\nid = \"{mode}\"\nkind = \"virtio-blk\"\npath = \"disk\"\nmode = \"{mode}\"\n";
        File.WriteAllText(folder["m.toml"], "[boot]\nkernel = \"guest\"\n" + Disk("read-only") + Disk("overlay"));
        CommandResult result = await CommandProcess.RunAsync("check", folder["m.toml"]);
        Assert.Equal(0, result.Status);
        string line = Assert.Single(result.Output.Split('\n'), text => text.Contains("captured", StringComparison.Ordinal));
        Assert.Contains("device \"overlay\" cannot be captured: with mode = \"overlay\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADescriptionNamesEveryDefault()
    {
        CommandResult result = await CommandProcess.RunAsync("describe", "machines/smp.toml", "--vcpus", "2", "--append", "more");
        Assert.Equal(0, result.Status);
        foreach (string text in (string[])["vcpus    = 2", "cmdline = \"console=ttyAMA0 quiet panic=-1 more\"", "uart0", "ram "])
            Assert.Contains(text, result.Output, StringComparison.Ordinal);
    }
}
