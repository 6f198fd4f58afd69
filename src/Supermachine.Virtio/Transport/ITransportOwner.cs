namespace Supermachine.Virtio;

/// <summary>What the transport tells the device it belongs to. Called on the thread that wrote the register, under the device's lock.</summary>
internal interface ITransportOwner
{
    /// <summary>The driver has set DRIVER_OK.</summary>
    void DriverReady();

    /// <summary>The driver has made buffers available in a queue that is ready, of a device that is live.</summary>
    void QueueNotified(int queue);

    /// <summary>The driver has taken the buffers of some or all queues back. Returns once none of them is written any more.</summary>
    /// <param name="wholeDevice">Whether the whole device was reset.</param>
    /// <returns>False when host I/O into them still goes on; <see cref="VirtioMmioTransport.ReleasePending"/> is to be cleared when it ends.</returns>
    bool BuffersRevoked(bool wholeDevice);

    /// <summary>The driver did something that only a reset mends.</summary>
    void Faulted(int queue, QueueFault fault);
}
