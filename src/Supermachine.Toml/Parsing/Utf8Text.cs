using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Supermachine.Toml;

/// <summary>Decodes a document strictly: what is not UTF-8 is an error with a position, never a replacement character.</summary>
internal static class Utf8Text
{
    /// <summary>The text without its byte order mark; on an error the part before the bad byte.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text, [NotNullWhen(false)] out string? error)
    {
        int mark = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        char[] characters = new char[bytes.Length - mark];
        OperationStatus status = Utf8.ToUtf16(bytes[mark..], characters, out int read, out int written, replaceInvalidSequences: false);
        text = new string(characters, 0, written);
        error = status == OperationStatus.Done ? null : Describe(bytes, mark + read);
        return error is null;
    }

    private static string Describe(ReadOnlySpan<byte> bytes, int offset) =>
        offset == 0 && (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            ? "the document is UTF-16, TOML is UTF-8"
            : $"byte 0x{bytes[offset]:X2} at byte offset {offset} is not UTF-8";
}
