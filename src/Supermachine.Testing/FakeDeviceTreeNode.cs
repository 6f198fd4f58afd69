namespace Supermachine.Testing;

/// <summary>A device-tree node that keeps what a device says of itself.</summary>
public sealed class FakeDeviceTreeNode : IDeviceTreeNode
{
    /// <inheritdoc/>
    public string Name { get; set; } = "";

    /// <summary>The properties of cells, by name.</summary>
    public Dictionary<string, uint[]> Cells { get; } = [];

    /// <summary>The properties of strings, by name.</summary>
    public Dictionary<string, string[]> Strings { get; } = [];

    /// <inheritdoc/>
    public void Property(string name, params ReadOnlySpan<uint> cells) => Cells.Add(name, cells.ToArray());

    /// <inheritdoc/>
    public void Property(string name, params ReadOnlySpan<string> values) => Strings.Add(name, values.ToArray());
}
