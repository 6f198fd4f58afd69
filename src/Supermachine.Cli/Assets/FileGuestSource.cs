namespace Supermachine.Cli.Assets;

/// <summary>A kernel, its modules and busybox that a person has.</summary>
/// <param name="Kernel">An arm64 Image.</param>
/// <param name="Modules">The folder of the kernel's modules, searched in depth; null for a kernel that has all it needs built in.</param>
/// <param name="Busybox">A static arm64 busybox.</param>
internal sealed record FileGuestSource(string Kernel, string? Modules, string Busybox) : IGuestSource
{
    public IReadOnlyList<string> Fetch(string target, string scratch, IAssetProgress progress, CancellationToken cancellation)
    {
        progress.Step("Taking over the files");
        Take(Kernel, Path.Combine(target, GuestFolder.Kernel));
        Take(Busybox, Path.Combine(target, GuestFolder.Busybox));
        if (Modules is not null) TakeModules(Modules, Path.Combine(target, GuestFolder.Modules), cancellation);
        return [$"imported {Path.GetFullPath(Kernel)}", $"imported {Path.GetFullPath(Busybox)}", .. Modules is null ? Array.Empty<string>() : [$"imported {Path.GetFullPath(Modules)}"]];
    }

    private static void TakeModules(string source, string target, CancellationToken cancellation)
    {
        if (!Directory.Exists(source)) throw new AssetException($"there is no folder {source}");
        foreach (string path in Directory.EnumerateFiles(source, "*.ko*", SearchOption.AllDirectories).Where(KernelModules.IsWanted))
            Take(path, Path.Combine(target, Path.GetFileName(path)));
        KernelModules.Decompress(target, cancellation);
    }

    private static void Take(string source, string target)
    {
        if (!File.Exists(source)) throw new AssetException($"there is no file {source}");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target, overwrite: true);
    }
}
