namespace Supermachine.Toml;

/// <summary>How to read a document.</summary>
public sealed record TomlSerializerOptions
{
    /// <summary>No name and no metadata.</summary>
    public static TomlSerializerOptions Default { get; } = new();

    /// <summary>What messages call the document, usually its path.</summary>
    public string? SourceName { get; init; }

    /// <summary>Receives the spans of all keys and values; none are kept when null.</summary>
    public ITomlMetadataStore? MetadataStore { get; init; }
}
