using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

public class ConformanceTests
{
    private static readonly VirtioConformance Suite = new(context => new TestDevice(context));

    public static TheoryData<string> Checks => [.. Suite.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task ATestDeviceConforms(string check) => Suite.RunAsync(check);

    [Fact]
    public async Task ADeviceThatThrowsDoesNot()
    {
        var suite = new VirtioConformance(context => new Broken(new TestDevice(context)));
        ConformanceException error = await Assert.ThrowsAsync<ConformanceException>(() => suite.RunAsync("any access has a result"));
        Assert.Contains("IndexOutOfRangeException", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConformanceException>(() => suite.RunAsync("features"));
    }

    /// <summary>A device with two mistakes: it indexes with the guest's number, and takes any features.</summary>
    private sealed class Broken(TestDevice device) : IMmioDevice
    {
        private readonly byte[] registers = new byte[0x108];

        public MmioWindow Window => device.Window;

        public MmioResult Read(uint offset, AccessWidth width, out ulong value)
        {
            MmioResult result = device.Read(offset, width, out value);
            if (offset == 0x070 && value != 0) value |= 8;
            return result;
        }

        public MmioResult Write(uint offset, AccessWidth width, ulong value)
        {
            registers[offset] = (byte)value;
            return device.Write(offset, width, value);
        }
    }
}
