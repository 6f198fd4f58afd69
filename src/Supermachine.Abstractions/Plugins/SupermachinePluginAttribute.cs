namespace Supermachine;

/// <summary>Marks an assembly as a plugin. Read from metadata, without loading the assembly.</summary>
/// <param name="pluginType">A public class with a parameterless constructor that implements <see cref="ISupermachinePlugin"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SupermachinePluginAttribute(Type pluginType) : Attribute
{
    /// <summary>The plugin's entry class.</summary>
    public Type PluginType { get; } = pluginType;
}

/// <summary>
/// Announces a kind that the plugin provides, so that a machine loads only the plugins whose kinds it names. Read from metadata.
/// </summary>
/// <param name="part">What sort of part it is.</param>
/// <param name="kind">The word that machine files use, in kebab case: <c>virtio-blk</c>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ProvidesKindAttribute(PartKind part, string kind) : Attribute
{
    /// <summary>What sort of part it is.</summary>
    public PartKind Part { get; } = part;

    /// <summary>The word that machine files use.</summary>
    public string Kind { get; } = kind;

    /// <summary>One line for <c>supermachine plugins</c>.</summary>
    public string Summary { get; init; } = "";
}

/// <summary>The sorts of parts a plugin can provide.</summary>
public enum PartKind
{
    /// <summary>A <c>[[device]]</c>.</summary>
    Device = 0,

    /// <summary>An <c>[[endpoint]]</c>.</summary>
    Endpoint = 1,

    /// <summary>A stage named in an endpoint's <c>through</c>.</summary>
    Middleware = 2,

    /// <summary>The <c>[egress]</c> policy.</summary>
    EgressPolicy = 3,
}
