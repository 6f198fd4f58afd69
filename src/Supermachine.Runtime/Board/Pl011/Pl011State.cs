namespace Supermachine.Runtime;

/// <summary>The registers of a PL011 and the bytes in its FIFOs.</summary>
internal sealed record Pl011State : ISnapshotState<Pl011State>
{
    public static SnapshotSchema Schema => new("supermachine.pl011", 1);

    public uint LinePower { get; init; }

    public uint BaudInteger { get; init; }

    public uint BaudFraction { get; init; }

    public uint LineControl { get; init; }

    public uint Control { get; init; }

    public uint FifoLevels { get; init; }

    public uint InterruptMask { get; init; }

    public uint LatchedInterrupts { get; init; }

    public uint ReceiveStatus { get; init; }

    public uint DmaControl { get; init; }

    public bool TransmitArmed { get; init; }

    public ReadOnlyMemory<byte> ReceiveFifo { get; init; }

    public ReadOnlyMemory<byte> TransmitFifo { get; init; }

    public static Pl011State ReadFrom(SnapshotReader reader) => new()
    {
        LinePower = Register(reader, 1, "UARTILPR", 0xff),
        BaudInteger = Register(reader, 2, "UARTIBRD", 0xffff),
        BaudFraction = Register(reader, 3, "UARTFBRD", 0x3f),
        LineControl = Register(reader, 4, "UARTLCR_H", 0xff),
        Control = Register(reader, 5, "UARTCR", 0xffff),
        FifoLevels = Register(reader, 6, "UARTIFLS", 0x3f),
        InterruptMask = Register(reader, 7, "UARTIMSC", 0x7ff),
        LatchedInterrupts = Register(reader, 8, "UARTRIS", 0x7ff),
        ReceiveStatus = Register(reader, 9, "UARTRSR", 0xf),
        DmaControl = Register(reader, 10, "UARTDMACR", 7),
        TransmitArmed = Register(reader, 11, "transmit level", 1) != 0,
        ReceiveFifo = Fifo(reader, 12, "receive FIFO"),
        TransmitFifo = Fifo(reader, 13, "transmit FIFO"),
    };

    public void WriteTo(SnapshotWriter writer)
    {
        ReadOnlySpan<uint> registers =
            [LinePower, BaudInteger, BaudFraction, LineControl, Control, FifoLevels, InterruptMask, LatchedInterrupts, ReceiveStatus, DmaControl];
        for (int i = 0; i < registers.Length; i++) writer.Field(i + 1, registers[i]);
        writer.Field(11, TransmitArmed ? 1u : 0u);
        writer.Field(12, ReceiveFifo.Span);
        writer.Field(13, TransmitFifo.Span);
    }

    private static uint Register(SnapshotReader reader, int number, string name, uint mask)
    {
        ulong value = reader.Field(number);
        return (value & ~(ulong)mask) == 0 ? (uint)value : throw new InvalidDataException($"{name} has impossible bits: 0x{value:x}");
    }

    private static ReadOnlyMemory<byte> Fifo(SnapshotReader reader, int number, string name)
    {
        byte[] bytes = reader.Bytes(number).ToArray();
        return bytes.Length <= Pl011.FifoDepth ? bytes : throw new InvalidDataException($"{name} holds {bytes.Length} bytes, at most {Pl011.FifoDepth} fit");
    }
}
