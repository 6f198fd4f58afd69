using System.Buffers.Binary;
using System.IO.Compression;

namespace Supermachine.Engine.Software.Tests.FloatingPoint;

/// <summary>One record of eng/floating-point/record.c.</summary>
internal readonly record struct FloatingPointVector(
    int Operation, uint Fpcr, uint Fpsr, uint Nzcv, ulong A, ulong B, ulong C, ulong Result)
{
    private const int Size = 36;

    public static IEnumerable<FloatingPointVector> Read()
    {
        // A larger recording, not compressed, may be given when the arithmetic itself is worked on.
        string? other = Environment.GetEnvironmentVariable("SUPERMACHINE_FLOATING_POINT_VECTORS");
        string recorded = Path.Combine(AppContext.BaseDirectory, "FloatingPoint", "vectors.bin.gz");
        using Stream stream = other is not null
            ? new BufferedStream(File.OpenRead(other))
            : new GZipStream(File.OpenRead(recorded), CompressionMode.Decompress);
        byte[] record = new byte[Size];
        while (stream.ReadAtLeast(record, Size, throwOnEndOfStream: false) == Size) yield return Parse(record);
    }

    public override string ToString() =>
        $"{FloatingPointOperations.Names[Operation]} FPCR={Fpcr:X8} {A:X} {B:X} {C:X} -> {Result:X} FPSR={Fpsr:X2} NZCV={Nzcv:X}";

    private static FloatingPointVector Parse(ReadOnlySpan<byte> record) => new(
        record[0], (uint)record[1] << 22, record[2], record[3],
        BinaryPrimitives.ReadUInt64LittleEndian(record[4..]), BinaryPrimitives.ReadUInt64LittleEndian(record[12..]),
        BinaryPrimitives.ReadUInt64LittleEndian(record[20..]), BinaryPrimitives.ReadUInt64LittleEndian(record[28..]));
}
