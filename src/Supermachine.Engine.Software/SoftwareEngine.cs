namespace Supermachine.Engine.Software;

/// <summary>The software engine: an AArch64 machine in C#, on any host.</summary>
public sealed class SoftwareEngine : IEngine, IEngineStatistics
{
    private readonly TimeProvider _time;
    private readonly ExecutionStatistics? _statistics;
    private readonly VerificationCounters? _verification;

    /// <param name="time">The clock behind the generic timer; the system's by default.</param>
    /// <param name="execution">How guest code is run; where the host cannot translate, it is interpreted.</param>
    /// <param name="statistics">Whether to count what guests do, for <see cref="Counters"/>; slows them down.</param>
    /// <param name="verify">Whether to compare translated code with the interpreter while it runs, and throw where they differ; slows guests down a lot.</param>
    public SoftwareEngine(TimeProvider? time = null, GuestExecution execution = GuestExecution.Translated, bool statistics = false, bool verify = false)
    {
        _statistics = statistics ? new ExecutionStatistics() : null;
        _time = time ?? TimeProvider.System;
        Execution = TranslationRefusal is null ? execution : GuestExecution.Interpreted;
        _verification = verify && Execution == GuestExecution.Translated ? new VerificationCounters() : null;
    }

    /// <summary>Why this host cannot translate; null where it can. Asked of the host once.</summary>
    public static string? TranslationRefusal => LazyRefusal.Value;

    /// <inheritdoc/>
    public IReadOnlyList<EngineCounter> Counters => [.. _statistics?.Counters() ?? [], .. _verification?.Counters() ?? []];

    /// <summary>How guest code is run.</summary>
    public GuestExecution Execution { get; }

    /// <summary>How code is made of guest code, where it is translated.</summary>
    internal CodeOptions Code { get; init; } = new();

    private static readonly Lazy<string?> LazyRefusal = new(CodeMemory.WhyNot);

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
        return new SoftwarePartition(options, new SystemCounter(_time), Execution, _statistics, _verification, Code);
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
