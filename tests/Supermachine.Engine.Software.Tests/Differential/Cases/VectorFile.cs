using System.IO.Compression;
using System.Text;

namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// Recorded vectors: for each row its name, the count of its vectors, and for each of them the count of instructions, the
/// instructions, the seed and the hash. Little-endian. Inside a Brotli stream, as half of it compresses.
/// </summary>
internal static class VectorFile
{
    public const string Extension = ".vec";
    private const uint Magic = 0x3156_4D53; // SMV1

    /// <summary>The group of random sequences, which belong to no row.</summary>
    public const string Sequences = "Sequences";

    public static SortedDictionary<string, Vector[]> Read(string path)
    {
        using BinaryReader reader = new(new BrotliStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException($"{path} has no vectors of this version");
        SortedDictionary<string, Vector[]> rows = new(StringComparer.Ordinal);
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string name = reader.ReadString();
            Vector[] vectors = new Vector[reader.ReadInt32()];
            for (int i = 0; i < vectors.Length; i++) vectors[i] = ReadVector(reader);
            rows.Add(name, vectors);
        }

        return rows;
    }

    public static void Write(string path, SortedDictionary<string, Vector[]> rows)
    {
        using BinaryWriter writer = new(new BrotliStream(File.Create(path), CompressionLevel.SmallestSize), Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(rows.Count);
        foreach ((string name, Vector[] vectors) in rows)
        {
            writer.Write(name);
            writer.Write(vectors.Length);
            foreach (Vector vector in vectors)
            {
                writer.Write((byte)vector.Case.Code.Length);
                foreach (uint word in vector.Case.Code) writer.Write(word);
                writer.Write(vector.Case.Seed);
                writer.Write(vector.Hash);
            }
        }
    }

    private static Vector ReadVector(BinaryReader reader)
    {
        uint[] code = new uint[reader.ReadByte()];
        if (code.Length > CaseLayout.MaxInstructions) throw new InvalidDataException($"a vector of {code.Length} instructions");
        for (int i = 0; i < code.Length; i++) code[i] = reader.ReadUInt32();
        return new Vector(new TestCase(code, reader.ReadUInt32()), reader.ReadUInt32());
    }
}
