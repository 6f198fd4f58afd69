using System.Buffers.Binary;
using Supermachine;
using Supermachine.Runtime;
using Supermachine.Testing;

namespace Samples.Tests;

public sealed class TallyTests
{
    private const string File = "samples/SmallestDevice/tally.toml";

    [Fact]
    public void The_line_is_high_from_the_limit_on_until_a_reset()
    {
        FakeInterruptLine line = new();
        Tally tally = new(limit: 42, line);

        Assert.Equal(MmioResult.Ok, tally.Write(0, AccessWidth.Word, 41));
        Assert.False(line.IsAsserted);
        Assert.Equal(MmioResult.Ok, tally.Write(0, AccessWidth.Word, 1));
        Assert.True(line.IsAsserted);
        Assert.Equal(MmioResult.Ok, tally.Read(0, AccessWidth.Word, out ulong sum));
        Assert.Equal(42u, sum);
        tally.Reset();
        Assert.False(line.IsAsserted);
    }

    [Fact]
    public void There_is_one_register()
    {
        Tally tally = new(limit: 1, new FakeInterruptLine());

        Assert.Equal(MmioResult.NoSuchRegister, tally.Read(4, AccessWidth.Word, out _));
        Assert.Equal(MmioResult.NoSuchRegister, tally.Write(4, AccessWidth.Word, 1));
    }

    [Fact]
    public async Task Its_machine_file_is_fine_and_its_option_has_a_range()
    {
        using SampleRuntime runtime = new();

        Assert.Empty(await runtime.CheckAsync(runtime.Read(File)));
        Diagnostic refusal = Assert.Single(await runtime.CheckAsync(runtime.Read(File, "device.tally0.limit=0")));
        Assert.Equal("--set device.tally0.limit: error SM0107: device \"tally0\": limit must be between 1 and 1000, was 0", refusal.ToString());
    }

    [Fact]
    public async Task A_guest_adds_up()
    {
        string guest = Path.GetTempFileName();
        System.IO.File.WriteAllBytes(guest, Guest());
        using SampleRuntime runtime = new();

        MachineOutcome outcome = await runtime.RunAsync(runtime.Read(File, $"boot.kernel={guest}", $"boot.initrd={guest}"));
        System.IO.File.Delete(guest);

        Assert.Equal(MachineEnding.PoweredOff, outcome.Ending);
        Assert.Equal("*", runtime.Output);
    }

    /// <summary>Writes 40 and 2 to the tally, sends what it reads there to the console, and powers off. Assembled by GNU as.</summary>
    private static byte[] Guest()
    {
        uint[] words =
        [
            0xd2a14000, // mov  x0, #0x0a000000    the first device of a machine file
            0x52800501, // mov  w1, #40
            0xb9000001, // str  w1, [x0]
            0x52800041, // mov  w1, #2
            0xb9000001, // str  w1, [x0]
            0xb9400002, // ldr  w2, [x0]
            0xd2a12003, // mov  x3, #0x09000000    PL011 UARTDR
            0xb9000062, // str  w2, [x3]
            0x52800100, // mov  w0, #0x0008
            0x72b08000, // movk w0, #0x8400, lsl #16    PSCI SYSTEM_OFF
            0xd4000002, // hvc  #0
        ];
        byte[] bytes = new byte[words.Length * sizeof(uint)];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), words[i]);
        return bytes;
    }
}
