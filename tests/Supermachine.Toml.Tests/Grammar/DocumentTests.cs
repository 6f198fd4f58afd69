namespace Supermachine.Toml.Tests.Grammar;

/// <summary>toml, expression, newline, ws, comment</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("\n", "{}")]
    [InlineData("\r\n\n \t\n", "{}")]
    [InlineData("# only a comment", "{}")]
    [InlineData("#", "{}")]
    [InlineData("a=1", "{a:1}")]
    [InlineData("\t a \t=\t 1 \t", "{a:1}")]
    [InlineData("a = 1\nb = 2", "{a:1,b:2}")]
    [InlineData("a = 1\r\nb = 2\r\n", "{a:1,b:2}")]
    [InlineData("a = 1#c\n  # [x]\n[t] # c\nb = 2 # c", "{a:1,t:{b:2}}")]
    [InlineData("# tab\tnon-ASCII \u00E9 \U0001F980\na = 1", "{a:1}")]
    [InlineData("z = 1\na = 2\nm = 3", "{z:1,a:2,m:3}")]
    public void ReadsExpressionsInTheirOrder(string toml, string expected) => Assert.Equal(expected, Read.Shape(Read.Table(toml)));
}
