using Microsoft.Extensions.DependencyInjection;

namespace Supermachine.Runtime.Tests;

/// <summary>Which engine a name stands for.</summary>
public sealed class EngineRegistryTests
{
    [Fact]
    public void Auto_is_the_first_that_works_here()
    {
        EngineRegistry registry = Registry(("hvf", "not a Mac"), ("software", null), ("interpreter", null));

        Assert.Equal("software", registry.Choose("auto", out string? problem)?.Name);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("hvf", "engine \"hvf\" is not available on this host: not a Mac")]
    [InlineData("interpreter", "engine \"interpreter\" is not available on this host: this program was built without it")]
    [InlineData("softwear", "unknown engine \"softwear\"; did you mean \"software\"?")]
    public void An_engine_that_is_not_here_says_why(string name, string expected)
    {
        EngineRegistry registry = Registry(("hvf", "not a Mac"), ("software", null));

        Assert.Null(registry.Choose(name, out string? problem));
        Assert.Equal(expected, problem);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(() => registry.Create(name)).Message);
    }

    [Fact]
    public void Without_any_that_works_auto_says_why_for_each()
    {
        Assert.Null(Registry(("hvf", "not a Mac")).Choose("auto", out string? problem));
        Assert.Equal("no engine works on this host: hvf: not a Mac", problem);
        Assert.Null(Registry().Choose("auto", out problem));
        Assert.Equal("no engine is registered", problem);
    }

    private static EngineRegistry Registry(params (string Name, string? Why)[] engines)
    {
        ServiceCollection services = new();
        services.AddSupermachine();
        foreach ((string name, string? why) in engines) services.AddSupermachineEngine(name, _ => new ScriptedEngine(_ => []), () => why);
        return services.BuildServiceProvider().GetRequiredService<EngineRegistry>();
    }
}
