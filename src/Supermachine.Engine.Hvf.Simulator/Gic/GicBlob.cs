using System.Buffers.Binary;
using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>
/// What hv_gic_state_get_data gives: the distributor and the redistributors, with the machine they are of, and none of the CPU
/// interfaces. Opaque to callers, as Apple's is.
/// </summary>
internal sealed class GicBlob(SimulatedGic gic, int vcpuCount)
{
    private const ulong Magic = 0x3143_4947_4D49_5348; // "HSIMGIC1"
    private const int HeaderSize = 8 * 8;

    public byte[] Write(GicState state)
    {
        byte[] data = new byte[HeaderSize + state.Shared.Length + state.Routes.Length + state.Private.Length];
        ReadOnlySpan<ulong> header = [Magic, (ulong)data.Length, (ulong)vcpuCount, gic.DistributorBase, gic.RedistributorBase, (ulong)state.VcpuCount, state.Enables, state.Asleep];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(8 * i), header[i]);
        int at = HeaderSize;
        foreach (ReadOnlyMemory<byte> part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[state.Shared, state.Routes, state.Private])
        {
            part.Span.CopyTo(data.AsSpan(at));
            at += part.Length;
        }

        return data;
    }

    /// <exception cref="Refusal">It is none, damaged, or of another machine.</exception>
    public GicState Read(ReadOnlySpan<byte> data)
    {
        const int SharedSize = (Distributor.SpiCount + 31) / 32 * (5 * 4 + 32), RoutesSize = 8 * Distributor.SpiCount;
        if (data.Length < HeaderSize || Word(data, 0) != Magic || Word(data, 1) != (ulong)data.Length)
            throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicRestore, $"these {data.Length} bytes are no state of the GIC, or not all of one");
        bool isOther = Word(data, 3) != gic.DistributorBase || Word(data, 4) != gic.RedistributorBase || (vcpuCount != 0 && Word(data, 2) != (ulong)vcpuCount);
        if (isOther) throw new Refusal(HV_ERROR, SimulatorRule.GicRestore, $"the state is of a machine with {Word(data, 2)} vCPUs, GICD 0x{Word(data, 3):x}, GICR 0x{Word(data, 4):x}");
        byte[] parts = data[HeaderSize..].ToArray();
        return new GicState(
            (int)Word(data, 5),
            (uint)Word(data, 6),
            parts.AsMemory(0, SharedSize),
            parts.AsMemory(SharedSize, RoutesSize),
            parts.AsMemory(SharedSize + RoutesSize),
            (uint)Word(data, 7),
            Counter: 0);
    }

    private static ulong Word(ReadOnlySpan<byte> data, int index) => BinaryPrimitives.ReadUInt64LittleEndian(data[(8 * index)..]);
}
