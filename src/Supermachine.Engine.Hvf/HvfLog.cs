using Microsoft.Extensions.Logging;

namespace Supermachine.Engine.Hvf;

/// <summary>What the engine tells about a framework that behaves otherwise than most observers say; each thing once for a partition.</summary>
internal sealed class HvfLog(ILogger logger)
{
    private static readonly Action<ILogger, string, ulong, Exception?> Forwarded = LoggerMessage.Define<string, ulong>(
        LogLevel.Information, default, "an access to the interrupt controller came out of the framework and is served by its register functions: {Window} + 0x{Offset:x}");

    private static readonly Action<ILogger, int, Exception?> Late = LoggerMessage.Define<int>(
        LogLevel.Warning, default, "vCPU {Index} slept past its virtual timer inside the framework and was woken");

    private int _forwarded;
    private int _late;

    /// <summary>A guest's access to the interrupt controller was forwarded.</summary>
    /// <param name="window">GICD or GICR.</param>
    /// <param name="offset">From its beginning.</param>
    public void AccessForwarded(string window, ulong offset)
    {
        if (Volatile.Read(ref _forwarded) == 0 && Interlocked.Exchange(ref _forwarded, 1) == 0) Forwarded(logger, window, offset, null);
    }

    /// <summary>A timer was due, and its vCPU asleep.</summary>
    public void SleptPastTimer(int index)
    {
        if (Interlocked.Exchange(ref _late, 1) == 0) Late(logger, index, null);
    }
}
