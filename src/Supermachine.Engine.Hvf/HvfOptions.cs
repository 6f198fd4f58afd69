namespace Supermachine.Engine.Hvf;

/// <summary>What can be chosen about the engine.</summary>
/// <param name="SkipWarmGicRestore">Leave the interrupt controller as it is when a state is restored into a partition that has run.</param>
/// <param name="RemapFixed">Replace the memory under a mapping in one go at its fixed place, instead of piece by piece.</param>
public sealed record HvfOptions(bool SkipWarmGicRestore = false, bool RemapFixed = false)
{
    /// <summary>What the watch over sleeping vCPUs goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The variable of the environment that asks for <see cref="SkipWarmGicRestore"/> by being there.</summary>
    public const string SkipWarmGicRestoreVariable = "SUPERMACHINE_SKIP_WARM_GIC_RESTORE";

    /// <summary>The variable of the environment that asks for <see cref="RemapFixed"/> by being there.</summary>
    public const string RemapFixedVariable = "SUPERMACHINE_REMAP_FIXED";

    /// <summary>What the environment asks for.</summary>
    public static HvfOptions FromEnvironment() => new(IsThere(SkipWarmGicRestoreVariable), IsThere(RemapFixedVariable));

    private static bool IsThere(string variable) => Environment.GetEnvironmentVariable(variable) is not null;
}
