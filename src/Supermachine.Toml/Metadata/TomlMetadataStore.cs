using System.Runtime.CompilerServices;

namespace Supermachine.Toml;

/// <summary>A store that holds metadata as long as the table or array itself is alive. Safe on several threads.</summary>
public sealed class TomlMetadataStore : ITomlMetadataStore
{
    private readonly ConditionalWeakTable<object, TomlPropertiesMetadata> _metadata = [];

    /// <inheritdoc/>
    public bool TryGetProperties(object instance, out TomlPropertiesMetadata? metadata) => _metadata.TryGetValue(instance, out metadata);

    /// <inheritdoc/>
    public void SetProperties(object instance, TomlPropertiesMetadata? metadata)
    {
        if (metadata is null) _metadata.Remove(instance);
        else _metadata.AddOrUpdate(instance, metadata);
    }
}
