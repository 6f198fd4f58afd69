using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>What a machine is given besides its hardware.</summary>
internal sealed record MachineServices(
    MachineSettings Settings,
    BootOptions? Boot,
    bool CanCaptureVcpu,
    ILoggerFactory Loggers,
    IStartupTimeline? Timeline);
