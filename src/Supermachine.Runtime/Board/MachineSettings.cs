namespace Supermachine.Runtime;

/// <summary>What the board needs to know before any device is added.</summary>
public sealed record MachineSettings
{
    /// <summary>The machine's name, for logs.</summary>
    public required string Name { get; init; }

    /// <summary>How many vCPUs, 1 to what the engine offers.</summary>
    public int VcpuCount { get; init; } = 1;

    /// <summary>The size of RAM, a multiple of the engine's mapping granule.</summary>
    public ByteSize Memory { get; init; } = ByteSize.FromMiB(256);

    /// <summary>Where RAM begins: <see cref="MemoryLayout.LowRamBase"/> or <see cref="MemoryLayout.HighRamBase"/>.</summary>
    public GuestAddress RamBase { get; init; } = MemoryLayout.LowRamBase;

    /// <summary>What a SYSTEM_RESET of the guest does.</summary>
    public ResetPolicy OnReset { get; init; } = ResetPolicy.Restart;
}

/// <summary>What happens when the guest asks for a reset.</summary>
public enum ResetPolicy
{
    /// <summary>The machine boots again within the same <see cref="Machine.Run"/>.</summary>
    Restart = 0,

    /// <summary><see cref="Machine.Run"/> returns <see cref="MachineEnding.Reset"/>.</summary>
    Exit = 1,
}
