using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Toml.Tests.Properties;

/// <summary>Whatever the input: it is read, or refused with spans that lie in the text.</summary>
public sealed class FuzzProperties
{
    private const int Runs = 2000;

    private static readonly string[] Tokens =
    [
        "a", "b", "1", "-", "_", "0x", "1e", "inf", "true", "2020-01-01", "T", "10:00", "Z", "\"", "'", "\"\"\"", "'''", "\\", "\\u", "#", "=", " = ",
        ".", ",", "[", "]", "[[", "]]", "{", "}", "\n", "\r\n", "\r", " ", "\t", "\0", "\u00e9", "\U0001F980", "\ud800", "\udc00", "\ufeff", "a = ", "[a]\n", "[[a]]\n",
    ];

    [Fact]
    public void RandomBytes() => Check(ArbMap.Default.GeneratorFor<byte[]>(), bytes => Survives(bytes));

    [Fact]
    public void RandomTokens() => Check(Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens)), Survives);

    [Fact]
    public void DamagedDocuments() => Check(
        from table in Documents.Table
        from seed in ArbMap.Default.GeneratorFor<int>()
        select Damage(new TomlTextWriter(new Random(seed)).Write(table), new Random(seed)),
        bytes => Survives(bytes));

    [Fact]
    public void BytesAndTextAreReadAlike() => Check(Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens)), toml =>
    {
        string text = toml.Replace("\ud800", "", StringComparison.Ordinal).Replace("\udc00", "", StringComparison.Ordinal);
        TomlSerializer.TryDeserialize(text, null, out TomlTable fromText, out DiagnosticsBag textErrors);
        TomlSerializer.TryDeserialize(Encoding.UTF8.GetBytes(text), null, out TomlTable fromBytes, out DiagnosticsBag byteErrors);
        return Read.Shape(fromText) == Read.Shape(fromBytes) && textErrors.SequenceEqual(byteErrors);
    });

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("a = [", 100_000)]
    [InlineData("a = {a", 100_000)]
    [InlineData("a.", 100_000)]
    [InlineData("[a]\n", 100_000)]
    [InlineData("[[a]]\n[a.a]\n", 50_000)]
    [InlineData("a = \"\"\"\n", 100_000)]
    [InlineData("a = [\"\"\" ''' \"\n", 100_000)]
    public void LongInputTakesItsTimeAndNoMore(string piece, int times) =>
        Assert.True(Survives(string.Concat(Enumerable.Repeat(piece, times))));

    private static void Check<T>(Gen<T> inputs, Func<T, bool> holds) =>
        Prop.ForAll(Arb.From(inputs), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    private static bool Survives(string toml)
    {
        bool valid = TomlSerializer.TryDeserialize(toml, null, out TomlTable _, out DiagnosticsBag diagnostics);
        return Throws(() => TomlSerializer.Deserialize<TomlTable>(toml)) != valid && AreInside(diagnostics, toml);
    }

    private static bool Survives(byte[] bytes)
    {
        bool valid = TomlSerializer.TryDeserialize(bytes, null, out TomlTable _, out DiagnosticsBag diagnostics);
        string text = Encoding.UTF8.GetString(bytes); // Never shorter than the part that is UTF-8.
        return Throws(() => TomlSerializer.Deserialize<TomlTable>(bytes)) != valid && AreInside(diagnostics, text);
    }

    private static bool Throws(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (TomlException refusal)
        {
            return refusal.Diagnostics.HasErrors;
        }
    }

    // The end of a document is a place as well.
    private static bool AreInside(DiagnosticsBag diagnostics, string text)
    {
        int lines = text.Count(c => c == '\n');
        return diagnostics.All(error =>
            error.Span.Offset >= 0 && error.Span.Length > 0 && error.Span.End.Offset <= text.Length && error.Span.End.Line <= lines
            && error.Message.Length is > 0 and < 300 && !error.Message.Contains('\n', StringComparison.Ordinal));
    }

    private static byte[] Damage(string toml, Random random)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(toml)];
        for (int i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            int place = random.Next(bytes.Count);
            int kind = random.Next(3);
            if (kind == 0) bytes.RemoveAt(place);
            else if (kind == 1) bytes.Insert(place, (byte)"\"'[]{}=.,#\n\\ \t\r\0\u007f"[random.Next(17)]);
            else bytes[place] = (byte)random.Next(256);
        }
        return [.. bytes];
    }
}
