using System.Buffers.Binary;

namespace Supermachine.Engine.Software;

/// <summary>
/// The GIC's state without its CPU interfaces, which belong to the vCPUs, and without the lines, whose levels devices and timers
/// set again after a restore.
/// </summary>
/// <param name="VcpuCount">How many redistributors follow.</param>
/// <param name="Enables">GICD_CTLR.EnableGrp0 and EnableGrp1.</param>
/// <param name="Shared">The SPIs as <see cref="Pack"/> lays a bank out.</param>
/// <param name="Routes">GICD_IROUTER of every SPI, 8 bytes each.</param>
/// <param name="Private">The redistributors' banks, one after the other.</param>
/// <param name="Asleep">GICR_WAKER.ProcessorSleep, one bit for each vCPU.</param>
/// <param name="Counter">The system counter (CNTPCT) at the time of saving.</param>
internal sealed record GicState(
    int VcpuCount,
    uint Enables,
    ReadOnlyMemory<byte> Shared,
    ReadOnlyMemory<byte> Routes,
    ReadOnlyMemory<byte> Private,
    uint Asleep,
    ulong Counter) : ISnapshotState<GicState>
{
    /// <summary>Bytes of the redistributors' banks: five bit words and 32 priorities.</summary>
    public const int PrivateSize = 5 * 4 + 32;

    public static SnapshotSchema Schema { get; } = new("supermachine.software-gic", 1);

    public static GicState ReadFrom(SnapshotReader reader)
    {
        ulong vcpus = Require("vCPU count", reader.Field(1), reader.Field(1) is >= 1 and <= GicV3.MaxVcpus);
        ulong enables = Require("GICD_CTLR", reader.Field(2), reader.Field(2) <= 3);
        ulong asleep = Require("GICR_WAKER", reader.Field(6), reader.Field(6) >> (int)vcpus == 0);
        var state = new GicState((int)vcpus, (uint)enables, reader.Bytes(3), reader.Bytes(4), reader.Bytes(5), (uint)asleep, reader.Field(7));
        state.Validate();
        return state;
    }

    public void WriteTo(SnapshotWriter writer)
    {
        writer.Field(1, (ulong)VcpuCount);
        writer.Field(2, Enables);
        writer.Field(3, Shared.Span);
        writer.Field(4, Routes.Span);
        writer.Field(5, Private.Span);
        writer.Field(6, Asleep);
        writer.Field(7, Counter);
    }

    /// <summary>A bank as bytes: Group, Enabled, Latch, Active and Edge, one little-endian word per 32 INTIDs, then the priorities.</summary>
    public static byte[] Pack(InterruptBank bank)
    {
        int words = bank.EndWord - bank.FirstWord;
        byte[] packed = new byte[words * (5 * 4 + 32)];
        int at = 0;
        foreach (uint[] bits in Words(bank))
        {
            for (int word = bank.FirstWord; word < bank.EndWord; word++, at += 4) BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(at), bits[word]);
        }
        bank.Priority.AsSpan(bank.FirstWord * 32, words * 32).CopyTo(packed.AsSpan(at));
        return packed;
    }

    /// <summary>Applies what <see cref="Pack"/> wrote, once validated.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, InterruptBank bank)
    {
        int at = 0;
        foreach (uint[] bits in Words(bank))
        {
            for (int word = bank.FirstWord; word < bank.EndWord; word++, at += 4)
                bits[word] = BinaryPrimitives.ReadUInt32LittleEndian(packed[at..]) & bank.Implemented(word);
        }
        packed[at..].CopyTo(bank.Priority.AsSpan(bank.FirstWord * 32));
    }

    private static uint[][] Words(InterruptBank bank) => [bank.Group, bank.Enabled, bank.Latch, bank.Active, bank.Edge];

    private static ulong Require(string field, ulong value, bool valid) =>
        valid ? value : throw new InvalidDataException($"{Schema.Id}: {field} cannot be 0x{value:x}");

    private void Validate()
    {
        const int SharedWords = (InterruptBank.FirstSpecial + 31) / 32 - 1;
        ValidateBank("SPIs", Shared.Span, SharedWords, 1);
        ValidateBank("SGIs and PPIs", Private.Span, 1, VcpuCount);
        Require("length of GICD_IROUTER", (ulong)Routes.Length, Routes.Length == 8 * Distributor.SpiCount);
        for (int at = 0; at < Routes.Length; at += 8)
        {
            ulong route = BinaryPrimitives.ReadUInt64LittleEndian(Routes.Span[at..]);
            Require("GICD_IROUTER", route, Distributor.IsRoute(route));
        }
    }

    private static void ValidateBank(string name, ReadOnlySpan<byte> packed, int words, int count)
    {
        int size = words * (5 * 4 + 32);
        Require($"length of the {name}", (ulong)packed.Length, packed.Length == size * count);
        for (int bank = 0; bank < count; bank++)
        {
            foreach (byte priority in packed.Slice(bank * size + words * 5 * 4, words * 32))
                Require($"priority of the {name}", priority, (priority & ~InterruptBank.PriorityMask) == 0);
        }
    }
}
