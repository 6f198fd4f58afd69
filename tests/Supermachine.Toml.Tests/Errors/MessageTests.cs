namespace Supermachine.Toml.Tests.Errors;

/// <summary>Every message of the reader, with the span it points at.</summary>
public sealed class MessageTests
{
    [Theory]
    [InlineData("a = 1 ⟦b⟧ = 2", "expected the end of the line after the value, found 'b'")]
    [InlineData("a = 'x'⟦'⟧y'", "expected the end of the line after the value, found '''")]
    [InlineData("a = \"\"\"x\"\"\"\"\"⟦\"⟧", "expected the end of the line after the value, found '\"'")]
    [InlineData("[a] ⟦b⟧ = 1", "expected the end of the line after the header, found 'b'")]
    [InlineData("[a]⟦]⟧", "expected the end of the line after the header, found ']'")]
    [InlineData("⟦\r⟧a = 1", "expected a key, found the character U+000D")]
    [InlineData("a = 1⟦\r⟧", "expected the end of the line after the value, found the character U+000D")]
    [InlineData("[a]⟦\r⟧", "expected the end of the line after the header, found the character U+000D")]
    [InlineData("a = 'x' ⟦\r⟧b = 1", "expected the end of the line after the value, found the character U+000D")]
    [InlineData("# ok ⟦\u0001⟧ \u0002", "the character U+0001 is not allowed in a comment")]
    [InlineData("# ⟦\u007F⟧", "the character U+007F is not allowed in a comment")]
    [InlineData("# ⟦\r⟧x", "the character U+000D is not allowed in a comment")]
    public void Document(string marked, string message) => Expect(marked, message);

    [Theory]
    [InlineData("⟦=⟧ 1", "expected a key, found '='")]
    [InlineData("⟦\u00E9⟧ = 1", "expected a key, found '\u00E9'")]
    [InlineData("⟦\U0001F980⟧ = 1", "expected a key, found '\U0001F980'")]
    [InlineData(" ⟦\uFEFF⟧a = 1", "expected a key, found the character U+FEFF")]
    [InlineData("a.⟦⟧", "expected a key, found the end of the document")]
    [InlineData("a.⟦.⟧b = 1", "expected a key, found '.'")]
    [InlineData("⟦.⟧a = 1", "expected a key, found '.'")]
    [InlineData("[⟦]⟧", "expected a key, found ']'")]
    [InlineData("[[⟦]⟧]", "expected a key, found ']'")]
    [InlineData("[a.⟦]⟧", "expected a key, found ']'")]
    [InlineData("a⟦⟧", "expected '=' after the key, found the end of the document")]
    [InlineData("a⟦\n⟧b = 1", "expected '=' after the key, found the end of the line")]
    [InlineData("a ⟦b⟧ = 1", "expected '=' after the key, found 'b'")]
    [InlineData("a⟦\u00A0⟧= 1", "expected '=' after the key, found the character U+00A0")]
    [InlineData("a⟦\u00E9⟧ = 1", "expected '=' after the key, found '\u00E9'")]
    [InlineData("⟦\"\"\"⟧a\"\"\" = 1", "a multi-line string cannot be a key")]
    [InlineData("⟦'''⟧a''' = 1", "a multi-line string cannot be a key")]
    [InlineData("[a⟦⟧", "expected ']' after the key, found the end of the document")]
    [InlineData("[a ⟦b⟧]", "expected ']' after the key, found 'b'")]
    [InlineData("[ ⟦[⟧a]]", "expected a key, found '['")]
    [InlineData("[[a⟦\n⟧", "expected ']]' after the key, found the end of the line")]
    [InlineData("[[a]⟦ ⟧]", "expected ']]' after the key, found ' '")]
    public void Key(string marked, string message) => Expect(marked, message);

    [Theory]
    [InlineData("a = ⟦\"x⟧\nb = 1", "the string is not closed on its line")]
    [InlineData("a = ⟦\"x\\⟧\nb = 1", "the string is not closed on its line")]
    [InlineData("a = ⟦'x⟧", "the string is not closed on its line")]
    [InlineData("⟦\"x⟧", "the string is not closed on its line")]
    [InlineData("a = ⟦\"\"\"⟧x\n\"\"\nb = 1", "the multi-line string that starts here is not closed")]
    [InlineData("a = ⟦'''⟧x\\", "the multi-line string that starts here is not closed")]
    [InlineData("a = \"⟦\\q⟧\"", "'\\q' is not an escape")]
    [InlineData("a = \"⟦\\ ⟧ \"", "'\\ ' is not an escape")]
    [InlineData("a = \"⟦\\\U0001F980⟧\"", "'\\\U0001F980' is not an escape")]
    [InlineData("a = \"\"\"x⟦\\ ⟧ x\"\"\"", "'\\ ' is not an escape")]
    [InlineData("a = \"⟦\\x4⟧g\"", "'\\x4' needs 2 hexadecimal digits")]
    [InlineData("a = \"⟦\\u00e⟧\"", "'\\u00e' needs 4 hexadecimal digits")]
    [InlineData("a = \"⟦\\U0001F98⟧ \"", "'\\U0001F98' needs 8 hexadecimal digits")]
    [InlineData("a = \"⟦\\uD800⟧\"", "'\\uD800' is not a Unicode scalar value")]
    [InlineData("a = \"⟦\\U00110000⟧\"", "'\\U00110000' is not a Unicode scalar value")]
    [InlineData("a = \"x⟦\0⟧\"", "the character U+0000 is not allowed in a string")]
    [InlineData("a = \"x\\⟦\u0001⟧\"", "the character U+0001 is not allowed in a string")]
    [InlineData("a = 'x⟦\u007F⟧'", "the character U+007F is not allowed in a string")]
    [InlineData("a = \"\"\"x⟦\r⟧y\"\"\"", "the character U+000D is not allowed in a string")]
    public void String(string marked, string message) => Expect(marked, message);

    [Theory]
    [InlineData("a = ⟦\n⟧b = 1", "expected a value, found the end of the line")]
    [InlineData("a =⟦⟧", "expected a value, found the end of the document")]
    [InlineData("a = ⟦#⟧ c", "expected a value, found '#'")]
    [InlineData("a = ⟦]⟧", "expected a value, found ']'")]
    [InlineData("a = ⟦yes⟧", "'yes' is not a value (a string needs quotes)")]
    [InlineData("a = ⟦True⟧", "'True' is not a value (a string needs quotes)")]
    [InlineData("a = ⟦host:80⟧ x", "'host:80' is not a value (a string needs quotes)")]
    [InlineData("a = ⟦=⟧ b", "'=' is not a value (a string needs quotes)")]
    [InlineData("a = ⟦x\u200By⟧", "'x\\u200By' is not a value (a string needs quotes)")]
    [InlineData("a = ⟦aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee⟧", "'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd...' is not a value (a string needs quotes)")]
    [InlineData("a = ⟦01⟧", "'01' is not a number: a leading zero is not allowed")]
    [InlineData("a = ⟦-0_1⟧", "'-0_1' is not a number: a leading zero is not allowed")]
    [InlineData("a = ⟦00.5⟧", "'00.5' is not a number: a leading zero is not allowed")]
    [InlineData("a = ⟦+⟧", "'+' is not a number: it does not start with a digit")]
    [InlineData("a = ⟦.5⟧", "'.5' is not a number: it does not start with a digit")]
    [InlineData("a = ⟦--1⟧", "'--1' is not a number: it does not start with a digit")]
    [InlineData("a = ⟦-infinity⟧", "'-infinity' is not a number: it does not start with a digit")]
    [InlineData("a = ⟦1.⟧", "'1.' is not a number: digits must follow the point")]
    [InlineData("a = ⟦1._5⟧", "'1._5' is not a number: digits must follow the point")]
    [InlineData("a = ⟦1e⟧", "'1e' is not a number: digits must follow the 'e'")]
    [InlineData("a = ⟦1.5E+⟧", "'1.5E+' is not a number: digits must follow the 'e'")]
    [InlineData("a = ⟦1__0⟧", "'1__0' is not a number: an underscore must stand between two digits")]
    [InlineData("a = ⟦1_⟧", "'1_' is not a number: an underscore must stand between two digits")]
    [InlineData("a = ⟦512MiB⟧", "'512MiB' is not a number: it goes on with 'MiB'")]
    [InlineData("a = ⟦1.2.3⟧", "'1.2.3' is not a number: it goes on with '.3'")]
    [InlineData("a = ⟦0X1⟧", "'0X1' is not a number: it goes on with 'X1'")]
    [InlineData("a = ⟦9223372036854775808⟧", "'9223372036854775808' is not a number: it does not fit in a signed 64-bit integer")]
    [InlineData("a = ⟦-9223372036854775809⟧", "'-9223372036854775809' is not a number: it does not fit in a signed 64-bit integer")]
    [InlineData("a = ⟦0xFFFFFFFFFFFFFFFF⟧", "'0xFFFFFFFFFFFFFFFF' is not a number: it does not fit in a signed 64-bit integer")]
    [InlineData("a = ⟦+0x1⟧", "'+0x1' is not a number: no sign may stand before '0x'")]
    [InlineData("a = ⟦0x⟧", "'0x' is not a number: only digits of base 16, with single underscores between them, may follow '0x'")]
    [InlineData("a = ⟦0o8⟧", "'0o8' is not a number: only digits of base 8, with single underscores between them, may follow '0o'")]
    [InlineData("a = ⟦0b_1⟧", "'0b_1' is not a number: only digits of base 2, with single underscores between them, may follow '0b'")]
    public void Scalar(string marked, string message) => Expect(marked, message);

    [Theory]
    [InlineData("2021-13-01", "month 13 is not between 1 and 12")]
    [InlineData("2021-00-01", "month 0 is not between 1 and 12")]
    [InlineData("2021-02-29", "day 29 is not between 1 and 28")]
    [InlineData("0000-01-01", "year 0 is not between 1 and 9999")]
    [InlineData("2021-01-01T24:00:00", "hour 24 is not between 0 and 23")]
    [InlineData("2021-01-01 00:60", "minute 60 is not between 0 and 59")]
    [InlineData("23:59:60", "second 60 is not between 0 and 59")]
    [InlineData("2021-01-01T00:00:00+24:00", "offset hour 24 is not between 0 and 23")]
    [InlineData("2021-01-01T00:00:00-12:60", "offset minute 60 is not between 0 and 59")]
    [InlineData("2021-01-01T00:00:00+14:01", "offsets beyond 14:00 are not supported")]
    [InlineData("0001-01-01T00:00:00+01:00", "in UTC it is not in the years 1 to 9999")]
    [InlineData("9999-12-31T23:59:59-00:01", "in UTC it is not in the years 1 to 9999")]
    public void DateOutOfRange(string token, string reason) => Expect($"a = ⟦{token}⟧ # c", $"'{token}' is not a date or time: {reason}");

    [Theory]
    [InlineData("2021-1-01")]
    [InlineData("2021-01-1")]
    [InlineData("2021-01-01x")]
    [InlineData("2021-01-01T")]
    [InlineData("2021-01-01T1:00")]
    [InlineData("2021-01-01 1:00")]
    [InlineData("2021-01-01T10")]
    [InlineData("2021-01-01T10:")]
    [InlineData("2021-01-01T10:00:0")]
    [InlineData("2021-01-01T10:00:00.")]
    [InlineData("2021-01-01T10:00:00Zx")]
    [InlineData("2021-01-01T10:00:00+1:00")]
    [InlineData("2021-01-01T10:00:00+01")]
    [InlineData("2021-01-01T10:00:00+0100")]
    [InlineData("2021-01-01T10:00:00x")]
    [InlineData("10:00Z")]
    [InlineData("10:0")]
    [InlineData("10:00:00.")]
    public void DateOfTheWrongForm(string token) => Expect(
        $"a = ⟦{token}⟧",
        $"'{token}' is not a date or time: it does not have the form YYYY-MM-DDThh:mm:ss.fraction+hh:mm, or its date or its time alone");

    [Theory]
    [InlineData("a = ⟦[⟧1, 2", "the array that starts here is not closed")]
    [InlineData("a = ⟦[⟧1,\n", "the array that starts here is not closed")]
    [InlineData("a = ⟦[⟧", "the array that starts here is not closed")]
    [InlineData("a = [1 ⟦2⟧]", "expected ',' or ']' in the array, found '2'")]
    [InlineData("a = [1\n⟦b⟧ = 2", "expected ',' or ']' in the array, found 'b'")]
    [InlineData("a = [1⟦}⟧", "expected ',' or ']' in the array, found '}'")]
    [InlineData("a = [⟦,⟧1]", "expected a value, found ','")]
    [InlineData("a = [1,⟦,⟧]", "expected a value, found ','")]
    [InlineData("a = ⟦{⟧b = 1", "the inline table that starts here is not closed")]
    [InlineData("a = ⟦{⟧b = 1, # c", "the inline table that starts here is not closed")]
    [InlineData("a = ⟦{⟧", "the inline table that starts here is not closed")]
    [InlineData("a = {b = 1 ⟦c⟧ = 2}", "expected ',' or '}' in the inline table, found 'c'")]
    [InlineData("a = {⟦,⟧}", "expected a key, found ','")]
    [InlineData("a = {b = 1,⟦,⟧}", "expected a key, found ','")]
    [InlineData("a = {b = ⟦\n⟧1}", "expected a value, found the end of the line")]
    [InlineData("a = {b ⟦\n⟧= 1}", "expected '=' after the key, found the end of the line")]
    public void Nested(string marked, string message) => Expect(marked, message);

    [Theory]
    [InlineData("a = 's'\n⟦a⟧ = 2", "'a' is already defined at (1,1), as a string")]
    [InlineData("a = 1\n⟦\"a\"⟧ = 2", "'a' is already defined at (1,1), as an integer")]
    [InlineData("a = 1.5\n[⟦a⟧]", "'a' is already defined at (1,1), as a float")]
    [InlineData("a = true\n[[⟦a⟧]]", "'a' is already defined at (1,1), as a boolean")]
    [InlineData("a = 10:00\n⟦a⟧ = 2", "'a' is already defined at (1,1), as a date or time")]
    [InlineData("\n  [a]\n[⟦a⟧]", "'a' is already defined at (2,4), as a table made by a header")]
    [InlineData("[x.a]\n[x]\n⟦a⟧ = 1", "'a' is already defined at (1,4), as a table made by a header")]
    [InlineData("[a.b]\n[[⟦a⟧]]", "'a' is already defined at (1,2), as a table made by a header")]
    [InlineData("a.b = 1\n[⟦a⟧]", "'a' is already defined at (1,1), as a table made by a dotted key")]
    [InlineData("a = {}\n[⟦a⟧]", "'a' is already defined at (1,1), as an inline table")]
    [InlineData("a = [{}]\n[[⟦a⟧]]", "'a' is already defined at (1,1), as an array")]
    [InlineData("[[a]]\n[⟦a⟧]", "'a' is already defined at (1,3), as an array of tables")]
    [InlineData("a = {b = 1, ⟦b⟧ = 2}", "'b' is already defined at (1,6), as an integer")]
    [InlineData("a = [{b.c = 1, b.⟦c⟧ = 2}]", "'c' is already defined at (1,9), as an integer")]
    [InlineData("\"\\n\" = 1\n⟦\"\\n\"⟧ = 2", "'\\u000A' is already defined at (1,1), as an integer")]
    [InlineData("a = 1\n⟦a⟧.b = 2", "'a' cannot be extended here: it is an integer, defined at (1,1)")]
    [InlineData("a = 1\n[⟦a⟧.b]", "'a' cannot be extended here: it is an integer, defined at (1,1)")]
    [InlineData("a = {}\n⟦a⟧.b = 2", "'a' cannot be extended here: it is an inline table, defined at (1,1)")]
    [InlineData("a = {}\n[⟦a⟧.b]", "'a' cannot be extended here: it is an inline table, defined at (1,1)")]
    [InlineData("a = [{}]\n[⟦a⟧.b]", "'a' cannot be extended here: it is an array, defined at (1,1)")]
    [InlineData("[[a.b]]\n[a]\n⟦b⟧.c = 1", "'b' cannot be extended here: it is an array of tables, defined at (1,5)")]
    [InlineData("[a.b.c]\n[a]\n⟦b⟧.x = 1", "'b' cannot be extended here: it is a table made by a header, defined at (1,4)")]
    [InlineData("t = {a = {}, ⟦a⟧.b = 1}", "'a' cannot be extended here: it is an inline table, defined at (1,6)")]
    public void Definition(string marked, string message) => Expect(marked, message);

    [Fact] // Not as a theory: test runners cannot pass half a surrogate pair on.
    public void LoneSurrogate()
    {
        Expect("# ⟦\uD800⟧x", "the lone surrogate U+D800 is not allowed in a comment");
        Expect("a = \"x⟦\uDC00⟧\"", "the lone surrogate U+DC00 is not allowed in a string");
        Expect("a = '''⟦\uDC00⟧'''", "the lone surrogate U+DC00 is not allowed in a string");
        Expect("a = 1 ⟦\uD800⟧", "expected the end of the line after the value, found the lone surrogate U+D800");
    }

    [Fact]
    public void KeyOfTooManyParts()
    {
        string key = string.Join('.', Enumerable.Repeat("k", TomlSerializer.MaximumDepth + 1));
        Expect($"⟦{key}⟧ = 1", "a key of more than 64 parts");
        Expect($"[⟦{key}⟧]", "a key of more than 64 parts");
    }

    [Fact]
    public void ValueTooDeep()
    {
        string key = string.Join('.', Enumerable.Repeat("k", TomlSerializer.MaximumDepth));
        Expect($"[{key}]\na = 1\n⟦a.b⟧ = 1", "values more than 64 tables and arrays deep are not read");
        Expect($"[{key}]\na = ⟦[⟧1]", "values more than 64 tables and arrays deep are not read");
    }

    private static void Expect(string marked, string message)
    {
        var document = new Marked(marked);
        DiagnosticMessage error = Assert.Single(Read.Errors(document.Text));
        Assert.Equal(message, error.Message);
        Assert.Equal(DiagnosticMessageKind.Error, error.Kind);
        Assert.Equal(Assert.Single(document.Spans), (error.Span.Offset, error.Span.Length));
    }
}
