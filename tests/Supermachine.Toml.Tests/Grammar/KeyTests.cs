namespace Supermachine.Toml.Tests.Grammar;

/// <summary>key, simple-key, quoted-key, unquoted-key, dotted-key</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("a_B-9 = 1", "{a_B-9:1}")]
    [InlineData("1234 = 1", "{1234:1}")]
    [InlineData("- = 1\n_ = 2", "{-:1,_:2}")]
    [InlineData("true = 1\ninf = 2\n2020-01-01 = 3", "{true:1,inf:2,2020-01-01:3}")]
    [InlineData("\"a b\" = 1", "{a b:1}")]
    [InlineData("\"\" = 1", "{:1}")]
    [InlineData("'' = 1", "{:1}")]
    [InlineData("\"\\u00e9\\\"\" = 1", "{\u00E9\":1}")]
    [InlineData("'a\\b' = 1", "{a\\b:1}")]
    [InlineData("\"a.b\" = 1", "{a.b:1}")]
    [InlineData("a.b.c = 1", "{a:{b:{c:1}}}")]
    [InlineData("a . b\t.\tc = 1", "{a:{b:{c:1}}}")]
    [InlineData("a.\"b\".'c' = 1", "{a:{b:{c:1}}}")]
    [InlineData("3.14 = 1", "{3:{14:1}}")]
    [InlineData("a.b = 1\na.c = 2", "{a:{b:1,c:2}}")]
    [InlineData("a.b = 1\nx = 0\na.c = 2", "{a:{b:1,c:2},x:0}")]
    [InlineData("[t]\na.b = 1\na.c.d = 2", "{t:{a:{b:1,c:{d:2}}}}")]
    public void ReadsKeys(string toml, string expected) => Assert.Equal(expected, Read.Shape(Read.Table(toml)));

    [Fact]
    public void KeysDifferByCaseAndByNormalization() => Assert.Equal(4, Read.Table("a = 1\nA = 2\n\"\u00E9\" = 3\n\"e\u0301\" = 4").Count);

    [Fact]
    public void AKeyMayHaveAsManyPartsAsTheLimitSays()
    {
        object value = Read.Table(string.Join('.', Enumerable.Repeat("k", TomlSerializer.MaximumDepth)) + " = 1");
        int depth = 0;
        for (; value is TomlTable table; depth++) value = table["k"];
        Assert.Equal(TomlSerializer.MaximumDepth, depth);
    }
}
