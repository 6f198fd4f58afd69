using System.Security.Cryptography;
using Supermachine;
using Supermachine.Virtio;

namespace Samples;

/// <summary>The entropy device (virtio 1.2, section 5.4).</summary>
public sealed class VirtioRng(IDeviceContext context) : VirtioDevice<VirtioRngState>(context)
{
    private DescriptorChain? chain;

    // 5.4.1
    protected override uint DeviceId => 4;

    // 5.4.2: one queue, requestq. There are no feature bits (5.4.3) and no configuration layout (5.4.4).
    protected override ReadOnlySpan<ushort> QueueSizes => new ushort[] { 64 };

    protected override VirtioRngState State { get => default; set { } }

    // 5.4.6: the driver's buffers are the device's to write; at least one byte goes into each chain.
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
