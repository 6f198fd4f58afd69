using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Supermachine.Engine.Hvf;

/// <summary>Apple's Hypervisor.framework with the interrupt controller of macOS 15. One partition at a time: a process has one VM.</summary>
public sealed class HvfEngine : IEngine
{
    private readonly HvApi _api;
    private readonly HvfOptions _options;
    private readonly ILogger _logger;
    private readonly Lazy<EngineCapabilities> _capabilities;

    /// <param name="options">What can be chosen; the environment's choice by default.</param>
    /// <param name="logger">Told of a framework that behaves otherwise than expected.</param>
    /// <exception cref="PlatformNotSupportedException">This host does not have the framework, or one that is too old.</exception>
    public HvfEngine(HvfOptions? options = null, ILogger? logger = null)
        : this(HvApi.OfFramework(), "hvf", options, logger)
    {
    }

    /// <param name="api">The entry points: the framework's, or the simulator's.</param>
    /// <param name="name">What machine files call it.</param>
    /// <param name="options">What can be chosen.</param>
    /// <param name="logger">As above.</param>
    internal HvfEngine(HvApi api, string name, HvfOptions? options = null, ILogger? logger = null)
    {
        (_api, _options, _logger) = (api, options ?? HvfOptions.FromEnvironment(), logger ?? NullLogger.Instance);
        _capabilities = new Lazy<EngineCapabilities>(() => HvfCapabilities.Ask(api, name));
    }

    /// <summary>What keeps the engine from working on this host, as the end of a sentence; null when nothing does.</summary>
    public static string? WhyUnavailable() => HvfHost.Here.WhyUnavailable();

    /// <inheritdoc/>
    /// <exception cref="HvException">The framework does not tell.</exception>
    public EngineCapabilities Capabilities => _capabilities.Value;

    /// <inheritdoc/>
    /// <exception cref="HvException">The framework refuses; the message says what to do.</exception>
    public IPartition CreatePartition(PartitionOptions options)
    {
        EngineCapabilities capabilities = Capabilities;
        if (options.VcpuCount < 1 || options.VcpuCount > capabilities.MaxVcpus)
            throw new ArgumentException($"engine \"{capabilities.Name}\" runs 1 to {capabilities.MaxVcpus} vCPUs, not {options.VcpuCount}");
        ulong alignment = capabilities.InterruptController.Alignment;
        if (options.DistributorBase.Value % alignment != 0 || options.RedistributorBase.Value % alignment != 0)
            throw new ArgumentException($"engine \"{capabilities.Name}\" aligns its interrupt controller at 0x{alignment:x}; {options.DistributorBase} and {options.RedistributorBase} are not");
        return new HvfPartition(_api, options, capabilities, _options, new HvfLog(_logger));
    }
}
