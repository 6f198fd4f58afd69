using System.Security.Cryptography;
using Supermachine.Testing;

namespace Supermachine.Virtio.Tests;

/// <summary>The smallest device, as the README of Supermachine.Virtio shows it.</summary>
public sealed class VirtioRng(IDeviceContext context) : VirtioDevice<VirtioRngState>(context)
{
    private DescriptorChain? chain;

    protected override uint DeviceId => 4;

    protected override ReadOnlySpan<ushort> QueueSizes => new ushort[] { 64 };

    protected override VirtioRngState State { get => default; set { } }

    protected override void HandleQueue(VirtioQueue queue)
    {
        chain ??= queue.CreateChain();
        Span<byte> bytes = stackalloc byte[256];
        while (queue.TryTake(chain))
        {
            Span<byte> answer = bytes[..(int)Math.Min((uint)bytes.Length, chain.WritableLength)];
            RandomNumberGenerator.Fill(answer);
            queue.Complete(chain, chain.TryWrite(0, answer) ? (uint)answer.Length : 0);
        }
    }
}

public readonly record struct VirtioRngState : ISnapshotState<VirtioRngState>
{
    public static SnapshotSchema Schema => new("supermachine.sample-rng", 1);

    public static VirtioRngState ReadFrom(SnapshotReader reader) => default;

    public void WriteTo(SnapshotWriter writer)
    {
        // The host's randomness has no state of ours.
    }
}

public class VirtioRngTests
{
    private static readonly VirtioConformance Suite = new(context => new VirtioRng(context));

    public static TheoryData<string> Checks => [.. Suite.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task TheSampleConforms(string check) => Suite.RunAsync(check);

    [Fact]
    public void FillsWhatItIsGiven()
    {
        var context = new FakeDeviceContext();
        var device = new VirtioRng(context);
        var driver = new VirtioDriver(device, (FakeGuestMemory)context.Memory);
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
}
