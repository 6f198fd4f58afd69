namespace Supermachine.Runtime;

/// <summary>The <c>[plugins]</c> table.</summary>
public sealed record PluginsSection
{
    /// <summary>Folders of plugins, besides the ones installed with the runtime. A plugin found here hides an installed one of the same name.</summary>
    [HostPath(MustExist = true)]
    public IReadOnlyList<string> Paths { get; init; } = [];
}
