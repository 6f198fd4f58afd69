using System.Runtime.InteropServices;
using System.Text;

namespace Supermachine.Engine.Hvf;

/// <summary>The framework's GIC, without the vCPUs' CPU interfaces and redistributor registers, which belong to the vCPUs; and the guest's clock.</summary>
/// <param name="Machine">What the state only fits.</param>
/// <param name="SystemVersion">The macOS that wrote <paramref name="Blob"/>, which no other reads.</param>
/// <param name="Counter">CNTVCT_EL0.</param>
/// <param name="Physical">CNTPCT_EL0 at the same moment.</param>
/// <param name="Blob">The framework's own state; empty where it gave none.</param>
/// <param name="Registers">The distributor as <see cref="DistributorRegisters"/> reads it; empty where it could not be read.</param>
internal sealed record HvfGicState(
    GicMachine Machine,
    string SystemVersion,
    ulong Counter,
    ulong Physical,
    ReadOnlyMemory<byte> Blob,
    ReadOnlyMemory<byte> Registers) : ISnapshotState<HvfGicState>
{
    private const int LongestVersion = 32;

    public static SnapshotSchema Schema { get; } = new("supermachine.hvf-gic", 1);

    public ReadOnlySpan<ulong> RegisterValues => MemoryMarshal.Cast<byte, ulong>(Registers.Span);

    public static HvfGicState ReadFrom(SnapshotReader reader)
    {
        ReadOnlyMemory<byte> version = reader.Bytes(2);
        if (version.Length is 0 or > LongestVersion || !Ascii.IsValid(version.Span)) throw new InvalidDataException($"{Schema.Id}: the version of macOS has {version.Length} bytes, or not only letters");
        ReadOnlyMemory<byte> registers = reader.Bytes(6);
        if (registers.Length % sizeof(ulong) != 0) throw new InvalidDataException($"{Schema.Id}: the distributor's registers have {registers.Length} bytes");
        return new HvfGicState(GicMachine.ReadFrom(reader.Bytes(1).Span), Encoding.ASCII.GetString(version.Span), reader.Field(3), reader.Field(4), reader.Bytes(5), registers);
    }

    public void WriteTo(SnapshotWriter writer)
    {
        writer.Field(1, Machine.ToBytes());
        writer.Field(2, Encoding.ASCII.GetBytes(SystemVersion));
        writer.Field(3, Counter);
        writer.Field(4, Physical);
        writer.Field(5, Blob.Span);
        writer.Field(6, Registers.Span);
    }
}

/// <summary>What a GIC's state only fits: number and place of everything.</summary>
internal sealed record GicMachine(ulong VcpuCount, ulong AddressBits, ulong DistributorBase, ulong RedistributorBase, InterruptControllerGeometry Geometry)
{
    private static readonly string[] Names =
    [
        "number of vCPUs", "width of addresses", "distributor base", "redistributor base",
        "distributor size", "redistributor region size", "redistributor size", "alignment", "first SPI", "number of SPIs",
    ];

    public static GicMachine ReadFrom(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Names.Length * sizeof(ulong)) throw new InvalidDataException($"{HvfGicState.Schema.Id}: the geometry has {bytes.Length} bytes, not {Names.Length * sizeof(ulong)}");
        ulong[] v = MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
        return new GicMachine(v[0], v[1], v[2], v[3], new InterruptControllerGeometry(v[4], v[5], v[6], v[7], (uint)v[8], (uint)v[9]));
    }

    public byte[] ToBytes() => MemoryMarshal.AsBytes<ulong>(Values()).ToArray();

    /// <exception cref="InvalidDataException">The saved machine differs; names the first difference.</exception>
    public void RequireSame(GicMachine saved)
    {
        ulong[] here = Values(), there = saved.Values();
        for (int i = 0; i < here.Length; i++)
            if (here[i] != there[i]) throw new InvalidDataException($"{HvfGicState.Schema.Id}: the state has {Names[i]} 0x{there[i]:x}, this machine has 0x{here[i]:x}");
    }

    private ulong[] Values() =>
    [
        VcpuCount, AddressBits, DistributorBase, RedistributorBase,
        Geometry.DistributorSize, Geometry.RedistributorRegionSize, Geometry.RedistributorSize, Geometry.Alignment, Geometry.FirstSpi, Geometry.SpiCount,
    ];
}
