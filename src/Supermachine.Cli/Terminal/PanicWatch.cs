namespace Supermachine.Cli.Terminal;

/// <summary>
/// Looks in the console's output for what Linux says when it panics. With <c>panic=</c> on its command line Linux then asks for a reset,
/// which is told from an ordinary one by <see cref="Seen"/>. Without, its last words are "---[ end Kernel panic" and it stands still for
/// ever: when nothing follows them for a while, <c>hung</c> is called. A guest that prints the words for another reason goes on printing.
/// </summary>
internal sealed class PanicWatch(Action hung, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private ITimer? timer;
    private Phrase panic;
    private Phrase end;
    private bool atEnd;
    private bool reason;
    private volatile bool seen;

    /// <summary>Whether the guest has said that it panics.</summary>
    public bool Seen => seen;

    private static ReadOnlySpan<byte> PanicWords => "Kernel panic - not syncing"u8;

    private static ReadOnlySpan<byte> EndWords => "---[ end Kernel panic - not syncing"u8;

    public void Watch(ReadOnlySpan<byte> output)
    {
        bool wasAtEnd = atEnd;
        foreach (byte value in output)
        {
            if (panic.Match(value, PanicWords)) seen = true;
            // What follows on the same line is the reason; the next line would be a sign of life.
            if (end.Match(value, EndWords)) (atEnd, reason) = (true, true);
            else if (value == '\n') reason = false;
            else if (!reason && value != '\r') atEnd = false;
        }
        if (atEnd) Arm();
        else if (wasAtEnd) Disarm();
    }

    public void Dispose() => Disarm();

    private void Arm()
    {
        lock (gate)
        {
            timer?.Dispose();
            timer = time.CreateTimer(_ => hung(), null, Silence, Timeout.InfiniteTimeSpan);
        }
    }

    private void Disarm()
    {
        lock (gate)
        {
            timer?.Dispose();
            timer = null;
        }
    }
}
