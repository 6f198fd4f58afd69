using System.Globalization;

namespace Supermachine.Toml.Tests.Spans;

/// <summary>The store knows where every key, value, item and table was written.</summary>
public sealed class MetadataTests
{
    private const string Document = """
        name = "web" # c
        "a b".c.d = 1
        'a b'.c.e = [ 1, 'two', [3], {f = 4} ]
        t = { g.h = "x", i = [] , }

        [boot.more] # c
        k = 2020-01-01 10:00
        [boot]
        l = '''
        m'''
        [[device]]
        id = "d0"
        [device.sub]
        n = inf
        [[ device ]]
        id = "d1"
        """;

    private readonly TomlMetadataStore _store = new();
    private readonly TomlTable _root;

    public MetadataTests() => _root = TomlSerializer.Deserialize<TomlTable>(Document, new() { MetadataStore = _store, SourceName = "m.toml" })!;

    [Theory]
    [InlineData("name", "name", "\"web\"", "name = \"web\"")]
    [InlineData("a b", "\"a b\"", "\"a b\".c.d = 1", "\"a b\".c.d = 1")]
    [InlineData("a b/c", "c", "\"a b\".c.d = 1", "\"a b\".c.d = 1")]
    [InlineData("a b/c/d", "d", "1", "\"a b\".c.d = 1")]
    [InlineData("a b/c/e", "e", "[ 1, 'two', [3], {f = 4} ]", "'a b'.c.e = [ 1, 'two', [3], {f = 4} ]")]
    [InlineData("a b/c/e/3/f", "f", "4", "f = 4")]
    [InlineData("t", "t", "{ g.h = \"x\", i = [] , }", "t = { g.h = \"x\", i = [] , }")]
    [InlineData("t/g", "g", "g.h = \"x\"", "g.h = \"x\"")]
    [InlineData("t/g/h", "h", "\"x\"", "g.h = \"x\"")]
    [InlineData("t/i", "i", "[]", "i = []")]
    [InlineData("boot", "boot", "[boot]", "[boot]")]
    [InlineData("boot/more", "more", "[boot.more]", "[boot.more]")]
    [InlineData("boot/more/k", "k", "2020-01-01 10:00", "k = 2020-01-01 10:00")]
    [InlineData("boot/l", "l", "'''\nm'''", "l = '''\nm'''")]
    [InlineData("device", "device", "[[device]]", "[[device]]")]
    [InlineData("device/0/id", "id", "\"d0\"", "id = \"d0\"")]
    [InlineData("device/0/sub", "sub", "[device.sub]", "[device.sub]")]
    [InlineData("device/0/sub/n", "n", "inf", "n = inf")]
    [InlineData("device/1/id", "id", "\"d1\"", "id = \"d1\"")]
    public void KnowsKeysAndValues(string path, string key, string value, string both)
    {
        string[] steps = path.Split('/');
        TomlTable table = Assert.IsType<TomlTable>(Walk(steps[..^1]));
        Assert.Equal(key, Covered(_store.GetKeySpan(table, steps[^1])));
        Assert.Equal(value, Covered(_store.GetValueSpan(table, steps[^1])));
        Assert.True(_store.TryGetProperties(table, out TomlPropertiesMetadata? metadata));
        Assert.True(metadata!.TryGetProperty(steps[^1], out TomlPropertyMetadata? property));
        Assert.Equal(both, Covered(property.Span));
    }

    [Theory]
    [InlineData("a b/c/e", 0, "1")]
    [InlineData("a b/c/e", 1, "'two'")]
    [InlineData("a b/c/e", 2, "[3]")]
    [InlineData("a b/c/e/2", 0, "3")]
    [InlineData("a b/c/e", 3, "{f = 4}")]
    [InlineData("device", 0, "[[device]]")]
    [InlineData("device", 1, "[[ device ]]")]
    public void KnowsItems(string path, int index, string item) => Assert.Equal(item, Covered(_store.GetItemSpan(Walk(path.Split('/')), index)));

    [Theory]
    [InlineData("", "n")]
    [InlineData("a b/c", "\"a b\".c.d = 1")]
    [InlineData("t", "{ g.h = \"x\", i = [] , }")]
    [InlineData("a b/c/e", "[ 1, 'two', [3], {f = 4} ]")]
    [InlineData("boot", "[boot]")]
    [InlineData("device", "[[device]]")]
    [InlineData("device/1", "[[ device ]]")]
    public void KnowsTablesAndArrays(string path, string text) =>
        Assert.Equal(text, Covered(_store.GetSpan(Walk(path.Split('/', StringSplitOptions.RemoveEmptyEntries)))));

    [Fact]
    public void PositionsCountFromZeroAndAreShownFromOne()
    {
        SourceSpan span = _store.GetValueSpan((TomlTable)Walk(["boot"]), "l")!.Value;
        Assert.Equal((8, 4), (span.Start.Line, span.Start.Column));
        Assert.Equal((9, 3), (span.End.Line, span.End.Column));
        Assert.Equal("m.toml(9,5)-(10,4)", span.ToString());
        Assert.Equal("m.toml(9,5)", span.ToStringSimple());
    }

    [Fact]
    public void ColumnsCountUtf16CodeUnits()
    {
        TomlTable table = TomlSerializer.Deserialize<TomlTable>("\r\n\t'\U0001F980\u00E9' = 1", new() { MetadataStore = _store })!;
        Assert.Equal("(2,10)", _store.GetValueSpan(table, "\U0001F980\u00E9")!.Value.ToStringSimple());
    }

    [Fact]
    public void KnowsNothingElse()
    {
        Assert.Null(_store.GetSpan(new TomlTable()));
        Assert.Null(_store.GetKeySpan(_root, "absent"));
        Assert.Null(_store.GetValueSpan(new TomlTable(), "name"));
        Assert.Null(_store.GetItemSpan(_root["device"], 2));
        Assert.Null(_store.GetItemSpan(_root["device"], -1));
        Assert.True(_store.TryGetProperties(_root, out TomlPropertiesMetadata? metadata));
        Assert.True(metadata!.ContainsProperty("name"));
        Assert.False(metadata.ContainsProperty("absent"));
        _store.SetProperties(_root, null);
        Assert.False(_store.TryGetProperties(_root, out _));
    }

    private object Walk(string[] steps) => steps.Aggregate((object)_root, (value, step) => value switch
    {
        TomlTable table => table[step],
        TomlTableArray tables => tables[int.Parse(step, CultureInfo.InvariantCulture)],
        _ => ((TomlArray)value)[int.Parse(step, CultureInfo.InvariantCulture)]!,
    });

    private static string Covered(SourceSpan? span) => Document.Substring(span!.Value.Offset, span.Value.Length);
}
