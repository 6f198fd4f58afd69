using Supermachine.Testing;

namespace Supermachine.Runtime.Tests.Board;

public sealed class MachinePartsTests
{
    [Fact]
    public async Task A_part_that_fails_keeps_no_other_from_being_stopped_and_disposed_of()
    {
        List<string> calls = [];
        var logger = new RecordingLogger();
        var parts = new MachineParts([.. new[] { "first", "broken", "last" }.Select(name => new BoardDevice(name, new GuestAddress(0x0a00_0000), new Part(name, calls), []))], logger);

        parts.Start();
        parts.Stop();
        Assert.Equal(["stop last", "stop broken", "stop first"], calls);
        parts.Stop();
        Assert.Equal(3, calls.Count);

        await parts.DisposeAsync();
        Assert.Equal(["dispose last", "dispose broken", "dispose first"], calls[3..]);
        Assert.Equal(2, logger.Entries.Count(line => line.Message.Contains("\"broken\"", StringComparison.Ordinal)));
        Assert.Equal(2, logger.Entries.Count);
    }

    private sealed class Part(string name, List<string> calls) : IMmioDevice, IMachinePart, IDisposable
    {
        public MmioWindow Window => new(0x200);

        public MmioResult Read(uint offset, AccessWidth width, out ulong value)
        {
            value = 0;
            return MmioResult.Ok;
        }

        public MmioResult Write(uint offset, AccessWidth width, ulong value) => MmioResult.Ok;

        public void Reset() => calls.Add($"reset {name}");

        public ValueTask StopAsync()
        {
            Call("stop");
            return ValueTask.CompletedTask;
        }

        public void Dispose() => Call("dispose");

        private void Call(string what)
        {
            calls.Add($"{what} {name}");
            if (name == "broken") throw new InvalidOperationException($"cannot {what}");
        }
    }
}
