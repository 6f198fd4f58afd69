namespace Supermachine.Toml.Tests.Errors;

/// <summary>Several errors are reported at once, each once, and what is right beside them is read.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void ReportsEachLineThatIsWrong() => Expect(
        """
        [machine]
        memory = ⟦512MiB⟧ # no quotes
        vcpus ⟦2⟧
        name = "⟦\q⟧ ⟦\x⟧"
        engine = "auto"
        [boot ⟦k⟧]
        kernel = "not in [machine]"
        [[device]]
        id = ⟦disk0⟧
        kind = "virtio-blk" ⟦p⟧ath = "web.ext4"
        mode = "overlay"
        """,
        "{machine:{engine:'auto'},device:[[{kind:'virtio-blk',mode:'overlay'}]]}");

    [Fact]
    public void ReportsEachItemThatIsWrong() => Expect(
        """
        a = [1, ⟦x⟧, 3, {b = ⟦y⟧, c = 5}, "⟦\z⟧"]
        d = 1
        """,
        "{a:[1,3,{c:5}],d:1}");

    [Fact]
    public void GoesOnBehindTheBracketsThatHoldTheError() => Expect(
        """
        a = [
            "x" ⟦"⟧y ] # z",
            # ]]]
            'w ]', "\"]", [2], {k = "]"},
            '''
            ]''',
        ]
        b = 1
        c = {
            d ⟦:⟧ 1,
            e = [[1]],
        }
        f = ⟦?⟧
        """,
        "{b:1}");

    [Fact]
    public void BracketsAfterACompleteValueHoldNothing() => Expect(
        """
        a = 1 ⟦[⟧
        b = 2
        [c]⟦]⟧
        d = 3
        """,
        "{a:1,b:2,c:{d:3}}");

    [Fact]
    public void KeysBelowAWrongHeaderConcernNothingElse() => Expect(
        """
        [a]
        x = 1
        [⟦a⟧]
        x = 2
        y = ⟦z⟧
        [b]
        x = 3
        [[⟦b⟧]]
        x = 4
        """,
        "{a:{x:1},b:{x:3}}");

    [Fact]
    public void WhatIsNeverClosedTakesTheRest() => Expect("a = 1\nb = ⟦[⟧2,\n", "{a:1}");

    [Fact]
    public void AKeyWhoseValueIsWrongIsKnownToTheStore()
    {
        var store = new TomlMetadataStore();
        var options = new TomlSerializerOptions { MetadataStore = store };
        Assert.False(TomlSerializer.TryDeserialize("a = x\nb.c = [\n1 2]", options, out TomlTable table, out _));
        Assert.Equal("{b:{}}", Read.Shape(table));
        Assert.Equal(0, store.GetKeySpan(table, "a")?.Offset);
        Assert.Equal(8, store.GetKeySpan((TomlTable)table["b"], "c")?.Offset);
    }

    [Fact]
    public void StopsAfterTooManyErrors()
    {
        string toml = string.Concat(Enumerable.Repeat("=\n", TomlSerializer.MaximumErrors + 50));
        DiagnosticsBag errors = Read.Errors(toml);
        Assert.Equal(TomlSerializer.MaximumErrors + 1, errors.Count);
        Assert.Equal("more than 100 errors, the rest of the document was not read", errors[^1].Message);
        Assert.Equal(TomlSerializer.MaximumErrors, errors[^1].Span.Start.Line);
    }

    [Theory]
    [InlineData("a = [", "x,", "]")]
    [InlineData("a = {", "x = y,", "}")]
    [InlineData("a = \"", "\\q", "\"")]
    [InlineData("a = \"\"\"", "\u0001\n", "\"\"\"")]
    [InlineData("a = '", "\u0001", "'")]
    [InlineData("", "#\u0001\n", "")]
    [InlineData("", "[[a.b]\n", "")]
    public void StopsAfterTooManyErrorsWherever(string start, string wrong, string end)
    {
        DiagnosticsBag errors = Read.Errors(start + string.Concat(Enumerable.Repeat(wrong, 300)) + end);
        Assert.Equal(TomlSerializer.MaximumErrors + 1, errors.Count);
        Assert.StartsWith("more than 100 errors", errors[^1].Message, StringComparison.Ordinal);
    }

    private static void Expect(string marked, string shape)
    {
        var document = new Marked(marked);
        Assert.False(TomlSerializer.TryDeserialize(document.Text, null, out TomlTable table, out DiagnosticsBag diagnostics));
        Assert.Equal(document.Spans, diagnostics.Select(error => (error.Span.Offset, error.Span.Length)));
        Assert.Equal(shape, Read.Shape(table));
    }
}
