using System.Globalization;

namespace Supermachine.Cli.Assets;

/// <summary>A package as the signed lists describe it.</summary>
/// <param name="Path">Where its file is, or will be.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
internal sealed record AptPackage(string Path, long Size, string Sha256)
{
    /// <summary>Reads a line of <c>apt-get download --print-uris</c>: <c>'ADDRESS' FILE SIZE SHA256:HASH</c>.</summary>
    public static AptPackage? Parse(string line, string folder)
    {
        string[] words = line.Split(' ');
        if (words is not [['\'', ..], var name, var size, var hash] || !hash.StartsWith("SHA256:", StringComparison.Ordinal)) return null;
        if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)) return null;
        return new AptPackage(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(name)), bytes, hash["SHA256:".Length..]);
    }

    public bool IsComplete() => new FileInfo(Path) is { Exists: true } file && file.Length == Size && AssetManifest.Hash(Path) == Sha256;
}
