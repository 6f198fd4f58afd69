namespace Supermachine.Engine.Software;

/// <summary>
/// The system counter of the generic timer (ARM ARM D11.1): one for all vCPUs, from the host's monotonic clock. Any thread may
/// read it; it is set only while no vCPU runs.
/// </summary>
internal sealed class SystemCounter
{
    /// <summary>62.5 MHz: a nanosecond clock by sixteen, so that the usual conversion is a shift.</summary>
    public const uint UsualFrequency = 62_500_000;

    private readonly TimeProvider _time;
    private readonly bool _isNanoseconds;
    private ulong _offset;

    public SystemCounter(TimeProvider time, uint frequency = UsualFrequency)
    {
        _time = time;
        Frequency = frequency;
        _isNanoseconds = time.TimestampFrequency == 16L * frequency;
        Count = 0;
    }

    /// <summary>CNTFRQ_EL0, in hertz.</summary>
    public uint Frequency { get; }

    /// <summary>CNTPCT_EL0.</summary>
    public ulong Count
    {
        get => HostCount + _offset;
        set => _offset = value - HostCount;
    }

    /// <summary>Host nanoseconds from now until the counter reaches a value; zero when it has.</summary>
    public ulong NanosecondsUntil(ulong count)
    {
        ulong now = Count;
        if (count <= now) return 0;
        ulong ticks = count - now;
        if (Frequency == UsualFrequency) return ticks > ulong.MaxValue / 16 ? ulong.MaxValue : ticks * 16;
        UInt128 nanoseconds = (UInt128)ticks * 1_000_000_000 / Frequency;
        return nanoseconds > ulong.MaxValue ? ulong.MaxValue : (ulong)nanoseconds;
    }

    private ulong HostCount => _isNanoseconds ? (ulong)_time.GetTimestamp() >> 4 : Scale(_time.GetTimestamp());

    // Apart from the usual way: code with a UInt128 in it is not compiled ahead of time.
    private ulong Scale(long timestamp) => (ulong)((UInt128)(ulong)timestamp * Frequency / (ulong)_time.TimestampFrequency);
}
