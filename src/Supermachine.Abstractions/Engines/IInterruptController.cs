namespace Supermachine;

/// <summary>
/// An engine's GICv3: distributor, redistributors and CPU interfaces. Its own state is part of the snapshot, except for the CPU
/// interfaces' registers, which belong to <see cref="VcpuState"/>.
/// </summary>
public interface IInterruptController : ISnapshotParticipant
{
    /// <summary>The PPIs of the generic timer.</summary>
    TimerInterrupts Timers { get; }

    /// <summary>Sets the level of a shared peripheral interrupt. Any thread; wakes a vCPU that sleeps in WFI.</summary>
    /// <param name="intid">Absolute INTID, within the geometry's range.</param>
    /// <param name="asserted">The level.</param>
    /// <exception cref="ArgumentOutOfRangeException">The INTID is not an SPI.</exception>
    void SetSpi(uint intid, bool asserted);

    /// <summary>Goes back to the power-on state; the lines keep the levels that devices drive. Only while no vCPU runs.</summary>
    void Reset();
}

/// <summary>INTIDs of the generic timer's interrupts, in the order of the device-tree binding <c>arm,armv8-timer</c>.</summary>
/// <param name="SecurePhysical">CNTPS.</param>
/// <param name="NonSecurePhysical">CNTP.</param>
/// <param name="Virtual">CNTV.</param>
/// <param name="Hypervisor">CNTHP.</param>
public readonly record struct TimerInterrupts(uint SecurePhysical, uint NonSecurePhysical, uint Virtual, uint Hypervisor);
