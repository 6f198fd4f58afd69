namespace Supermachine.Runtime;

/// <summary>Knows files that people take for an arm64 kernel, so that each gets a message that helps.</summary>
internal static class ForeignFormats
{
    /// <returns>What the file is and what to do, or null when it is nothing known.</returns>
    public static string? Recognize(ReadOnlySpan<byte> start) => start switch
    {
        _ when Has(start, 0x202, "HdrS"u8) => "is an x86 kernel (bzImage); an arm64 Image is needed",
        _ when Has(start, 0, "MZ"u8) && Has(start, 4, "zimg"u8) =>
            "is an EFI zboot image, which needs an EFI firmware to unpack it; use the Image inside (arch/arm64/boot/Image)",
        _ when Has(start, 0, [0x7f, (byte)'E', (byte)'L', (byte)'F']) => "is an ELF file; use the Image made from it (objcopy -O binary, or arch/arm64/boot/Image)",
        _ when Has(start, 0x24, [0x18, 0x28, 0x6f, 0x01]) => "is a 32-bit ARM kernel (zImage); an arm64 Image is needed",
        _ when Has(start, 0, [0x27, 0x05, 0x19, 0x56]) => "is a U-Boot uImage; use the Image inside",
        _ when Has(start, 0, [0xd0, 0x0d, 0xfe, 0xed]) => "is a device tree or FIT image, not a kernel; use the Image inside",
        _ when Has(start, 0, [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) => Compressed("xz"),
        _ when Has(start, 0, [0x28, 0xb5, 0x2f, 0xfd]) => Compressed("zstd"),
        _ when Has(start, 0, "BZh"u8) => Compressed("bzip2"),
        _ when Has(start, 0, [0x04, 0x22, 0x4d, 0x18]) || Has(start, 0, [0x02, 0x21, 0x4c, 0x18]) => Compressed("lz4"),
        _ when Has(start, 0, [0x89, (byte)'L', (byte)'Z', (byte)'O']) => Compressed("lzo"),
        _ when Has(start, 0, "MZ"u8) => "is an EFI program, not an arm64 Image",
        _ => null,
    };

    private static string Compressed(string with) => $"is compressed with {with}; of compressed kernels only gzip is taken: decompress it first";

    private static bool Has(ReadOnlySpan<byte> start, int offset, ReadOnlySpan<byte> magic) =>
        start.Length >= offset && start[offset..].StartsWith(magic);
}
