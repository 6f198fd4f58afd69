using System.Globalization;
using System.Security.Cryptography;

namespace Supermachine.Cli.Assets;

/// <summary>A file that a manifest vouches for.</summary>
/// <param name="Name">Relative to the manifest's folder.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Ticks; while size and time are these, the file is taken to be what it was without reading it.</param>
internal sealed record AssetFile(string Name, string Sha256, long Size, long Modified);

/// <summary>
/// What a folder holds and where it came from, as lines of text: reading it has to cost nothing at the start of a machine.
/// </summary>
/// <param name="Recipe">Identifies how the files were made; another recipe makes them again.</param>
/// <param name="Sources">Where they came from, one line each.</param>
/// <param name="Files">The files.</param>
internal sealed record AssetManifest(string Recipe, IReadOnlyList<string> Sources, IReadOnlyList<AssetFile> Files)
{
    private const string Magic = "supermachine assets 1";

    /// <summary>The manifest at <paramref name="path"/>, or null when there is none that this version can read.</summary>
    public static AssetManifest? Read(string path)
    {
        if (!File.Exists(path)) return null;
        string[] lines = File.ReadAllLines(path);
        // The last line tells a whole file from a torn one.
        if (lines.Length < 3 || lines[0] != Magic || lines[^1] != "end") return null;
        var sources = new List<string>();
        var files = new List<AssetFile>();
        string recipe = "";
        foreach (string line in lines.AsSpan(1, lines.Length - 2))
        {
            string[] words = line.Split(' ', 5);
            if (words[0] == "recipe" && words.Length == 2) recipe = words[1];
            else if (words[0] == "source") sources.Add(line["source ".Length..]);
            else if (ReadFile(words) is { } file) files.Add(file);
            else return null;
        }
        return new AssetManifest(recipe, sources, files);
    }

    /// <summary>Writes beside the place and renames: a reader sees the old or the new one.</summary>
    public void Write(string path)
    {
        string temporary = path + ".tmp";
        using (var writer = new StreamWriter(temporary) { NewLine = "\n" })
        {
            writer.WriteLine(Magic);
            writer.WriteLine($"recipe {Recipe}");
            foreach (string source in Sources) writer.WriteLine($"source {source}");
            foreach (AssetFile file in Files)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"file {file.Sha256} {file.Size} {file.Modified} {file.Name}"));
            writer.WriteLine("end");
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads and describes a file.</summary>
    public static AssetFile Describe(string folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        return new AssetFile(name, Hash(file.FullName), file.Length, file.LastWriteTimeUtc.Ticks);
    }

    /// <summary>Whether every file is there and unchanged: by size and time, and by content when <paramref name="thorough"/> or when the time differs.</summary>
    public bool Holds(string folder, bool thorough = false)
    {
        foreach (AssetFile file in Files)
        {
            var found = new FileInfo(Path.Combine(folder, file.Name));
            if (!found.Exists || found.Length != file.Size) return false;
            bool trusted = !thorough && found.LastWriteTimeUtc.Ticks == file.Modified;
            if (!trusted && Hash(found.FullName) != file.Sha256) return false;
        }
        return true;
    }

    public static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static AssetFile? ReadFile(string[] words)
    {
        if (words is not ["file", { Length: 64 } hash, var size, var modified, var name]) return null;
        bool valid = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            & long.TryParse(modified, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks);
        return valid ? new AssetFile(name, hash, bytes, ticks) : null;
    }
}
