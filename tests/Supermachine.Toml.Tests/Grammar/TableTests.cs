namespace Supermachine.Toml.Tests.Grammar;

/// <summary>std-table, array-table, and which tables may be extended by what</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("[a]", "{a:{}}")]
    [InlineData("[ a . \"b.c\" .'d' ] # c", "{a:{b.c:{d:{}}}}")]
    [InlineData("  [a]\n  x = 1\n[b]\nx = 2", "{a:{x:1},b:{x:2}}")]
    [InlineData("[\"\"]\nx = 1", "{:{x:1}}")]
    [InlineData("x = 1\n[x-y]\n[1]\n2 = 3", "{x:1,x-y:{},1:{2:3}}")]
    [InlineData("[a.b.c]\nx = 1\n[a]\ny = 2\n[a.b]\nz = 3", "{a:{b:{c:{x:1},z:3},y:2}}")]
    [InlineData("[a]\nb.c = 1\n[a.b.d]\nx = 2", "{a:{b:{c:1,d:{x:2}}}}")]
    [InlineData("a.b = 1\n[a.c]\nx = 2", "{a:{b:1,c:{x:2}}}")]
    public void Table(string toml, string expected) => Assert.Equal(expected, Read.Shape(Read.Table(toml)));

    [Theory]
    [InlineData("[[a]]", "{a:[[{}]]}")]
    [InlineData("[[ a . b ]]", "{a:{b:[[{}]]}}")]
    [InlineData("[[a]]\nx = 1\n[[a]]\n[[a]]\nx = 3", "{a:[[{x:1},{},{x:3}]]}")]
    [InlineData("[[a]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\nx = 2", "{a:[[{b:{x:1}},{b:{x:2}}]]}")]
    [InlineData("[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]", "{a:[[{b:[[{},{}]]},{b:[[{}]]}]]}")]
    [InlineData("[a.b]\n[[a.c]]\n[a]\nx = 1", "{a:{b:{},c:[[{}]],x:1}}")]
    public void ArrayTable(string toml, string expected) => Assert.Equal(expected, Read.Shape(Read.Table(toml)));
}
