namespace Supermachine.Cli.Assets;

/// <summary>
/// Finds what machine files call <c>asset:GUEST/NAME</c>, fetching it when it is not there. <c>asset:debian-arm64/disk.ext4@NAME</c> is a disk
/// that may be written: a copy of the template under that name, made when it is first asked for and kept.
/// </summary>
internal sealed class AssetResolver(string root, CancellationToken cancellation)
{
    public const string Scheme = "asset:";

    /// <exception cref="AssetException">There is no such asset, or it cannot be had here.</exception>
    public string Resolve(string reference)
    {
        (string name, string? copy) = Parse(reference);
        var store = new AssetStore(root, new AptGuestSource(new AptOptions()), new PlainProgress(TextWriter.Null));
        if (store.Ready() is null) AssetPreparation.Run(new AptOptions(), new AptGuestSource(new AptOptions()), again: false, rebuild: false, cancellation);
        string path = Path.Combine(store.Folder, name);
        return copy is null ? path : Copy(path, Path.Combine(root, "disks", copy));
    }

    private static (string Name, string? Copy) Parse(string reference)
    {
        string[] parts = reference.StartsWith(Scheme, StringComparison.Ordinal) ? reference[Scheme.Length..].Split('@', 2) : [];
        string? name = AssetStore.Names.FirstOrDefault(name => parts.Length != 0 && parts[0] == $"{AssetStore.Guest}/{name}");
        string? copy = parts.Length == 2 ? parts[1] : null;
        bool valid = copy is null || (copy.Length != 0 && copy.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && copy[0] != '.');
        if (name is not null && valid) return (name, copy);
        string known = string.Join(", ", AssetStore.Names.Select(name => $"{Scheme}{AssetStore.Guest}/{name}"));
        throw new AssetException($"there is no asset \"{reference}\"; there are: {known}, and {Scheme}{AssetStore.Guest}/{GuestFolder.Disk}@NAME for a writable disk of that name");
    }

    private string Copy(string template, string path)
    {
        if (File.Exists(path)) return path;
        using AssetLock guard = AssetLock.Acquire(Path.GetDirectoryName(path)!, new PlainProgress(Console.Error), cancellation);
        if (File.Exists(path)) return path;
        string temporary = path + ".tmp";
        SparseFile.Copy(template, temporary);
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
