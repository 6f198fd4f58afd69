using System.Net.Sockets;
using System.Text;
using Supermachine.Cli.Terminal;
using Supermachine.Runtime;

namespace Supermachine.Cli.Tests.Terminal;

public sealed class ConsoleKindsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFileTakesTheOutputAndBeginsAnew()
    {
        File.WriteAllText(folder["out"], "what an earlier run left");
        using (var console = new FileConsole(folder["out"]))
        {
            console.Write("one "u8);
            console.Write("two"u8);
            Assert.Equal("one two", File.ReadAllText(folder["out"]));
        }
    }

    [Fact]
    public async Task ASocketServesOneClientAfterTheOther()
    {
        var input = new RecordingInput();
        using var console = new SocketConsole(folder["socket"]);
        console.Start(input);
        console.Write("nobody listens"u8);
        for (int client = 1; client <= 2; client++)
        {
            using Socket socket = await ConnectAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes($"in{client};"));
            await input.WaitForAsync($"in{client};").WaitAsync(Patience);
            console.Write(Encoding.ASCII.GetBytes($"out{client}"));
            byte[] buffer = new byte[64];
            int count = await socket.ReceiveAsync(buffer).WaitAsync(Patience);
            Assert.Equal($"out{client}", Encoding.ASCII.GetString(buffer, 0, count));
        }
    }

    [Fact]
    public void ASocketThatAKilledProcessLeftIsTakenAndALiveOneIsNot()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)) left.Bind(new UnixDomainSocketEndPoint(folder["socket"]));
        using var first = new SocketConsole(folder["socket"]);
        Assert.Throws<SocketException>(() => new SocketConsole(folder["socket"]));
    }

    [Fact]
    public void TheGuestIsReadyWhenItSaysSoHoweverThatIsCut()
    {
        var watch = new ReadyWatch();
        watch.Watch("[ 0.1] supermachine: guest"u8);
        Assert.False(watch.Seen.IsCompleted);
        watch.Watch(" ready, uptime 1.2 s"u8);
        Assert.True(watch.Seen.IsCompletedSuccessfully);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder["socket"]));
        return socket;
    }

    private sealed class RecordingInput : IConsoleInput
    {
        private readonly StringBuilder text = new();

        public ValueTask WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation)
        {
            lock (text) text.Append(Encoding.ASCII.GetString(input.Span));
            return ValueTask.CompletedTask;
        }

        public async Task WaitForAsync(string wanted)
        {
            while (true)
            {
                lock (text)
                {
                    if (text.ToString().Contains(wanted, StringComparison.Ordinal)) return;
                }
                await Task.Delay(10);
            }
        }
    }
}
