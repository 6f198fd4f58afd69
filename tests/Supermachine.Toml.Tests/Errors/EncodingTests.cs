using System.Text;

namespace Supermachine.Toml.Tests.Errors;

/// <summary>Bytes that are UTF-8, and bytes that are not.</summary>
public sealed class EncodingTests
{
    [Fact]
    public void ReadsUtf8WithAndWithoutAByteOrderMark()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("a = '\u00E9\U0001F980'");
        Assert.Equal("\u00E9\U0001F980", TomlSerializer.Deserialize<TomlTable>(bytes)!["a"]);
        Assert.Equal("\u00E9\U0001F980", TomlSerializer.Deserialize<TomlTable>([0xEF, 0xBB, 0xBF, .. bytes])!["a"]);
        Assert.Equal(1L, Read.Table("\uFEFFa = 1")["a"]);
        Assert.Empty(TomlSerializer.Deserialize<TomlTable>(ReadOnlySpan<byte>.Empty)!);
        Assert.Empty(TomlSerializer.Deserialize<TomlTable>("\uFEFF"u8)!);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 0xFF)]
    [InlineData(new byte[] { 0x80 }, 0x80)]
    [InlineData(new byte[] { 0xC0, 0x80 }, 0xC0)] // overlong
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0xED)] // a surrogate
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 }, 0xF5)] // beyond U+10FFFF
    [InlineData(new byte[] { 0xE2, 0x82 }, 0xE2)] // cut off
    public void SaysWhichByteIsNotUtf8(byte[] wrong, byte named)
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("# \u00E9\n[t]\na = '\u00E9\U0001F980"), .. wrong, (byte)'\''];
        Assert.False(TomlSerializer.TryDeserialize(bytes, new() { SourceName = "f.toml" }, out TomlTable table, out DiagnosticsBag diagnostics));
        Assert.Empty(table);
        int offset = 3 + 5 + 4 + 5 + 6;
        Assert.Equal($"f.toml(3,9) : error : byte 0x{named:X2} at byte offset {offset} is not UTF-8", Assert.Single(diagnostics).ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NamesUtf16(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("a = 1")];
        TomlException refusal = Assert.Throws<TomlException>(() => TomlSerializer.Deserialize<TomlTable>(bytes));
        Assert.Equal("(1,1) : error : the document is UTF-16, TOML is UTF-8", refusal.Message);
    }
}
