namespace Supermachine.Plugins.VirtioBlk;

/// <summary>The device's own state. The disk's contents are not in it: a read-only disk's are where they were.</summary>
/// <param name="Capacity">Sectors of 512 bytes; a disk of another size is refused.</param>
/// <param name="Writeback">The configuration field of that name (virtio 1.2, section 5.2.4).</param>
public sealed record VirtioBlkState(ulong Capacity, byte Writeback) : ISnapshotState<VirtioBlkState>
{
    /// <inheritdoc/>
    public static SnapshotSchema Schema => new("supermachine.virtio-blk", 1);

    /// <inheritdoc/>
    public static VirtioBlkState ReadFrom(SnapshotReader reader)
    {
        ulong writeback = reader.Field(2);
        if (writeback > 1) throw new InvalidDataException($"writeback (field 2) is {writeback}, above 1");
        return new VirtioBlkState(reader.Field(1), (byte)writeback);
    }

    /// <inheritdoc/>
    public void WriteTo(SnapshotWriter writer)
    {
        writer.Field(1, Capacity);
        writer.Field(2, Writeback);
    }
}
