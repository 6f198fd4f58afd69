using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>Finds the metadata in an assembly's file (ECMA-335, II.25). The framework's own way there has a start compile a dozen of its methods.</summary>
internal static class MetadataSection
{
    private const int DosHeaderSize = 64;
    private const int PeHeaderPointer = 0x3C;
    private const int PeHeaderSize = 24;
    private const int SectionHeaderSize = 40;
    private const int WideMagic = 0x20B;
    private const int CliDirectory = 14;
    private const int CliHeaderSize = 72;

    /// <summary>The metadata's bytes; null when the file has none.</summary>
    /// <exception cref="BadImageFormatException">The file is not what its headers say.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static byte[]? TryRead(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        ReadOnlySpan<byte> dos = Read(file, 0, DosHeaderSize);
        if (!dos.StartsWith("MZ"u8)) return null;
        long pe = Word(dos, PeHeaderPointer);
        ReadOnlySpan<byte> header = Read(file, pe, PeHeaderSize);
        if (!header.StartsWith("PE\0\0"u8)) return null;
        int sections = HalfWord(header, 6);
        int optional = HalfWord(header, 20);
        ReadOnlySpan<byte> rest = Read(file, pe + PeHeaderSize, optional + (sections * SectionHeaderSize));
        if (optional < sizeof(ushort)) return null;
        int directory = (HalfWord(rest, 0) == WideMagic ? 112 : 96) + (CliDirectory * 8);
        if (directory + 8 > optional || Word(rest, directory) == 0) return null;
        ReadOnlySpan<byte> cli = Read(file, FileOffset(rest[optional..], Word(rest, directory)), CliHeaderSize);
        return Read(file, FileOffset(rest[optional..], Word(cli, 8)), Word(cli, 12));
    }

    /// <summary>Where in the file an address of the loaded image is.</summary>
    private static long FileOffset(ReadOnlySpan<byte> sections, uint address)
    {
        for (; !sections.IsEmpty; sections = sections[SectionHeaderSize..])
        {
            uint start = Word(sections, 12);
            if (address >= start && address - start < Word(sections, 16)) return (long)Word(sections, 20) + (address - start);
        }

        throw new BadImageFormatException($"no section of the file holds the address 0x{address:x}");
    }

    private static byte[] Read(SafeFileHandle file, long offset, long count)
    {
        if (count > RandomAccess.GetLength(file) - offset) throw new BadImageFormatException("the file ends before what its headers announce");
        byte[] bytes = new byte[count];
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(done), offset + done);
            if (read == 0) throw new BadImageFormatException("the file has become shorter");
            done += read;
        }

        return bytes;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ushort HalfWord(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
