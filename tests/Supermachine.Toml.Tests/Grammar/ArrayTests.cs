namespace Supermachine.Toml.Tests.Grammar;

/// <summary>array, inline-table</summary>
public sealed class ArrayTests
{
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[ ]", "[]")]
    [InlineData("[\n # c\n]", "[]")]
    [InlineData("[1]", "[1]")]
    [InlineData("[1,2,]", "[1,2]")]
    [InlineData("[ 1 , 2 , ]", "[1,2]")]
    [InlineData("[ # c\n 1 # c\n , # c\n 2, # ]\n # c\n]", "[1,2]")]
    [InlineData("[\r\n1,\r\n2\r\n]", "[1,2]")]
    [InlineData("[1, 'a', 1.5, true, [2], {a = 3}, 2020-01-01]", "[1,'a',1.5,true,[2],{a:3},2020-01-01]")]
    [InlineData("[[1, 2], ['a'], []]", "[[1,2],['a'],[]]")]
    [InlineData("[\"\"\"\na]\n\"\"\", ']']", "['a]\n',']']")]
    public void Array(string toml, string expected) => Assert.Equal(expected, Read.Shape(Read.Value(toml)));

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("{ }", "{}")]
    [InlineData("{\n # c\n}", "{}")]
    [InlineData("{a=1}", "{a:1}")]
    [InlineData("{ a = 1 , b = 2 }", "{a:1,b:2}")]
    [InlineData("{ a = 1, }", "{a:1}")]
    [InlineData("{ # c\n a = 1 # c\n , # c\r\n b = 2, # }\n}", "{a:1,b:2}")]
    [InlineData("{ a.b = 1, a.c = 2, 'd e'.f = 3 }", "{a:{b:1,c:2},d e:{f:3}}")]
    [InlineData("{ a = { b = {} }, c = [{d = 1}, {d = 2}] }", "{a:{b:{}},c:[{d:1},{d:2}]}")]
    public void InlineTable(string toml, string expected) => Assert.Equal(expected, Read.Shape(Read.Value(toml)));

    [Theory]
    [InlineData('[', ']', 0)]
    [InlineData('{', '}', 0)]
    [InlineData('[', ']', 1)]
    public void NestsAsDeepAsTheLimitSays(char opening, char closing, int headers)
    {
        int depth = TomlSerializer.MaximumDepth - headers;
        string inner = opening == '{' ? "{a=" : "[";
        string toml = string.Concat(Enumerable.Repeat("[h]\n", headers)) + "v = " + string.Concat(Enumerable.Repeat(inner, depth)) + "1" + new string(closing, depth);
        Assert.Single(Read.Table(toml));
        DiagnosticMessage error = Assert.Single(Read.Errors(toml.Replace("= " + inner, "= " + inner + inner, StringComparison.Ordinal) + closing));
        Assert.Equal("values more than 64 tables and arrays deep are not read", error.Message);
    }
}
