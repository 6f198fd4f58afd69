namespace Supermachine.Engine.Software;

/// <summary>
/// Where the GIC's outputs to the vCPUs go. Called only when a level changes, by any thread, under the GIC's lock: an
/// implementation stores the level, wakes the vCPU and returns; it must not call the GIC.
/// </summary>
internal interface IInterruptSink
{
    /// <summary>The IRQ signal (Group 1) of a vCPU: priority mask and running priority are already considered, PSTATE.I is not.</summary>
    void SetIrq(int vcpu, bool asserted);

    /// <summary>The FIQ signal (Group 0) of a vCPU.</summary>
    void SetFiq(int vcpu, bool asserted);
}
