namespace Supermachine.Cli.Tests.Commands;

/// <summary>Help is what a person asks for with the words that other programs take too, and never the name of a machine file.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("/?")]
    public async Task RunTellsOfItsOptions(string word)
    {
        CommandResult result = await CommandProcess.RunAsync("run", word);

        Assert.Equal(ExitStatus.Success, result.Status);
        Assert.Contains("--kernel <FILE>", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheProgramTellsOfItsCommands()
    {
        CommandResult result = await CommandProcess.RunAsync("--help");

        Assert.Equal(ExitStatus.Success, result.Status);
        Assert.Contains("proof-of-life", result.Output, StringComparison.Ordinal);
    }
}
