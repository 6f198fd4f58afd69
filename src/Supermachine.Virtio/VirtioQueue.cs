using System.Diagnostics;

namespace Supermachine.Virtio;

/// <summary>
/// A virtqueue in the hands of a device's author: take a chain, use its buffers, complete it. Any thread may call. The driver can
/// reset the device at any moment; a reset then waits for the chains that are taken, so complete them soon, and drop what is no
/// longer <see cref="IsCurrent"/>.
/// </summary>
public sealed class VirtioQueue
{
    private readonly VirtioDevice device;
    private readonly SplitQueue queue;
    private readonly IGuestMemory memory;

    internal VirtioQueue(VirtioDevice device, SplitQueue queue, IGuestMemory memory, int index) =>
        (this.device, this.queue, this.memory, Index) = (device, queue, memory, index);

    /// <summary>The queue's number.</summary>
    public int Index { get; }

    /// <summary>The size the device offers.</summary>
    public int MaxSize => queue.MaxSize;

    /// <summary>
    /// The least room a chain gets. Linux fills an indirect table by the device's own limit on buffers and not by the queue's
    /// size, so a small queue has to take more than it could hold in its own table.
    /// </summary>
    private const int LeastChainLength = 256;

    /// <summary>Makes an object for <see cref="TryTake"/> to fill. One for each chain in use at a time.</summary>
    public DescriptorChain CreateChain() => new(memory, Math.Max(LeastChainLength, (int)queue.MaxSize));

    /// <summary>
    /// Takes the next chain that the driver has made available. False: there is none, the device is stopped, or the driver broke
    /// the queue (the device then asks for a reset). After false the next chain comes with a notification.
    /// </summary>
    public bool TryTake(DescriptorChain chain)
    {
        lock (device.Gate)
        {
            if (!device.MayTake || !queue.Ready) return false;
            if (queue.TryTake(chain, out QueueFault fault))
            {
                chain.InFlight = true;
                device.InFlight++;
                return true;
            }

            if (fault != QueueFault.None) device.Fault(Index, fault);
            return false;
        }
    }

    /// <summary>Whether more chains wait to be taken.</summary>
    public bool HasMore
    {
        get { lock (device.Gate) return device.MayTake && queue.HasMore(); }
    }

    /// <summary>Whether the chain is still the device's: false once the driver has reset the device or stopped the queue.</summary>
    public bool IsCurrent(DescriptorChain chain)
    {
        lock (device.Gate) return chain.Epoch == queue.Epoch;
    }

    /// <summary>Gives a chain back to the driver, with an interrupt if it wants one. Dropped when the chain is no longer current.</summary>
    /// <param name="chain">A chain that was taken and not yet completed.</param>
    /// <param name="written">How many bytes of the writable buffers, from their start, have been written.</param>
    public void Complete(DescriptorChain chain, uint written)
    {
        Debug.Assert(written <= chain.WritableLength, "no more is written than there is room for");
        lock (device.Gate)
        {
            Debug.Assert(chain.InFlight, "a chain is completed once");
            chain.InFlight = false;
            if (chain.Epoch == queue.Epoch && device.MayComplete)
            {
                QueueFault fault = queue.Publish(chain.Head, written, out bool interrupt);
                if (fault != QueueFault.None) device.Fault(Index, fault);
                else if (interrupt) device.NotifyUsed();
            }

            device.Released();
        }
    }
}
