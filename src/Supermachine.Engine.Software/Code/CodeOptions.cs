namespace Supermachine.Engine.Software;

/// <summary>How a partition makes code of guest code.</summary>
internal sealed record CodeOptions
{
    /// <summary>Blocks are translated; else they are interpreted.</summary>
    public bool Translates { get; init; } = true;

    /// <summary>How much translated code is kept, in bytes.</summary>
    public nuint MemorySize { get; init; } = 64 << 20;

    /// <summary>How often a block is interpreted before it is worth translating: of a boot's blocks two in five are not run more often.</summary>
    public int InterpretedRuns { get; init; } = 2;
}
