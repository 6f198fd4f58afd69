namespace Supermachine.Virtio;

/// <summary>
/// The transport's part of a device's state (virtio 1.2, section 4.2.2). It shares the device's fields: numbers from
/// <see cref="FirstField"/> on are the transport's, the ones below are the device's own.
/// </summary>
public sealed record VirtioTransportState : ISnapshotState<VirtioTransportState>
{
    /// <summary>The lowest field number that belongs to the transport.</summary>
    public const int FirstField = 1000;

    private const int FirstQueueField = 1100;
    private const int QueueStride = 10;
    private const ulong MaxQueues = 64;

    /// <inheritdoc/>
    public static SnapshotSchema Schema => new("supermachine.virtio-mmio", 1);

    /// <summary>Status.</summary>
    public required VirtioStatus Status { get; init; }

    /// <summary>DriverFeatures, both words.</summary>
    public required ulong DriverFeatures { get; init; }

    /// <summary>DeviceFeaturesSel.</summary>
    public required uint DeviceFeaturesSel { get; init; }

    /// <summary>DriverFeaturesSel.</summary>
    public required uint DriverFeaturesSel { get; init; }

    /// <summary>QueueSel.</summary>
    public required uint QueueSel { get; init; }

    /// <summary>InterruptStatus.</summary>
    public required uint InterruptStatus { get; init; }

    /// <summary>ConfigGeneration.</summary>
    public required uint ConfigGeneration { get; init; }

    /// <summary>The queues, in order.</summary>
    public required IReadOnlyList<VirtioQueueState> Queues { get; init; }

    /// <inheritdoc/>
    public static VirtioTransportState ReadFrom(SnapshotReader reader)
    {
        ulong version = reader.Field(FirstField);
        if (version != (ulong)Schema.Version) throw new InvalidDataException($"virtio transport state has version {version}; this build reads {Schema.Version}");
        int queues = (int)StateField.Read(reader, FirstField + 8, MaxQueues, "queue count");
        return new VirtioTransportState
        {
            Status = (VirtioStatus)StateField.Read(reader, FirstField + 1, byte.MaxValue, "Status"),
            DriverFeatures = reader.Field(FirstField + 2),
            DeviceFeaturesSel = (uint)StateField.Read(reader, FirstField + 3, uint.MaxValue, "DeviceFeaturesSel"),
            DriverFeaturesSel = (uint)StateField.Read(reader, FirstField + 4, uint.MaxValue, "DriverFeaturesSel"),
            QueueSel = (uint)StateField.Read(reader, FirstField + 5, uint.MaxValue, "QueueSel"),
            InterruptStatus = (uint)StateField.Read(reader, FirstField + 6, 3, "InterruptStatus"),
            ConfigGeneration = (uint)StateField.Read(reader, FirstField + 7, uint.MaxValue, "ConfigGeneration"),
            Queues = [.. Enumerable.Range(0, queues).Select(queue => VirtioQueueState.ReadFrom(reader, FirstQueueField + (queue * QueueStride)))],
        };
    }

    /// <inheritdoc/>
    public void WriteTo(SnapshotWriter writer)
    {
        writer.Field(FirstField, (ulong)Schema.Version);
        writer.Field(FirstField + 1, (ulong)Status);
        writer.Field(FirstField + 2, DriverFeatures);
        writer.Field(FirstField + 3, DeviceFeaturesSel);
        writer.Field(FirstField + 4, DriverFeaturesSel);
        writer.Field(FirstField + 5, QueueSel);
        writer.Field(FirstField + 6, InterruptStatus);
        writer.Field(FirstField + 7, ConfigGeneration);
        writer.Field(FirstField + 8, (ulong)Queues.Count);
        for (int i = 0; i < Queues.Count; i++) Queues[i].WriteTo(writer, FirstQueueField + (i * QueueStride));
    }
}
