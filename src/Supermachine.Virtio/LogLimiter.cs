namespace Supermachine.Virtio;

/// <summary>Lets one log line through per period, and counts what it held back. Any thread may ask.</summary>
/// <param name="clock">The host's wall time.</param>
/// <param name="period">The least time between two lines.</param>
public sealed class LogLimiter(TimeProvider clock, TimeSpan period)
{
    private readonly Lock gate = new();
    private long? last;
    private long held;

    /// <summary>Whether to log now.</summary>
    /// <param name="suppressed">How many lines were held back since the last one.</param>
    public bool Allow(out long suppressed)
    {
        lock (gate)
        {
            suppressed = held;
            if (last is { } before && clock.GetElapsedTime(before) < period)
            {
                held++;
                return false;
            }

            (last, held) = (clock.GetTimestamp(), 0);
            return true;
        }
    }
}
