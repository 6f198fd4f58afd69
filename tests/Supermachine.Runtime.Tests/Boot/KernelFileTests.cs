using System.Buffers.Binary;
using System.IO.Compression;

namespace Supermachine.Runtime.Tests;

public sealed class KernelFileTests : IDisposable
{
    private const ulong Limit = 1 << 20;
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void An_arm64_Image_is_read_with_its_header()
    {
        byte[] image = Image(8192, textOffset: 0x8_0000, imageSize: 0x1_0000, flags: 0xa);
        using KernelFile kernel = Open(image);
        Assert.Equal(new ImageHeader(0x8_0000, 0x1_0000, 0xa), kernel.Header);
        Assert.Equal(8192ul, kernel.Length);
        byte[] copy = new byte[8192];
        kernel.CopyTo(copy);
        Assert.Equal(image, copy);
    }

    [Fact]
    public void A_gzip_compressed_Image_is_the_same_kernel()
    {
        byte[] image = Image(100_000, textOffset: 0, imageSize: 0x2_0000, flags: 2);
        using KernelFile kernel = Open(Gzip(image));
        Assert.Equal(new ImageHeader(0, 0x2_0000, 2), kernel.Header);
        byte[] copy = new byte[kernel.Length];
        kernel.CopyTo(copy);
        Assert.Equal(image, copy);
    }

    [Fact]
    public void A_flat_image_has_no_header()
    {
        using KernelFile kernel = Open([0x5f, 0x20, 0x03, 0xd5]);
        Assert.Null(kernel.Header);
        Assert.Equal(4ul, kernel.Length);
    }

    [Fact]
    public void Before_Linux_3_17_the_offset_is_the_traditional_one()
    {
        using KernelFile kernel = Open(Image(4096, textOffset: 0x1234, imageSize: 0, flags: 0));
        Assert.Equal(0x8_0000ul, kernel.Header!.Value.TextOffset);
    }

    private static readonly Dictionary<string, (byte[] Content, string Reason)> ForeignFiles = new()
    {
        ["empty"] = ([], "is empty"),
        ["bzImage"] = (At(0x202, "HdrS"u8, "MZ"u8), "x86 kernel (bzImage)"),
        ["zboot"] = (At(4, "zimg"u8, "MZ"u8), "EFI zboot image"),
        ["efi"] = (At(4, "...."u8, "MZ"u8), "EFI program"),
        ["elf"] = (At(0, [0x7f, (byte)'E', (byte)'L', (byte)'F']), "ELF file"),
        ["zImage"] = (At(0x24, [0x18, 0x28, 0x6f, 0x01]), "32-bit ARM kernel"),
        ["uImage"] = (At(0, [0x27, 0x05, 0x19, 0x56]), "U-Boot uImage"),
        ["fit"] = (At(0, [0xd0, 0x0d, 0xfe, 0xed]), "FIT image"),
        ["xz"] = (At(0, [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]), "compressed with xz"),
        ["zstd"] = (At(0, [0x28, 0xb5, 0x2f, 0xfd]), "compressed with zstd"),
        ["bzip2"] = (At(0, "BZh9"u8), "compressed with bzip2"),
        ["lz4"] = (At(0, [0x04, 0x22, 0x4d, 0x18]), "compressed with lz4"),
        ["lzo"] = (At(0, [0x89, (byte)'L', (byte)'Z', (byte)'O']), "compressed with lzo"),
        ["big-endian"] = (Image(4096, 0, 0x1000, 1), "big-endian"),
        ["truncated"] = (Sectioned(4096, 0x2000), "is truncated: 4096 bytes of 8192"),
        ["truncated gzip"] = (Gzip(Image(100_000, 0, 0x2_0000, 2))[..^2000], "gzip"),
        ["gzip without its end"] = (Gzip(Image(100_000, 0, 0x2_0000, 2))[..^4], "gzip"),
        ["gzip start"] = ([0x1f, 0x8b, 8], "truncated"),
        ["empty gzip"] = ([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0], "nothing in it"),
        ["damaged gzip"] = (Damaged(), "gzip"),
        ["gzip bomb"] = (Gzip(new byte[Limit + 1]), "unpacks to more than the machine's RAM (1MiB)"),
        ["too large"] = (new byte[Limit + 1], "more than the machine's RAM (1MiB)"),
        ["gzip of an ELF"] = (Gzip(At(0, [0x7f, (byte)'E', (byte)'L', (byte)'F'])), "ELF file"),
    };

    public static TheoryData<string> Foreign => [.. ForeignFiles.Keys];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void What_does_not_boot_is_told_by_file_and_reason(string what)
    {
        (byte[] content, string reason) = ForeignFiles[what];
        var failure = Assert.Throws<KernelLoadException>(() => Open(content).Dispose());
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
        Assert.StartsWith(_path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_file_with_sections_is_taken()
    {
        using KernelFile kernel = Open(Sectioned(0x2000, 0x2000));
        Assert.NotNull(kernel.Header);
    }

    [Fact]
    public void Missing_files_and_folders_are_told()
    {
        Assert.Equal("does not exist", Assert.Throws<KernelLoadException>(() => KernelFile.Open(_path + ".no", Limit)).Reason);
        Assert.ThrowsAny<KernelLoadException>(() => KernelFile.Open(Path.GetTempPath(), Limit));
    }

    internal static byte[] Image(int length, ulong textOffset, ulong imageSize, ulong flags)
    {
        byte[] image = new byte[length];
        new Random(length).NextBytes(image.AsSpan(64));
        BinaryPrimitives.WriteUInt32LittleEndian(image, 0x91005a4d);
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(8), textOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(16), imageSize);
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(24), flags);
        "ARM\x64"u8.CopyTo(image.AsSpan(56));
        return image;
    }

    // As Linux builds it: MZ header, PE signature at 64, COFF header with an optional header of 160 bytes, two sections.
    private static byte[] Sectioned(int length, uint end)
    {
        byte[] image = Image(length, 0, 0x2_0000, 0xa);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(60), 64);
        "PE\0\0"u8.CopyTo(image.AsSpan(64));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(70), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(84), 160);
        Span<byte> sections = image.AsSpan(64 + 24 + 160, 80);
        sections.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(sections[16..], 0x800);
        BinaryPrimitives.WriteUInt32LittleEndian(sections[20..], 0x400);
        BinaryPrimitives.WriteUInt32LittleEndian(sections[56..], end - 0xc00);
        BinaryPrimitives.WriteUInt32LittleEndian(sections[60..], 0xc00);
        return image;
    }

    private static byte[] At(int offset, ReadOnlySpan<byte> magic, ReadOnlySpan<byte> first = default)
    {
        byte[] file = new byte[4096];
        first.CopyTo(file);
        magic.CopyTo(file.AsSpan(offset));
        return file;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return output.ToArray();
    }

    private static byte[] Damaged()
    {
        byte[] packed = Gzip(Image(100_000, 0, 0x2_0000, 2));
        for (int i = 100; i < 400; i++) packed[i] ^= 0x55;
        return packed;
    }

    private KernelFile Open(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        return KernelFile.Open(_path, Limit);
    }
}
