namespace Supermachine.Cli.Assets;

/// <summary>
/// The guests in the cache. A guest's folder has <c>inputs/</c> (what was fetched) and what is built from them; each has a manifest
/// with hashes. Every file comes into being under another name and is renamed when whole, under the folder's lock: a process that is
/// killed leaves the old state or the new, and the next one goes on from there.
/// </summary>
internal sealed class AssetStore(string root, IGuestSource source, IDiskBuilder disks, IAssetProgress progress)
{
    public const string Guest = "debian-arm64";
    private const string Manifest = "manifest";

    /// <summary>What a guest offers.</summary>
    public static IReadOnlyList<string> Names { get; } = [GuestFolder.Kernel, GuestFolder.Initrd, GuestFolder.Disk];

    public string Folder => Path.Combine(root, Guest);

    private string Inputs => Path.Combine(Folder, "inputs");

    private string Scratch => Path.Combine(Folder, "scratch");

    /// <summary>Whether everything is there, by size and time alone; costs a few file-system calls.</summary>
    public AssetManifest? Ready(bool thorough = false)
    {
        AssetManifest? manifest = AssetManifest.Read(Path.Combine(Folder, Manifest));
        return manifest is not null && manifest.Recipe == GuestFiles.Recipe() && manifest.Holds(Folder, thorough) ? manifest : null;
    }

    /// <summary>Fetches and builds what is not there.</summary>
    /// <param name="again">Fetches even what is there: a newer kernel, or a file the person gave.</param>
    /// <param name="rebuild">Builds even what is there.</param>
    /// <param name="cancellation">Ends it; what is done so far is kept.</param>
    public AssetManifest Ensure(bool again = false, bool rebuild = false, CancellationToken cancellation = default)
    {
        if (!again && !rebuild && Ready() is { } ready) return ready;
        using AssetLock guard = AssetLock.Acquire(Folder, progress, cancellation);
        // Another process may have done it while this one waited.
        if (!again && !rebuild && Ready() is { } done) return done;
        AssetManifest inputs = EnsureInputs(again, cancellation);
        return Build(inputs, cancellation);
    }

    /// <summary>Forgets everything fetched and built; the machines' own disks stay.</summary>
    public void Clean(CancellationToken cancellation = default)
    {
        if (!Directory.Exists(Folder)) return;
        using AssetLock guard = AssetLock.Acquire(Folder, progress, cancellation);
        File.Delete(Path.Combine(Folder, Manifest));
        foreach (string name in Names) File.Delete(Path.Combine(Folder, name));
        DeleteFolder(Inputs);
        DeleteFolder(Scratch);
    }

    private AssetManifest EnsureInputs(bool again, CancellationToken cancellation)
    {
        string path = Path.Combine(Inputs, Manifest);
        if (!again && AssetManifest.Read(path) is { } present && present.Holds(Inputs)) return present;
        string target = Path.Combine(Scratch, "inputs");
        DeleteFolder(target);
        Directory.CreateDirectory(target);
        IReadOnlyList<string> sources = source.Fetch(target, Scratch, progress, cancellation);
        foreach (string name in (string[])[GuestFolder.Kernel, GuestFolder.Busybox])
        {
            if (!File.Exists(Path.Combine(target, name))) throw new AssetException($"no {name} was found in: {string.Join(", ", sources)}");
        }
        IEnumerable<string> names = Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target, file)).Order(StringComparer.Ordinal);
        var manifest = new AssetManifest("inputs", sources, [.. names.Select(name => AssetManifest.Describe(target, name))]);
        manifest.Write(Path.Combine(target, Manifest));
        DeleteFolder(Inputs);
        Directory.Move(target, Inputs);
        return manifest;
    }

    private AssetManifest Build(AssetManifest inputs, CancellationToken cancellation)
    {
        progress.Step("Building the initrd and the disk");
        string path = Path.Combine(Folder, Manifest);
        File.Delete(path);
        Publish(GuestFolder.Kernel, target => File.Copy(Path.Combine(Inputs, GuestFolder.Kernel), target, overwrite: true));
        Publish(GuestFolder.Initrd, target =>
        {
            using FileStream file = File.Create(target);
            InitramfsBuilder.Build(Inputs, file);
        });
        Publish(GuestFolder.Disk, target =>
        {
            disks.Build(target, Scratch, progress, cancellation);
            // A template: machines write to copies of it.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        });
        var manifest = new AssetManifest(GuestFiles.Recipe(), inputs.Sources, [.. Names.Select(name => AssetManifest.Describe(Folder, name))]);
        manifest.Write(path);
        DeleteFolder(Scratch);
        return manifest;
    }

    private void Publish(string name, Action<string> write)
    {
        string temporary = Path.Combine(Folder, name + ".tmp");
        File.Delete(temporary);
        write(temporary);
        File.Move(temporary, Path.Combine(Folder, name), overwrite: true);
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }
}
