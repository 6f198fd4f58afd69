using System.Buffers.Binary;

namespace Supermachine.Runtime;

/// <summary>The header of an arm64 Image (Linux, Documentation/arch/arm64/booting.rst, section 4).</summary>
/// <param name="TextOffset">Bytes from a 2 MiB boundary to where the image wants to be.</param>
/// <param name="ImageSize">Bytes it needs in memory, its zeroed data included; 0 before Linux 3.17.</param>
/// <param name="Flags">Bit 0: big-endian. Bits 1-2: page size. Bit 3: may lie anywhere in memory.</param>
internal readonly record struct ImageHeader(ulong TextOffset, ulong ImageSize, ulong Flags)
{
    public const int Length = 64;

    private const uint Magic = 0x644d5241; // "ARM\x64"
    private const int MagicOffset = 56;

    // Before Linux 3.17 the field was there but could not be relied on.
    private const ulong LegacyTextOffset = 0x8_0000;

    public bool IsBigEndian => (Flags & 1) != 0;

    /// <returns>False when the file is no arm64 Image.</returns>
    public static bool TryParse(ReadOnlySpan<byte> start, out ImageHeader header)
    {
        header = default;
        if (start.Length < Length || BinaryPrimitives.ReadUInt32LittleEndian(start[MagicOffset..]) != Magic) return false;
        header = new ImageHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(start[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(start[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(start[24..]));
        if (header.ImageSize == 0) header = header with { TextOffset = LegacyTextOffset };
        return true;
    }

    /// <summary>
    /// How many bytes the file must have. Image size counts memory that no file holds, so it cannot tell a truncated file; the
    /// section table that the EFI stub brings can. Zero when there is none.
    /// </summary>
    public static ulong FileLength(ReadOnlySpan<byte> start)
    {
        // PE/COFF specification: e_lfanew at 0x3c of the MZ header, COFF header after "PE\0\0", 40 bytes per section.
        if (start.Length < Length || start[0] != 'M' || start[1] != 'Z') return 0;
        uint signature = BinaryPrimitives.ReadUInt32LittleEndian(start[0x3c..]);
        if (signature > start.Length - 24 || !start[(int)signature..].StartsWith("PE\0\0"u8)) return 0;
        ReadOnlySpan<byte> coff = start[((int)signature + 4)..];
        int sections = BinaryPrimitives.ReadUInt16LittleEndian(coff[2..]);
        int table = 20 + BinaryPrimitives.ReadUInt16LittleEndian(coff[16..]);
        ulong end = 0;
        for (int i = 0; i < sections && table + (40 * (i + 1)) <= coff.Length; i++)
        {
            ReadOnlySpan<byte> section = coff.Slice(table + (40 * i), 40);
            ulong size = BinaryPrimitives.ReadUInt32LittleEndian(section[16..]);
            if (size != 0) end = Math.Max(end, size + BinaryPrimitives.ReadUInt32LittleEndian(section[20..]));
        }

        return end;
    }
}
