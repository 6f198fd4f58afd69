namespace Supermachine.Cli.Terminal;

/// <summary>
/// Waits for the line with which the guests that we build say that they listen. Input that came before would be echoed into the output,
/// because the kernel's terminal echoes until the guest has turned that off.
/// </summary>
internal sealed class ReadyWatch
{
    private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Phrase phrase;

    /// <summary>Completed when the line has come.</summary>
    public Task Seen => seen.Task;

    private static ReadOnlySpan<byte> Words => "supermachine: guest ready"u8;

    public void Watch(ReadOnlySpan<byte> output)
    {
        if (seen.Task.IsCompleted) return;
        foreach (byte value in output)
        {
            if (phrase.Match(value, Words)) seen.TrySetResult();
        }
    }
}
