namespace Supermachine;

/// <summary>A device that describes its own device-tree node. The board adds <c>reg</c> and <c>interrupts</c>, which only it knows.</summary>
public interface IDeviceTreeSource
{
    /// <summary>Describes the node. Called once per composition on the composing thread.</summary>
    void Describe(IDeviceTreeNode node);
}

/// <summary>A device-tree node under construction (Devicetree Specification 0.4, section 2.2).</summary>
public interface IDeviceTreeNode
{
    /// <summary>The generic part of the node's name, such as <c>virtio_mmio</c>; the board appends the unit address.</summary>
    string Name { get; set; }

    /// <summary>Adds a property of 32-bit cells; no cells make an empty property.</summary>
    void Property(string name, params ReadOnlySpan<uint> cells);

    /// <summary>Adds a property that is a list of strings.</summary>
    void Property(string name, params ReadOnlySpan<string> values);
}
