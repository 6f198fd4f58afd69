using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Toml.Tests.Properties;

/// <summary>What was written at random is read as it was meant, and the spans cover what they claim to.</summary>
public sealed class RoundTripProperties
{
    private const int Runs = 500;

    private static readonly Arbitrary<(TomlTable Table, string Toml)> Written = Arb.From(
        from table in Documents.Table
        from seed in ArbMap.Default.GeneratorFor<int>()
        select (table, new TomlTextWriter(new Random(seed)).Write(table)));

    [Fact]
    public void ReadsWhatWasWritten() => Check(document =>
    {
        TomlTable read = Read.Table(document.Toml);
        return Same(document.Table, read) ? "" : $"read {Read.Shape(read)}";
    });

    [Fact]
    public void SpansCoverTheirKeysAndValues() => Check(document =>
    {
        var store = new TomlMetadataStore();
        TomlTable read = TomlSerializer.Deserialize<TomlTable>(document.Toml, new() { MetadataStore = store })!;
        return WrongSpan(document.Toml, store, read) ?? "";
    });

    private static void Check(Func<(TomlTable Table, string Toml), string> difference) => Prop
        .ForAll(Written, document =>
        {
            string found = difference(document);
            return (found.Length == 0).Label($"{found}\nin:\n{document.Toml}");
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithEndSize(60));

    // Reading a key's or value's text alone must give the key or value.
    private static string? WrongSpan(string toml, TomlMetadataStore store, object? value)
    {
        if (value is TomlTable table) return table.Select(entry => WrongEntry(toml, store, table, entry.Key, entry.Value)).FirstOrDefault(wrong => wrong is not null);
        if (value is TomlTableArray tables) return tables.Select((item, i) => WrongItem(toml, store, tables, i, item)).FirstOrDefault(wrong => wrong is not null);
        return value is TomlArray array ? array.Select((item, i) => WrongItem(toml, store, array, i, item)).FirstOrDefault(wrong => wrong is not null) : null;
    }

    private static string? WrongEntry(string toml, TomlMetadataStore store, TomlTable table, string key, object value)
    {
        string keyText = Covered(toml, store.GetKeySpan(table, key));
        if (Assert.Single(Read.Table($"{keyText} = 1")).Key != key) return $"key '{key}' at '{keyText}'";
        string text = Covered(toml, store.GetValueSpan(table, key));
        return (IsWrittenAlone(text, value) && !Same(value, Read.Value(text)) ? $"'{key}' at '{text}'" : null) ?? WrongSpan(toml, store, value);
    }

    private static string? WrongItem(string toml, TomlMetadataStore store, object array, int index, object? item)
    {
        string text = Covered(toml, store.GetItemSpan(array, index));
        return (array is TomlArray && !Same(item, Read.Value(text)) ? $"item {index} at '{text}'" : null) ?? WrongSpan(toml, store, item);
    }

    // Tables of headers and dotted keys have no text of their own.
    private static bool IsWrittenAlone(string text, object value) => value is not (TomlTable or TomlTableArray) || (value is TomlTable && text[0] == '{');

    private static string Covered(string toml, SourceSpan? span) => toml.Substring(span!.Value.Offset, span.Value.Length);

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        (TomlTable a, TomlTable b) => a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out object? other) && Same(entry.Value, other)),
        (TomlArray a, TomlArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (TomlArray a, TomlTableArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (double a, double b) => a.Equals(b) && double.IsNegative(a) == double.IsNegative(b),
        (TomlDateTime a, TomlDateTime b) => a.Kind == b.Kind && a.DateTime.EqualsExact(b.DateTime) && (a.SecondPrecision == b.SecondPrecision || a.DateTime.Ticks % 10_000_000 == 0),
        _ => Equals(left, right),
    };
}
