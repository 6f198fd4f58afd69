namespace Supermachine.Toml.Tests;

/// <summary>Short ways to read a document in a test.</summary>
internal static class Read
{
    public static TomlTable Table(string toml) => TomlSerializer.Deserialize<TomlTable>(toml)!;

    /// <summary>The value of the key <c>v</c> of a document that is nothing but that.</summary>
    public static object Value(string value) => Table($"v = {value}")["v"];

    public static DiagnosticsBag Errors(string toml)
    {
        TomlSerializer.TryDeserialize(toml, null, out TomlTable _, out DiagnosticsBag diagnostics);
        return diagnostics;
    }

    /// <summary>What was read, as JSON-like text in the document's order.</summary>
    public static string Shape(object? value) => value switch
    {
        TomlTable table => $"{{{string.Join(",", table.Select(entry => $"{entry.Key}:{Shape(entry.Value)}"))}}}",
        TomlTableArray tables => $"[[{string.Join(",", tables.Select(Shape))}]]",
        TomlArray array => $"[{string.Join(",", array.Select(Shape))}]",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        _ => FormattableString.Invariant($"{value}"),
    };
}
