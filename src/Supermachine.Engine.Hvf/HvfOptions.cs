namespace Supermachine.Engine.Hvf;

/// <summary>What can be chosen about the engine.</summary>
/// <param name="SkipWarmGicRestore">Leave the interrupt controller as it is when a state is restored into a partition that has run.</param>
public sealed record HvfOptions(bool SkipWarmGicRestore = false)
{
    /// <summary>The variable of the environment that asks for <see cref="SkipWarmGicRestore"/> by being there.</summary>
    public const string SkipWarmGicRestoreVariable = "SUPERMACHINE_SKIP_WARM_GIC_RESTORE";

    /// <summary>What the environment asks for.</summary>
    public static HvfOptions FromEnvironment() => new(Environment.GetEnvironmentVariable(SkipWarmGicRestoreVariable) is not null);
}
