namespace Supermachine.Engine.Software;

/// <summary>The software engine: an AArch64 machine in C#, on any host.</summary>
/// <param name="time">The clock behind the generic timer; the system's by default.</param>
public sealed class SoftwareEngine(TimeProvider? time = null) : IEngine
{
    private const uint SpiCount = 256;

    /// <inheritdoc/>
    public EngineCapabilities Capabilities { get; } = new(
        "software",
        PhysicalMap.AddressBits,
        GicV3.MaxVcpus,
        0x1000,
        new InterruptControllerGeometry(GicV3.DistributorSize, Redistributor.Size * GicV3.MaxVcpus, Redistributor.Size, 0x10000, 32, SpiCount),
        CanCaptureVcpu: true);

    /// <inheritdoc/>
    public IPartition CreatePartition(PartitionOptions options)
    {
        if (options.VcpuCount < 1 || options.VcpuCount > Capabilities.MaxVcpus)
            throw new ArgumentException($"the software engine runs 1 to {Capabilities.MaxVcpus} vCPUs, not {options.VcpuCount}");
        return new SoftwarePartition(options, time ?? TimeProvider.System);
    }
}
