namespace Supermachine.Engine.Hvf.Simulator.Tests;

public sealed class SimulatorOptionsTests
{
    [Fact]
    public void Words_choose_modes()
    {
        SimulatorOptions options = SimulatorOptions.Parse("macos-15, wfi-exits,lax-unmap,seed=7");
        Assert.Equal(new SimulatorOptions { SystemVersion = new(15, 0), WaitExits = true, LaxUnmap = true, Seed = 7 }, options);
        Assert.Equal(SimulatorOptions.Strictest with { Seed = 3 }, SimulatorOptions.Parse("seed=3,strict"));
        Assert.Equal(SimulatorOptions.Strictest with { IsEntitled = false, LaxUnmap = true }, SimulatorOptions.Parse("unsigned,lax-unmap,strict"));
        Assert.Equal(SimulatorOptions.Random(5), SimulatorOptions.Parse("random=5"));
        Assert.Equal(new SimulatorOptions(), SimulatorOptions.Parse(""));
    }

    [Theory]
    [InlineData("wfi")]
    [InlineData("seed=x")]
    public void An_unknown_word_is_named(string word) =>
        Assert.Contains($"\"{word}\"", Assert.Throws<FormatException>(() => SimulatorOptions.Parse(word)).Message, StringComparison.Ordinal);
}
