namespace Supermachine.Runtime;

/// <summary>What the guest boots.</summary>
public sealed record BootOptions
{
    /// <summary>An arm64 Image, the same compressed with gzip, or a raw flat image.</summary>
    public required string KernelPath { get; init; }

    /// <summary>The initial RAM disk.</summary>
    public string? InitrdPath { get; init; }

    /// <summary>The kernel's command line.</summary>
    public string CommandLine { get; init; } = "";
}
