using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Supermachine.Toml;

/// <summary>
/// A table. Its values are <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="TomlDateTime"/>,
/// <see cref="TomlTable"/>, <see cref="TomlArray"/> or <see cref="TomlTableArray"/>; its keys keep the order of the document.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is Tomlyn's, and TOML's.")]
public sealed class TomlTable : IDictionary<string, object>
{
    private readonly OrderedDictionary<string, object> _entries = new(StringComparer.Ordinal);

    /// <summary>How many keys there are.</summary>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public ICollection<string> Keys => _entries.Keys;

    /// <inheritdoc/>
    public ICollection<object> Values => _entries.Values;

    /// <inheritdoc/>
    public object this[string key]
    {
        get => _entries[key];
        set => _entries[key] = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <inheritdoc/>
    public void Add(string key, object value) => _entries.Add(key, value ?? throw new ArgumentNullException(nameof(value)));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => _entries.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Remove(string key) => _entries.Remove(key);

    /// <inheritdoc/>
    public void Clear() => _entries.Clear();

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_entries).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_entries).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)_entries).Remove(item);
}
