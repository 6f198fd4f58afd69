namespace Supermachine.Virtio;

/// <summary>One queue's registers and position, in the field numbers of <see cref="VirtioTransportState"/>.</summary>
public sealed record VirtioQueueState
{
    /// <summary>QueueReady.</summary>
    public required bool Ready { get; init; }

    /// <summary>QueueNum.</summary>
    public required ushort Size { get; init; }

    /// <summary>QueueDesc.</summary>
    public required ulong Descriptors { get; init; }

    /// <summary>QueueDriver.</summary>
    public required ulong Driver { get; init; }

    /// <summary>QueueDevice.</summary>
    public required ulong Device { get; init; }

    /// <summary>The index of the next available entry to take.</summary>
    public required ushort NextAvailable { get; init; }

    /// <summary>The index of the next used entry to write.</summary>
    public required ushort NextUsed { get; init; }

    internal void WriteTo(SnapshotWriter writer, int number)
    {
        writer.Field(number, Ready ? 1UL : 0UL);
        writer.Field(number + 1, Size);
        writer.Field(number + 2, Descriptors);
        writer.Field(number + 3, Driver);
        writer.Field(number + 4, Device);
        writer.Field(number + 5, NextAvailable);
        writer.Field(number + 6, NextUsed);
    }

    internal static VirtioQueueState ReadFrom(SnapshotReader reader, int number) => new()
    {
        Ready = StateField.Read(reader, number, 1, "QueueReady") != 0,
        Size = (ushort)StateField.Read(reader, number + 1, ushort.MaxValue, "QueueNum"),
        Descriptors = reader.Field(number + 2),
        Driver = reader.Field(number + 3),
        Device = reader.Field(number + 4),
        NextAvailable = (ushort)StateField.Read(reader, number + 5, ushort.MaxValue, "next available index"),
        NextUsed = (ushort)StateField.Read(reader, number + 6, ushort.MaxValue, "next used index"),
    };
}
