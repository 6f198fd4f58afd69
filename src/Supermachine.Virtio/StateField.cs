namespace Supermachine.Virtio;

/// <summary>Reads integer fields within their limits.</summary>
internal static class StateField
{
    public static ulong Read(SnapshotReader reader, int number, ulong limit, string name)
    {
        ulong value = reader.Field(number);
        return value <= limit ? value : throw new InvalidDataException($"{name} (field {number}) is {value}, above {limit}");
    }
}
