using System.Buffers.Binary;
using System.Text;

namespace Supermachine.Runtime.Tests;

/// <summary>Reads a flattened device tree by the letter of the specification (Devicetree Specification 0.4, chapter 5), checking what it says on the way.</summary>
internal sealed class TreeReader
{
    private readonly byte[] _blob;
    private readonly int _strings;
    private int _at;

    private TreeReader(byte[] blob)
    {
        _blob = blob;
        Assert.Equal(0xd00dfeed, Word(0));
        Assert.Equal((uint)blob.Length, Word(4));
        (_at, _strings) = ((int)Word(8), (int)Word(12));
        Assert.Equal(0, _at % 4);
        int reservations = (int)Word(16);
        Assert.Equal(0, reservations % 8);
        Assert.Equal((17u, 16u, 0u), (Word(20), Word(24), Word(28)));
        Assert.Equal((uint)(blob.Length - _strings), Word(32));
        Assert.Equal((uint)(_strings - _at), Word(36));
        Assert.All(blob[reservations..(reservations + 16)], each => Assert.Equal(0, each));
    }

    /// <returns>Property values by path: <c>/cpus/cpu@0:reg</c>. A node has an entry of its own without a colon.</returns>
    public static Dictionary<string, byte[]> Read(byte[] blob)
    {
        var reader = new TreeReader(blob);
        Dictionary<string, byte[]> all = [];
        Assert.Equal(1u, reader.Next());
        reader.Node("", all);
        Assert.Equal(9u, reader.Next());
        Assert.Equal(reader._strings, reader._at);
        return all;
    }

    public static uint[] Cells(byte[] value) =>
        [.. Enumerable.Range(0, value.Length / 4).Select(i => BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(4 * i)))];

    public static string[] Strings(byte[] value) => Encoding.ASCII.GetString(value).TrimEnd('\0').Split('\0');

    private void Node(string parent, Dictionary<string, byte[]> all)
    {
        string name = Text(_at);
        _at = (_at + name.Length + 4) & ~3;
        string path = name.Length == 0 ? "" : $"{parent}/{name}";
        all.Add(path.Length == 0 ? "/" : path, []);
        bool children = false;
        while (true)
        {
            uint token = Next();
            if (token == 2) return;
            if (token == 1)
            {
                children = true;
                Node(path, all);
                continue;
            }

            Assert.Equal(3u, token);
            Assert.False(children, "properties come before children");
            (int length, int offset) = ((int)Next(), (int)Next());
            all.Add($"{(path.Length == 0 ? "/" : path)}:{Text(_strings + offset)}", _blob[_at..(_at + length)]);
            _at = (_at + length + 3) & ~3;
        }
    }

    private uint Next()
    {
        uint word = Word(_at);
        _at += 4;
        return word;
    }

    private uint Word(int at) => BinaryPrimitives.ReadUInt32BigEndian(_blob.AsSpan(at));

    private string Text(int at) => Encoding.ASCII.GetString(_blob, at, Array.IndexOf(_blob, (byte)0, at) - at);
}
