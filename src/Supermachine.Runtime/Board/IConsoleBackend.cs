namespace Supermachine.Runtime;

/// <summary>The host's side of the guest's first serial port. Belongs to whoever made it; the machine never disposes of it.</summary>
public interface IConsoleBackend
{
    /// <summary>
    /// Takes bytes the guest wrote, in batches. Called by the console's own thread, one call at a time; it may block, and the guest
    /// sees a full transmit FIFO meanwhile. An exception is logged once and the output after it is dropped.
    /// </summary>
    void Write(ReadOnlySpan<byte> output);

    /// <summary>Begins to feed input. Called once, before the guest first runs. Must not block.</summary>
    void Start(IConsoleInput input);
}

/// <summary>Where the host's input goes. One writer at a time.</summary>
public interface IConsoleInput
{
    /// <summary>
    /// Hands bytes to the guest. Completes when the guest's receive FIFO has taken the last of them, however long that takes: a
    /// guest that is not listening yet loses nothing. Any thread.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; some of the bytes may have been taken.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation);
}
