using System.Diagnostics.CodeAnalysis;

namespace Supermachine.Toml;

/// <summary>Where a table and its entries, or an array and its items, are.</summary>
public sealed class TomlPropertiesMetadata
{
    private readonly Dictionary<string, TomlPropertyMetadata> _properties = new(StringComparer.Ordinal);
    private List<SourceSpan>? _items;

    /// <summary>The table or array itself: its header, or from the opening to the closing bracket; the first character for the root.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>Whether the table has the key, be it with a value that could not be read and is not in the table.</summary>
    /// <param name="propertyKey">The key, undotted and unquoted.</param>
    public bool ContainsProperty(string propertyKey) => _properties.ContainsKey(propertyKey);

    /// <summary>Where a key of the table is.</summary>
    /// <param name="propertyKey">The key, undotted and unquoted.</param>
    /// <param name="propertyMetadata">Its spans.</param>
    public bool TryGetProperty(string propertyKey, [NotNullWhen(true)] out TomlPropertyMetadata? propertyMetadata) =>
        _properties.TryGetValue(propertyKey, out propertyMetadata);

    /// <summary>Sets where a key of the table is.</summary>
    /// <param name="propertyKey">The key, undotted and unquoted.</param>
    /// <param name="propertyMetadata">Its spans.</param>
    public void SetProperty(string propertyKey, TomlPropertyMetadata propertyMetadata) => _properties[propertyKey] = propertyMetadata;

    /// <summary>Where an item of the array is.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="span">The item: its value, or its <c>[[header]]</c>.</param>
    public bool TryGetItemSpan(int index, out SourceSpan span)
    {
        bool known = index >= 0 && index < _items?.Count;
        span = known ? _items![index] : default;
        return known;
    }

    /// <summary>What made a table.</summary>
    internal TableOrigin Origin { get; set; }

    internal void AddItem(SourceSpan span) => (_items ??= new(capacity: 4)).Add(span);
}
