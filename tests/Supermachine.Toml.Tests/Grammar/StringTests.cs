namespace Supermachine.Toml.Tests.Grammar;

/// <summary>basic-string, ml-basic-string, literal-string, ml-literal-string</summary>
public sealed class StringTests
{
    [Theory]
    [InlineData("""
        ""
        """, "")]
    [InlineData("""
        "a 'b' # c"
        """, "a 'b' # c")]
    [InlineData("\"a\tb\"", "a\tb")]
    [InlineData(@"""\b\t\n\f\r\e\""\\""", "\b\t\n\f\r\e\"\\")]
    [InlineData(@"""\x41\xe9\xFF""", "A\u00E9\u00FF")]
    [InlineData(@"""\u0041\u00E9\uD7FF\uE000""", "A\u00E9\uD7FF\uE000")]
    [InlineData(@"""\U0001F980\U0010ffff\U00000000""", "\U0001F980\U0010FFFF\0")]
    [InlineData("\"\u00E9\U0001F980\u0080\"", "\u00E9\U0001F980\u0080")]
    public void Basic(string toml, string expected) => Assert.Equal(expected, Read.Value(toml));

    [Theory]
    [InlineData("''", "")]
    [InlineData(@"'C:\x\u0041 ""q"" # c'", @"C:\x\u0041 ""q"" # c")]
    [InlineData("'a\tb\u00E9'", "a\tb\u00E9")]
    public void Literal(string toml, string expected) => Assert.Equal(expected, Read.Value(toml));

    [Theory]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"a\nb\"\"\"", "a\nb")]
    [InlineData("\"\"\"\na\n\"\"\"", "a\n")]
    [InlineData("\"\"\"\r\na\r\nb\"\"\"", "a\r\nb")]
    [InlineData("\"\"\"\n\na\"\"\"", "\na")]
    [InlineData("\"\"\"a\"b\"\"c\"\"\"", "a\"b\"\"c")]
    [InlineData("\"\"\"\"a\"\"\"", "\"a")]
    [InlineData("\"\"\"a\"\"\"\"", "a\"")]
    [InlineData("\"\"\"a\"\"\"\"\"", "a\"\"")]
    [InlineData("\"\"\"\"\"\"\"\"", "\"\"")]
    [InlineData("\"\"\"a\\\n   \n\t b\"\"\"", "ab")]
    [InlineData("\"\"\"a \\ \t\r\n   b\"\"\"", "a b")]
    [InlineData("\"\"\"a\\\n\"\"\"", "a")]
    [InlineData("\"\"\"a\\\\\n b\"\"\"", "a\\\n b")]
    [InlineData("\"\"\"\\\"\"\"\\\"\"\"\"", "\"\"\"\"")]
    [InlineData("\"\"\"\\x41\\u00e9\\t\"\"\"", "A\u00E9\t")]
    public void BasicInSeveralLines(string toml, string expected) => Assert.Equal(expected, Read.Value(toml));

    [Theory]
    [InlineData("''''''", "")]
    [InlineData("'''\na\\\nb'''", "a\\\nb")]
    [InlineData("'''\r\na'''", "a")]
    [InlineData("'''a''b'c'''", "a''b'c")]
    [InlineData("''''a'''", "'a")]
    [InlineData("'''a'''''", "a''")]
    [InlineData("'''a \"\"\" b'''", "a \"\"\" b")]
    public void LiteralInSeveralLines(string toml, string expected) => Assert.Equal(expected, Read.Value(toml));
}
