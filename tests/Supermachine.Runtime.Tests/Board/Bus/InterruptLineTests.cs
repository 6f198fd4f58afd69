namespace Supermachine.Runtime.Tests;

public sealed class InterruptLineTests
{
    [Fact]
    public void A_level_set_before_the_controller_exists_is_told_when_it_does()
    {
        var controller = new ScriptedEngine.ScriptedController();
        var line = new InterruptLine("queue", 48);
        line.SetLevel(true);
        Assert.True(line.IsAsserted);
        line.Connect(controller);
        Assert.True(controller.Levels[48]);
        line.SetLevel(false);
        Assert.False(controller.Levels[48]);
    }

    [Fact]
    public void Only_changes_reach_the_controller_until_it_must_be_told_again()
    {
        var controller = new ScriptedEngine.ScriptedController();
        var line = new InterruptLine("queue", 48);
        line.Connect(controller);
        line.SetLevel(false);
        Assert.Empty(controller.Levels);
        line.SetLevel(true);
        controller.Levels.Clear();
        line.SetLevel(true);
        Assert.Empty(controller.Levels);
        line.Reassert();
        Assert.True(controller.Levels[48]);
    }
}
