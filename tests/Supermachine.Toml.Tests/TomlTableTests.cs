namespace Supermachine.Toml.Tests;

/// <summary>A table is a dictionary that keeps its order and holds no null.</summary>
public sealed class TomlTableTests
{
    [Fact]
    public void KeepsTheOrderOfItsKeys()
    {
        var table = new TomlTable { ["z"] = 1L, ["a"] = "x" };
        table.Add("m", true);
        table["z"] = 2L;
        Assert.Equal(["z", "a", "m"], table.Keys);
        Assert.Equal([2L, "x", true], table.Values);
        Assert.True(table.Remove("a"));
        Assert.False(table.TryGetValue("a", out _));
        Assert.Equal(["z", "m"], table.Select(entry => entry.Key));
        Assert.False(table.IsReadOnly);
        table.Clear();
        Assert.Empty(table);
    }

    [Fact]
    public void IsADictionary()
    {
        IDictionary<string, object> table = new TomlTable();
        table.Add(KeyValuePair.Create<string, object>("a", 1L));
        Assert.Contains(KeyValuePair.Create<string, object>("a", 1L), table);
        var copy = new KeyValuePair<string, object>[2];
        table.CopyTo(copy, 1);
        Assert.Equal("a", copy[1].Key);
        Assert.True(table.Remove(copy[1]));
        Assert.Throws<KeyNotFoundException>(() => table["a"]);
    }

    [Fact]
    public void HoldsNoNull()
    {
        var table = new TomlTable();
        Assert.Throws<ArgumentNullException>(() => table["a"] = null!);
        Assert.Throws<ArgumentNullException>(() => table.Add("a", null!));
    }
}
