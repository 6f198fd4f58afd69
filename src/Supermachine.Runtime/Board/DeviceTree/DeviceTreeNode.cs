using System.Buffers.Binary;
using System.Text;

namespace Supermachine.Runtime;

/// <summary>A node of a device tree in memory.</summary>
internal sealed class DeviceTreeNode(string name) : IDeviceTreeNode
{
    private readonly List<KeyValuePair<string, byte[]>> _properties = [];
    private readonly List<DeviceTreeNode> _children = [];

    /// <summary>The generic name.</summary>
    public string Name { get; set; } = name;

    /// <summary>What follows the @, in hexadecimal; null for nodes without a <c>reg</c>.</summary>
    public ulong? UnitAddress { get; init; }

    /// <summary>Name and unit address, as paths have it.</summary>
    public string FullName => UnitAddress is { } address ? $"{Name}@{address:x}" : Name;

    public IReadOnlyList<KeyValuePair<string, byte[]>> Properties => _properties;

    public IReadOnlyList<DeviceTreeNode> Children => _children;

    /// <summary>Adds a child and returns it.</summary>
    public DeviceTreeNode Add(DeviceTreeNode child)
    {
        _children.Add(child);
        return child;
    }

    public void Property(string name, params ReadOnlySpan<uint> cells)
    {
        byte[] value = new byte[cells.Length * sizeof(uint)];
        for (int i = 0; i < cells.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(i * sizeof(uint)), cells[i]);
        Set(name, value);
    }

    public void Property(string name, params ReadOnlySpan<string> values)
    {
        var text = new StringBuilder();
        foreach (string value in values) text.Append(value).Append('\0');
        Set(name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Adds a property of 64-bit numbers, two cells each.</summary>
    public void Wide(string name, params ReadOnlySpan<ulong> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(ulong)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), values[i]);
        Set(name, bytes);
    }

    /// <summary>Adds a property of raw bytes.</summary>
    public void Set(string name, byte[] value)
    {
        if (_properties.Exists(each => each.Key == name)) throw new ArgumentException($"device-tree node \"{FullName}\" has two properties \"{name}\"");
        _properties.Add(new(name, value));
    }
}
