namespace Supermachine.Engine.Hvf;

/// <summary>
/// The guest's virtual counter: <c>mach_absolute_time</c> less an offset that all vCPUs share. vCPUs with different offsets stall a guest,
/// so each takes the offset from here before it runs.
/// </summary>
internal sealed unsafe class GuestCounter(HvApi api)
{
    /// <summary>What every vCPU's <c>vtimer_offset</c> has to be. Changed only while no vCPU runs.</summary>
    public ulong Offset { get; private set; }

    /// <summary>The host's counter, CNTPCT_EL0.</summary>
    public ulong Physical => api.mach_absolute_time();

    /// <summary>Has the guest's counter go on from where it was, whatever the host's has become.</summary>
    /// <param name="count">CNTVCT_EL0 when the state was saved.</param>
    /// <param name="physical">CNTPCT_EL0 at the same moment.</param>
    /// <returns>How much further the host's counter, which is also the guest's physical one, is by now.</returns>
    public ulong GoOn(ulong count, ulong physical)
    {
        ulong now = Physical;
        Offset = now - count;
        return now - physical;
    }
}
