using System.Buffers.Binary;

namespace Supermachine.Runtime;

/// <summary>The power state of every vCPU.</summary>
internal sealed record VcpuPowerState(IReadOnlyList<PowerState> States, IReadOnlyList<VcpuStart> Starts) : ISnapshotState<VcpuPowerState>
{
    private const int EntryLength = 17;

    public static SnapshotSchema Schema => new("supermachine.vcpu-power", 1);

    public static VcpuPowerState ReadFrom(SnapshotReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.Bytes(1).Span;
        if (bytes.IsEmpty || bytes.Length % EntryLength != 0) throw new InvalidDataException($"vCPU power states have {bytes.Length} bytes");
        var states = new PowerState[bytes.Length / EntryLength];
        var starts = new VcpuStart[states.Length];
        for (int i = 0; i < states.Length; i++, bytes = bytes[EntryLength..])
        {
            if (bytes[0] > (byte)PowerState.On) throw new InvalidDataException($"vCPU {i} has the impossible power state {bytes[0]}");
            states[i] = (PowerState)bytes[0];
            starts[i] = new(BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[9..]));
        }

        return new VcpuPowerState(states, starts);
    }

    public void WriteTo(SnapshotWriter writer)
    {
        byte[] bytes = new byte[States.Count * EntryLength];
        for (int i = 0; i < States.Count; i++)
        {
            Span<byte> entry = bytes.AsSpan(i * EntryLength, EntryLength);
            entry[0] = (byte)States[i];
            BinaryPrimitives.WriteUInt64LittleEndian(entry[1..], Starts[i].EntryPoint);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[9..], Starts[i].Context);
        }

        writer.Field(1, bytes);
    }
}
