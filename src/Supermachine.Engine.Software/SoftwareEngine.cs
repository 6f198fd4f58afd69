namespace Supermachine.Engine.Software;

/// <summary>The software engine: an AArch64 machine in C#, on any host.</summary>
/// <param name="time">The clock behind the generic timer; the system's by default.</param>
/// <param name="execution">How guest code is run.</param>
public sealed class SoftwareEngine(TimeProvider? time = null, GuestExecution execution = GuestExecution.Translated) : IEngine
{
    private const uint SpiCount = 256;

    /// <inheritdoc/>
    public EngineCapabilities Capabilities { get; } = new(
        execution == GuestExecution.Interpreted ? "interpreter" : "software",
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
        return new SoftwarePartition(options, time ?? TimeProvider.System, execution);
    }
}

/// <summary>How the software engine runs guest code.</summary>
public enum GuestExecution
{
    /// <summary>By the interpreter, on any host.</summary>
    Interpreted,

    /// <summary>Translated to the host's machine code; x86-64 only.</summary>
    Translated,
}
