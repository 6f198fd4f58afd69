using System.Threading.Channels;
using Supermachine.Runtime;

namespace Supermachine.Cli.Terminal;

/// <summary>
/// The guest's console on our own standard input and output. A thread reads what comes in, so that Ctrl-A x works while the guest takes
/// nothing; the guest gets it when it listens, so that nothing from a pipe is lost.
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

    private readonly Channel<byte[]> pending = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(PendingChunks) { SingleReader = true, SingleWriter = true });
    private readonly EscapeFilter filter = new();

    private static ReadOnlySpan<byte> HelpText => "\r\nsupermachine: Ctrl-A x leaves, Ctrl-A a sends Ctrl-A\r\n"u8;

    public void Write(ReadOnlySpan<byte> output)
    {
        panic.Watch(output);
        ready?.Watch(output);
        LibC.WriteAll(LibC.StandardOutput, output);
    }

    public void Start(IConsoleInput input) => new Thread(() => ReadInput(input)) { Name = "stdin", IsBackground = true }.Start();

    private void ReadInput(IConsoleInput input)
    {
        _ = DeliverAsync(input);
        byte[] buffer = new byte[ChunkSize];
        byte last = (byte)'\n';
        int count;
        while ((count = LibC.Read(LibC.StandardInput, buffer)) > 0)
        {
            if (interactive)
            {
                if (!Type(buffer.AsSpan(0, count))) return;
                continue;
            }
            Add(buffer[..count]);
            last = buffer[count - 1];
        }
        // A terminal in the guest ends its input at a Ctrl-D; in the middle of a line the first one only hands over the line.
        Add(last == '\n' ? [EndOfTransmission] : [EndOfTransmission, EndOfTransmission]);
        pending.Writer.Complete();
    }

    private void Add(byte[] chunk)
    {
        ValueTask added = pending.Writer.WriteAsync(chunk);
        if (!added.IsCompletedSuccessfully) added.AsTask().GetAwaiter().GetResult();
    }

    /// <returns>False when the person left.</returns>
    private bool Type(ReadOnlySpan<byte> keys)
    {
        byte[] output = new byte[keys.Length + 1];
        EscapeAction action = filter.Filter(keys, output, out int written);
        if (written != 0) pending.Writer.TryWrite(output[..written]);
        if (action == EscapeAction.Help) LibC.WriteAll(LibC.StandardOutput, HelpText);
        if (action != EscapeAction.Leave) return true;
        leave();
        return false;
    }

    private async Task DeliverAsync(IConsoleInput input)
    {
        if (ready is not null) await ready.Seen.ConfigureAwait(false);
        await foreach (byte[] chunk in pending.Reader.ReadAllAsync().ConfigureAwait(false))
            await input.WriteAsync(chunk, CancellationToken.None).ConfigureAwait(false);
    }
}
