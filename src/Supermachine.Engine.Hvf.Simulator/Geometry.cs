namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>What the framework says of itself: as seen on Apple's M4 with macOS 27, or something else that is as good.</summary>
internal sealed record Geometry
{
    public uint MaxVcpus { get; init; } = 8;

    public uint DefaultIpaBits { get; init; } = 36;

    public uint MaxIpaBits { get; init; } = 40;

    public ulong DistributorAlignment { get; init; } = 0x1_0000;

    public ulong RedistributorRegionSize { get; init; } = 0x200_0000;

    public ulong RedistributorAlignment { get; init; } = 0x1_0000;

    public ulong MsiRegionSize { get; init; } = 0x1_0000;

    /// <summary>Nobody has written down what Apple's says.</summary>
    public ulong MsiAlignment { get; init; } = 0x1_0000;

    public uint SpiBase { get; init; } = 32;

    public uint SpiCount { get; init; } = 988;

    /// <summary>The same with redistributors for eight vCPUs at a multiple of 64 KiB: at 0x080A_0000 they end before the devices.</summary>
    public Geometry AroundQemusMap() => this with { RedistributorRegionSize = 0x10_0000, RedistributorAlignment = 0x1_0000, DistributorAlignment = 0x1_0000 };

    /// <summary>Any geometry that a caller has to be content with: fewer interrupts, other sizes and alignments.</summary>
    public static Geometry Varied(Random random) => new()
    {
        MaxVcpus = (uint)random.Next(4, 9),
        DefaultIpaBits = (uint)random.Next(36, 39),
        MaxIpaBits = (uint)random.Next(39, 41),
        DistributorAlignment = 0x1000ul << random.Next(0, 9),
        RedistributorRegionSize = 0x10_0000ul << random.Next(0, 6),
        RedistributorAlignment = 0x1000ul << random.Next(0, 9),
        MsiRegionSize = 0x1000ul << random.Next(0, 5),
        MsiAlignment = 0x1000ul << random.Next(0, 5),
        SpiCount = (uint)random.Next(128, 989),
    };
}
