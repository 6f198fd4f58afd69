namespace Supermachine.Virtio;

/// <summary>The device status field (virtio 1.2, section 2.1).</summary>
[Flags]
public enum VirtioStatus : byte
{
    /// <summary>Reset.</summary>
    None = 0,

    /// <summary>The guest has found the device.</summary>
    ACKNOWLEDGE = 1,

    /// <summary>The guest knows how to drive it.</summary>
    DRIVER = 2,

    /// <summary>The driver is ready; queues are live.</summary>
    DRIVER_OK = 4,

    /// <summary>Features are agreed.</summary>
    FEATURES_OK = 8,

    /// <summary>The device cannot go on until it is reset.</summary>
    DEVICE_NEEDS_RESET = 64,

    /// <summary>The guest has given up on the device.</summary>
    FAILED = 128,
}
