using System.Threading.Channels;
using Supermachine.Runtime;

namespace Supermachine.Cli.Terminal;

/// <summary>
/// The guest's console on our own standard input and output. A thread reads what is typed, so that Ctrl-A x works while the guest takes
/// nothing; from a pipe it reads when the guest listens, so that nothing is lost.
/// </summary>
/// <param name="interactive">Whether a person types: then Ctrl-A is ours, and a guest that takes nothing loses what is typed beyond a limit.</param>
/// <param name="leave">Called once when the person leaves; any thread.</param>
/// <param name="panic">Sees the output.</param>
/// <param name="ready">Sees the output too and holds the input back until the guest is ready; null for guests that say no such thing.</param>
internal sealed class StdioConsole(bool interactive, Action leave, PanicWatch panic, ReadyWatch? ready = null) : IConsoleBackend
{
    private const int ChunkSize = 4096;
    private const int PendingChunks = 64;
    private const byte EndOfTransmission = 0x04;

    private readonly EscapeFilter filter = new();
    private Channel<byte[]>? pending;

    private static ReadOnlySpan<byte> HelpText => "\r\nsupermachine: Ctrl-A x leaves, Ctrl-A a sends Ctrl-A\r\n"u8;

    public void Write(ReadOnlySpan<byte> output)
    {
        panic.Watch(output);
        ready?.Watch(output);
        LibC.WriteAll(LibC.StandardOutput, output);
    }

    public void Start(IConsoleInput input) => new Thread(interactive ? () => ReadKeys(input) : () => ReadPipe(input)) { Name = "stdin", IsBackground = true }.Start();

    private void ReadPipe(IConsoleInput input)
    {
        byte[] buffer = new byte[ChunkSize];
        byte last = (byte)'\n';
        int count;
        while ((count = LibC.Read(LibC.StandardInput, buffer)) > 0)
        {
            Deliver(buffer.AsMemory(0, count), input);
            last = buffer[count - 1];
        }
        // A terminal in the guest ends its input at a Ctrl-D; in the middle of a line the first one only hands over the line.
        Deliver(last == '\n' ? new[] { EndOfTransmission } : new[] { EndOfTransmission, EndOfTransmission }, input);
    }

    /// <summary>Waits until the guest has taken it: what is still in the pipe waits there.</summary>
    private void Deliver(ReadOnlyMemory<byte> chunk, IConsoleInput input)
    {
        ready?.Seen.Wait();
        input.WriteAsync(chunk, CancellationToken.None).AsTask().Wait();
    }

    private void ReadKeys(IConsoleInput input)
    {
        byte[] buffer = new byte[ChunkSize];
        int count;
        while ((count = LibC.Read(LibC.StandardInput, buffer)) > 0)
        {
            if (!Type(buffer.AsSpan(0, count), input)) return;
        }
        Pending(input).WriteAsync([EndOfTransmission]).AsTask().Wait();
    }

    /// <returns>False when the person left.</returns>
    private bool Type(ReadOnlySpan<byte> keys, IConsoleInput input)
    {
        byte[] output = new byte[keys.Length + 1];
        EscapeAction action = filter.Filter(keys, output, out int written);
        if (written != 0) Pending(input).TryWrite(output[..written]);
        if (action == EscapeAction.Help) LibC.WriteAll(LibC.StandardOutput, HelpText);
        if (action != EscapeAction.Leave) return true;
        leave();
        return false;
    }

    /// <summary>What was typed and not taken yet; made when the first key comes.</summary>
    private ChannelWriter<byte[]> Pending(IConsoleInput input)
    {
        if (pending is null)
        {
            pending = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(PendingChunks) { SingleReader = true, SingleWriter = true });
            _ = DeliverAsync(pending.Reader, input);
        }
        return pending.Writer;
    }

    private async Task DeliverAsync(ChannelReader<byte[]> chunks, IConsoleInput input)
    {
        if (ready is not null) await ready.Seen.ConfigureAwait(false);
        await foreach (byte[] chunk in chunks.ReadAllAsync().ConfigureAwait(false))
            await input.WriteAsync(chunk, CancellationToken.None).ConfigureAwait(false);
    }
}
