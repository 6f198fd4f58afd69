namespace Supermachine.Toml.Tests;

/// <summary>The entry points and what they throw.</summary>
public sealed class SerializerTests
{
    [Fact]
    public void TheExceptionCarriesEveryErrorAndPointsAtTheFirst()
    {
        var options = new TomlSerializerOptions { SourceName = "machines/dev.toml" };
        TomlException refusal = Assert.Throws<TomlException>(() => TomlSerializer.Deserialize<TomlTable>("a = 1\n  b = x\nc = y", options));
        Assert.Equal(2, refusal.Diagnostics.Count);
        Assert.Equal(("machines/dev.toml", 2, 7, 12), (refusal.SourceName, refusal.Line, refusal.Column, refusal.Offset));
        Assert.Equal(refusal.Diagnostics[0].Span, refusal.Span);
        Assert.Equal(
            ["machines/dev.toml(2,7) : error : 'x' is not a value (a string needs quotes)", "machines/dev.toml(3,5) : error : 'y' is not a value (a string needs quotes)"],
            refusal.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void ErrorsComeInTheOrderOfTheText()
    {
        DiagnosticsBag errors = Read.Errors("a = 1\na = [x, \"\\q\", {b = y, b = 2}]\nc = [");
        Assert.Equal(errors.Select(error => error.Span.Offset).Order(), errors.Select(error => error.Span.Offset));
        Assert.Equal(5, errors.Count);
    }

    [Fact]
    public void TryDeserializeDoesNotThrow()
    {
        Assert.True(TomlSerializer.TryDeserialize("a = 1", out TomlTable? table));
        Assert.Equal(1L, table["a"]);
        Assert.False(TomlSerializer.TryDeserialize("a = ", out table));
        Assert.Null(table);
    }

    [Fact]
    public void ReadsIntoATableOnly()
    {
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(() => TomlSerializer.Deserialize<SerializerTests>(""));
        Assert.Contains(nameof(SerializerTests), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => TomlSerializer.Deserialize<TomlTable>((string)null!));
    }

    [Fact]
    public void ABagCountsItsErrors()
    {
        var bag = new DiagnosticsBag();
        bag.Warning(default, "w");
        Assert.False(bag.HasErrors);
        bag.Error(default, "e");
        Assert.True(bag.HasErrors);
        Assert.Equal($"(1,1) : warning : w{Environment.NewLine}(1,1) : error : e", bag.ToString());
        Assert.Null(new TomlException([]).Line);
    }
}
