namespace Supermachine.Toml;

/// <summary>The questions a consumer asks a store. Each answers null for what the store does not know.</summary>
public static class TomlMetadataStoreExtensions
{
    /// <summary>Where a table or an array is.</summary>
    /// <param name="store">The store.</param>
    /// <param name="instance">The table or array.</param>
    public static SourceSpan? GetSpan(this ITomlMetadataStore store, object instance) => Find(store, instance)?.Span;

    /// <summary>Where a key of a table is.</summary>
    /// <param name="store">The store.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">The key, undotted and unquoted.</param>
    public static SourceSpan? GetKeySpan(this ITomlMetadataStore store, TomlTable table, string key) => Find(store, table, key)?.KeySpan;

    /// <summary>Where the value of a key is.</summary>
    /// <param name="store">The store.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">The key, undotted and unquoted.</param>
    public static SourceSpan? GetValueSpan(this ITomlMetadataStore store, TomlTable table, string key) => Find(store, table, key)?.ValueSpan;

    /// <summary>Where an item of an array is.</summary>
    /// <param name="store">The store.</param>
    /// <param name="array">A <see cref="TomlArray"/> or <see cref="TomlTableArray"/>.</param>
    /// <param name="index">From 0.</param>
    public static SourceSpan? GetItemSpan(this ITomlMetadataStore store, object array, int index) =>
        Find(store, array) is { } metadata && metadata.TryGetItemSpan(index, out SourceSpan span) ? span : null;

    private static TomlPropertiesMetadata? Find(ITomlMetadataStore store, object instance)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TryGetProperties(instance, out TomlPropertiesMetadata? metadata) ? metadata : null;
    }

    private static TomlPropertyMetadata? Find(ITomlMetadataStore store, TomlTable table, string key) =>
        Find(store, table) is { } metadata && metadata.TryGetProperty(key, out TomlPropertyMetadata? property) ? property : null;
}
