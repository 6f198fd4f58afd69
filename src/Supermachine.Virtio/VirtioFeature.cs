namespace Supermachine.Virtio;

/// <summary>Feature bits that belong to no device in particular (virtio 1.2, section 6), as masks.</summary>
public static class VirtioFeature
{
    /// <summary>VIRTIO_F_INDIRECT_DESC: descriptors may point to tables of descriptors.</summary>
    public const ulong INDIRECT_DESC = 1UL << 28;

    /// <summary>VIRTIO_F_EVENT_IDX: notifications are suppressed by index instead of by flag.</summary>
    public const ulong EVENT_IDX = 1UL << 29;

    /// <summary>VIRTIO_F_VERSION_1: the driver speaks this specification. We serve no other.</summary>
    public const ulong VERSION_1 = 1UL << 32;
}
