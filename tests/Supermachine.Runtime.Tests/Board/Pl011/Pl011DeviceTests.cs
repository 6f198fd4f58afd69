using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

public sealed class Pl011DeviceTests
{
    private readonly FakeDeviceContext _context = new(name: "uart0");
    private readonly RecordingConsole _console = new();
    private readonly Pl011Device _uart;

    public Pl011DeviceTests()
    {
        _uart = new Pl011Device(_context);
        _uart.Connect(_console);
    }

    [Fact]
    public async Task Input_waits_for_a_guest_that_listens_and_arrives_whole_and_in_order()
    {
        byte[] input = [.. Enumerable.Range(0, 1000).Select(value => (byte)value)];
        _uart.Start();
        ValueTask writing = _console.Input!.WriteAsync(input, CancellationToken.None);

        // Linux empties the FIFO when it opens the port: nothing may be lost there.
        _uart.Read(Pl011.UARTFR, AccessWidth.Word, out ulong flags);
        Assert.Equal(0x10u, flags & 0x10);
        _uart.Write(Pl011.UARTLCR_H, AccessWidth.Word, 0x70);
        _uart.Write(Pl011.UARTIMSC, AccessWidth.Word, 0x50);

        List<byte> received = [];
        while (received.Count < input.Length)
        {
            SpinWait.SpinUntil(() => _context.Line("uart").IsAsserted, TimeSpan.FromSeconds(10));
            _uart.Read(Pl011.UARTDR, AccessWidth.Word, out ulong value);
            received.Add((byte)value);
        }

        await writing;
        Assert.Equal(input, received);
        SpinWait.SpinUntil(() => !_context.Line("uart").IsAsserted, TimeSpan.FromSeconds(10));
        Assert.False(_context.Line("uart").IsAsserted);
        await _uart.StopAsync();
    }

    [Fact]
    public async Task Input_can_be_cancelled()
    {
        _uart.Start();
        using var cancel = new CancellationTokenSource();
        ValueTask writing = _console.Input!.WriteAsync("x"u8.ToArray(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(writing.AsTask);
        await _uart.StopAsync();
    }

    [Fact]
    public async Task A_stopped_uart_takes_no_input_until_started_again()
    {
        _uart.Start();
        _uart.Write(Pl011.UARTIMSC, AccessWidth.Word, 0x50);
        await _uart.StopAsync();
        ValueTask writing = _console.Input!.WriteAsync("x"u8.ToArray(), CancellationToken.None);
        Assert.False(_context.Line("uart").IsAsserted);
        _uart.Start();
        await writing;
        Assert.True(_context.Line("uart").IsAsserted);
        await _uart.StopAsync();
    }

    [Fact]
    public async Task A_slow_console_loses_nothing_and_a_stop_shows_all_of_it()
    {
        var slow = new SlowConsole();
        var uart = new Pl011Device(_context);
        uart.Connect(slow);
        uart.Start();
        uart.Write(Pl011.UARTLCR_H, AccessWidth.Word, 0x10);
        byte[] output = new byte[200_000];
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (byte)(i * 7);
            while (true)
            {
                uart.Read(Pl011.UARTFR, AccessWidth.Word, out ulong flags);
                if ((flags & 0x20) == 0) break;
                slow.Open.Set();
                Thread.Yield();
            }

            uart.Write(Pl011.UARTDR, AccessWidth.Word, output[i]);
        }

        slow.Open.Set();
        await uart.StopAsync();
        Assert.Equal(output, slow.Bytes);
    }

    [Fact]
    public async Task A_console_that_fails_is_logged_once_and_the_guest_goes_on()
    {
        var uart = new Pl011Device(_context);
        uart.Connect(new BrokenConsole());
        uart.Start();
        for (int i = 0; i < 100_000; i++) uart.Write(Pl011.UARTDR, AccessWidth.Word, 'x');
        await uart.StopAsync();
        Assert.Contains("console", Assert.Single(_context.Log.Entries).Message, StringComparison.Ordinal);
    }

    private sealed class SlowConsole : IConsoleBackend
    {
        public ManualResetEventSlim Open { get; } = new();

        public List<byte> Bytes { get; } = [];

        public void Write(ReadOnlySpan<byte> output)
        {
            Open.Wait();
            Bytes.AddRange(output);
        }

        public void Start(IConsoleInput input)
        {
        }
    }

    private sealed class BrokenConsole : IConsoleBackend
    {
        public void Write(ReadOnlySpan<byte> output) => throw new IOException("broken pipe");

        public void Start(IConsoleInput input)
        {
        }
    }
}
