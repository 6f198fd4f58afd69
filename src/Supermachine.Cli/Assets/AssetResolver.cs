using Supermachine.Runtime;

namespace Supermachine.Cli.Assets;

/// <summary>
/// Finds what machine files call <c>asset:GUEST/NAME</c>, fetching it when it is not there. <c>asset:debian-arm64/disk.ext4@NAME</c> is a disk
/// that may be written: a copy of the template under that name, made when it is first asked for and kept.
/// </summary>
internal sealed class AssetResolver(string root) : IAssetResolver
{
    public IReadOnlyCollection<string> Known => [.. AssetStore.Names.Select(name => $"{AssetStore.Guest}/{name}")];

    public bool IsKnown(string asset) => Parse(asset) is not null;

    public string? TryFind(string asset)
    {
        if (Parse(asset) is not var (name, copy)) return null;
        if (copy is not null) return File.Exists(CopyPath(copy)) ? CopyPath(copy) : null;
        AssetStore store = Store();
        return store.Ready() is null ? null : Path.Combine(store.Folder, name);
    }

    public string Resolve(string asset, CancellationToken cancellation)
    {
        if (Parse(asset) is not var (name, copy)) throw new AssetException($"there is no asset \"{asset}\"; there are: {string.Join(", ", Known)}");
        AssetStore store = Store();
        if (store.Ready() is null) AssetPreparation.Run(new AptOptions(), new AptGuestSource(new AptOptions()), again: false, rebuild: false, cancellation);
        string path = Path.Combine(store.Folder, name);
        return copy is null ? path : Copy(path, CopyPath(copy), cancellation);
    }

    private static (string Name, string? Copy)? Parse(string asset)
    {
        string[] parts = asset.Split('@', 2);
        string? name = AssetStore.Names.FirstOrDefault(name => parts[0] == $"{AssetStore.Guest}/{name}");
        if (name is null) return null;
        if (parts.Length == 1) return (name, null);
        // The name becomes a file's: letters, digits, '-', '_' and '.', which it does not begin with.
        bool valid = name == GuestFolder.Disk && parts[1].Length != 0 && parts[1][0] != '.' && parts[1].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return valid ? (name, parts[1]) : null;
    }

    private AssetStore Store() => new(root, new AptGuestSource(new AptOptions()), new DiskImageBuilder(new AptOptions()), new PlainProgress(TextWriter.Null));

    private string CopyPath(string name) => Path.Combine(root, "disks", name);

    private static string Copy(string template, string path, CancellationToken cancellation)
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
