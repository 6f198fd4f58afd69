using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Supermachine.Runtime;

namespace Supermachine.Cli.Terminal;

/// <summary>The keys of a console of kind <c>socket</c>.</summary>
internal sealed class SocketConsoleOptions
{
    /// <summary>Where the Unix socket is made.</summary>
    [Required]
    [HostPath]
    public string Path { get; set; } = "";
}

/// <summary>A console on a Unix socket, for one client at a time. What the guest writes while there is none is dropped.</summary>
internal sealed class SocketConsole : IConsoleBackend, IDisposable
{
    private const int ChunkSize = 4096;

    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource ended = new();
    private readonly string path;
    private volatile Socket? client;

    public SocketConsole(string path)
    {
        this.path = path;
        // A socket that a killed process left is in the way; whoever listens on one loses nothing by the attempt to reach it.
        if (File.Exists(path) && !Answers(path)) File.Delete(path);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
    }

    public void Write(ReadOnlySpan<byte> output)
    {
        Socket? reader = client;
        try
        {
            while (reader is not null && !output.IsEmpty) output = output[reader.Send(output)..];
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has gone; the loop that accepts notices too.
            client = null;
        }
    }

    public void Start(IConsoleInput input) => _ = ServeAsync(input);

    public void Dispose()
    {
        ended.Cancel();
        client?.Dispose();
        listener.Dispose();
        File.Delete(path);
        ended.Dispose();
    }

    private static bool Answers(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ServeAsync(IConsoleInput input)
    {
        CancellationToken cancellation = ended.Token;
        byte[] buffer = new byte[ChunkSize];
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                using Socket accepted = await listener.AcceptAsync(cancellation).ConfigureAwait(false);
                client = accepted;
                int count;
                while ((count = await accepted.ReceiveAsync(buffer, cancellation).ConfigureAwait(false)) != 0)
                    await input.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The client has gone, or the machine has.
            }
            client = null;
        }
    }
}
