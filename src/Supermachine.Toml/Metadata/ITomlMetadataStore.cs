namespace Supermachine.Toml;

/// <summary>
/// Remembers where tables and arrays came from. The reader calls <see cref="SetProperties"/> once for each of them, on the caller's
/// thread, after the whole document was read; the consumer asks afterwards.
/// </summary>
public interface ITomlMetadataStore
{
    /// <summary>What is known about a table or an array.</summary>
    /// <param name="instance">A <see cref="TomlTable"/>, <see cref="TomlArray"/> or <see cref="TomlTableArray"/>.</param>
    /// <param name="metadata">Its spans, or null.</param>
    /// <returns>Whether anything is known.</returns>
    bool TryGetProperties(object instance, out TomlPropertiesMetadata? metadata);

    /// <summary>Remembers (or with null forgets) what is known about a table or an array.</summary>
    /// <param name="instance">The table or array, compared by reference.</param>
    /// <param name="metadata">Its spans.</param>
    void SetProperties(object instance, TomlPropertiesMetadata? metadata);
}
