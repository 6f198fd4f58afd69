using Supermachine;
using Supermachine.Testing;

namespace Samples.Tests;

public sealed class VirtioRngTests
{
    private static readonly VirtioConformance Suite = new(context => new VirtioRng(context));

    public static TheoryData<string> Checks => [.. Suite.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task It_conforms(string check) => Suite.RunAsync(check);

    [Fact]
    public void It_fills_the_drivers_buffer()
    {
        FakeDeviceContext context = new();
        VirtioRng device = new(context);
        VirtioDriver driver = new(device, (FakeGuestMemory)context.Memory);
        device.Start();
        Assert.True(driver.Negotiate(driver.Offered));
        VirtioDriverQueue queue = driver.SetUpQueue(0, 8);
        driver.DriverOk();
        GuestAddress buffer = driver.Allocate(64);

        queue.Add(new VirtioDriverBuffer(buffer, 64, DeviceWrites: true));
        queue.Kick();

        Assert.Equal(64u, queue.Reap().Written);
        Assert.True(driver.Memory.Slice(buffer, 64).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task Its_machine_file_is_fine_and_it_has_no_options()
    {
        const string File = "samples/SmallestVirtioDevice/rng.toml";
        using SampleRuntime runtime = new();

        Assert.Empty(await runtime.CheckAsync(runtime.Read(File)));
        Assert.Equal("SM0101", Assert.Single(await runtime.CheckAsync(runtime.Read(File, "device.rng0.speed=1"))).Code);
    }
}
