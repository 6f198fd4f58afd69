namespace Supermachine.Runtime;

/// <summary>The guest's monotonic time: the host's, without the spans in which the machine stood still. Timers are the host's; parts stop theirs with the machine.</summary>
internal sealed class GuestClock(TimeProvider host) : TimeProvider
{
    private readonly Lock _gate = new();
    private long _lag = host.GetTimestamp();
    private long? _stoppedAt = 0;

    public override long TimestampFrequency => host.TimestampFrequency;

    public override long GetTimestamp()
    {
        lock (_gate) return _stoppedAt ?? host.GetTimestamp() - _lag;
    }

    public override DateTimeOffset GetUtcNow() => host.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => host.LocalTimeZone;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        host.CreateTimer(callback, state, dueTime, period);

    /// <summary>Goes on from where it stopped.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_stoppedAt is not { } stopped) return;
            _lag = host.GetTimestamp() - stopped;
            _stoppedAt = null;
        }
    }

    /// <summary>Stands still.</summary>
    public void Stop()
    {
        lock (_gate) _stoppedAt ??= host.GetTimestamp() - _lag;
    }
}
