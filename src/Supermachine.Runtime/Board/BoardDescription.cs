namespace Supermachine.Runtime;

/// <summary>What the board is made of, as the device tree needs it.</summary>
internal sealed record BoardDescription(
    int VcpuCount,
    GuestAddress RamBase,
    ulong RamSize,
    InterruptControllerGeometry InterruptController,
    TimerInterrupts Timers,
    IReadOnlyList<BoardDevice> Devices,
    EntropySource Entropy);

/// <summary>A device in its place.</summary>
internal sealed record BoardDevice(string Name, GuestAddress Address, IMmioDevice Device, IReadOnlyList<InterruptLine> Lines);

/// <summary>Fills a buffer with random bytes.</summary>
public delegate void EntropySource(Span<byte> destination);
