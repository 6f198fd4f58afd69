namespace Supermachine.Runtime;

/// <summary>The registers of a PL031. The counter is kept as its distance from the host's clock, so a restored guest sees the present.</summary>
internal sealed record Pl031State : ISnapshotState<Pl031State>
{
    public static SnapshotSchema Schema => new("supermachine.pl031", 1);

    public uint Offset { get; init; }

    public uint Match { get; init; }

    public uint Load { get; init; }

    public uint Mask { get; init; }

    public uint Raw { get; init; }

    public static Pl031State ReadFrom(SnapshotReader reader) => new()
    {
        Offset = Register(reader, 1, "offset", uint.MaxValue),
        Match = Register(reader, 2, "RTCMR", uint.MaxValue),
        Load = Register(reader, 3, "RTCLR", uint.MaxValue),
        Mask = Register(reader, 4, "RTCIMSC", 1),
        Raw = Register(reader, 5, "RTCRIS", 1),
    };

    public void WriteTo(SnapshotWriter writer)
    {
        ReadOnlySpan<uint> registers = [Offset, Match, Load, Mask, Raw];
        for (int i = 0; i < registers.Length; i++) writer.Field(i + 1, registers[i]);
    }

    private static uint Register(SnapshotReader reader, int number, string name, uint mask)
    {
        ulong value = reader.Field(number);
        return (value & ~(ulong)mask) == 0 ? (uint)value : throw new InvalidDataException($"{name} has impossible bits: 0x{value:x}");
    }
}
