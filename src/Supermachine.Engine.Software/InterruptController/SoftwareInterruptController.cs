namespace Supermachine.Engine.Software;

/// <summary>The GIC as the runtime sees it. The system counter is saved with it, so that every vCPU's timers go on from one value.</summary>
internal sealed class SoftwareInterruptController(GicV3 gic, SystemCounter counter) : IInterruptController, ISnapshotParticipant<GicState>
{
    /// <summary>INTIDs that the base system architecture (BSA 1.0, 3.8) gives to the timers.</summary>
    public static readonly TimerInterrupts TimerIntids = new(SecurePhysical: 29, NonSecurePhysical: 30, Virtual: 27, Hypervisor: 26);

    public TimerInterrupts Timers => TimerIntids;

    public void SetSpi(uint intid, bool asserted) => gic.SetSpi(intid, asserted);

    public void Reset() => gic.Reset();

    public GicState Save() => gic.Save(counter.Count);

    public void Restore(GicState state)
    {
        gic.Restore(state);
        counter.Count = state.Counter;
    }
}
