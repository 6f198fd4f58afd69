using System.Globalization;
using System.Text.Json;

namespace Supermachine.Toml.Tests.Corpus;

/// <summary>Compares what was read with toml-test's tagged JSON: {"type": ..., "value": ...} for each scalar.</summary>
internal static class TaggedJson
{
    /// <summary>The first difference, or null.</summary>
    public static string? Difference(object? actual, JsonElement expected, string path = "$")
    {
        if (expected.ValueKind == JsonValueKind.Array) return ArrayDifference(actual, expected, path);
        if (IsScalar(expected)) return ScalarDifference(actual, expected, path);
        if (actual is not TomlTable table) return $"{path}: expected a table, read {Name(actual)}";
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            if (!table.TryGetValue(property.Name, out object? value)) return $"{path}: '{property.Name}' was not read";
            if (Difference(value, property.Value, $"{path}.{property.Name}") is { } difference) return difference;
        }
        return table.Count == expected.EnumerateObject().Count() ? null : $"{path}: read too many keys: {string.Join(", ", table.Keys)}";
    }

    private static string? ArrayDifference(object? actual, JsonElement expected, string path)
    {
        object?[]? items = actual switch { TomlArray array => [.. array], TomlTableArray tables => [.. tables], _ => null };
        if (items is null) return $"{path}: expected an array, read {Name(actual)}";
        if (items.Length != expected.GetArrayLength()) return $"{path}: {items.Length} items, expected {expected.GetArrayLength()}";
        return items.Select((item, i) => Difference(item, expected[i], $"{path}[{i}]")).FirstOrDefault(difference => difference is not null);
    }

    private static string? ScalarDifference(object? actual, JsonElement expected, string path)
    {
        string type = expected.GetProperty("type").GetString()!;
        string value = expected.GetProperty("value").GetString()!;
        bool same = type switch
        {
            "string" => actual is string text && text == value,
            "integer" => actual is long integer && integer == long.Parse(value, CultureInfo.InvariantCulture),
            "float" => actual is double number && number.Equals(Float(value)),
            "bool" => actual is bool flag && flag == bool.Parse(value),
            "datetime" => actual is TomlDateTime { Kind: TomlDateTimeKind.OffsetDateTimeByZ or TomlDateTimeKind.OffsetDateTimeByNumber } moment
                && moment.DateTime.EqualsExact(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture)),
            "datetime-local" => IsLocal(actual, TomlDateTimeKind.LocalDateTime, value),
            "date-local" => IsLocal(actual, TomlDateTimeKind.LocalDate, value),
            "time-local" => IsLocal(actual, TomlDateTimeKind.LocalTime, $"0001-01-01T{value}"),
            _ => throw new NotSupportedException($"toml-test has a new type: {type}"),
        };
        return same ? null : $"{path}: expected the {type} '{value}', read {Name(actual)}";
    }

    private static bool IsLocal(object? actual, TomlDateTimeKind kind, string value) =>
        actual is TomlDateTime moment && moment.Kind == kind && moment.DateTime.Offset == TimeSpan.Zero
        && moment.DateTime.DateTime == DateTime.Parse(value, CultureInfo.InvariantCulture);

    private static double Float(string value) => value switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(value, CultureInfo.InvariantCulture),
    };

    private static bool IsScalar(JsonElement element) =>
        element.EnumerateObject().Count() == 2 && element.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
        && element.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.String;

    private static string Name(object? actual) => actual is null ? "nothing" : $"{actual.GetType().Name} '{actual}'";
}
