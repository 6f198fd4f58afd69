using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Supermachine.Runtime;

/// <summary>Writes a device tree in the flattened format, version 17 (Devicetree Specification 0.4, chapter 5).</summary>
internal sealed class FlattenedTree
{
    // 5.2 and 5.4.1.
    private const uint FDT_MAGIC = 0xd00dfeed;
    private const uint FDT_VERSION = 17;
    private const uint FDT_LAST_COMPATIBLE_VERSION = 16;
    private const uint FDT_BEGIN_NODE = 1;
    private const uint FDT_END_NODE = 2;
    private const uint FDT_PROP = 3;
    private const uint FDT_END = 9;
    private const int HeaderLength = 40;
    private const int ReservationEntryLength = 16;

    private readonly ArrayBufferWriter<byte> _structure = new();
    private readonly ArrayBufferWriter<byte> _strings = new();
    private readonly Dictionary<string, uint> _stringOffsets = [];

    private FlattenedTree()
    {
    }

    /// <summary>The whole blob. No memory is reserved.</summary>
    public static byte[] Write(DeviceTreeNode root)
    {
        var tree = new FlattenedTree();
        tree.Node(root);
        tree.Word(FDT_END);
        return tree.Assemble();
    }

    private void Node(DeviceTreeNode node)
    {
        Word(FDT_BEGIN_NODE);
        Padded(Encoding.ASCII.GetBytes(node.FullName + '\0'));
        foreach ((string name, byte[] value) in node.Properties)
        {
            Word(FDT_PROP);
            Word((uint)value.Length);
            Word(StringOffset(name));
            Padded(value);
        }

        foreach (DeviceTreeNode child in node.Children) Node(child);
        Word(FDT_END_NODE);
    }

    private uint StringOffset(string name)
    {
        if (_stringOffsets.TryGetValue(name, out uint offset)) return offset;
        offset = (uint)_strings.WrittenCount;
        _strings.Write(Encoding.ASCII.GetBytes(name + '\0'));
        return _stringOffsets[name] = offset;
    }

    private byte[] Assemble()
    {
        int structure = HeaderLength + ReservationEntryLength;
        int strings = structure + _structure.WrittenCount;
        byte[] blob = new byte[strings + _strings.WrittenCount];
        ReadOnlySpan<uint> header =
        [
            FDT_MAGIC, (uint)blob.Length, (uint)structure, (uint)strings, HeaderLength,
            FDT_VERSION, FDT_LAST_COMPATIBLE_VERSION, 0, (uint)_strings.WrittenCount, (uint)_structure.WrittenCount,
        ];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(4 * i), header[i]);
        _structure.WrittenSpan.CopyTo(blob.AsSpan(structure));
        _strings.WrittenSpan.CopyTo(blob.AsSpan(strings));
        return blob;
    }

    private void Word(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        _structure.Write(bytes);
    }

    private void Padded(ReadOnlySpan<byte> bytes)
    {
        _structure.Write(bytes);
        _structure.Write("\0\0\0"u8[..(-bytes.Length & 3)]);
    }
}
