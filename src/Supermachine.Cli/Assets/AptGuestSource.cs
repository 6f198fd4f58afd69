namespace Supermachine.Cli.Assets;

/// <summary>Debian's cloud kernel for arm64 and its static busybox, from the packages.</summary>
internal sealed class AptGuestSource(AptOptions options) : IGuestSource
{
    private const string Architecture = "arm64";
    private const string KernelPackage = "linux-image-cloud-arm64";
    private const string BusyboxPackage = "busybox-static";

    public IReadOnlyList<string> Fetch(string target, string scratch, IAssetProgress progress, CancellationToken cancellation)
    {
        var apt = new AptEnvironment(Path.Combine(scratch, "apt"), Architecture, options, cancellation);
        apt.Update(progress);
        // The package of that name is empty: it depends on the one with the kernel of the day.
        string kernel = apt.DependenciesOf(KernelPackage).FirstOrDefault(name => name.StartsWith("linux-image-", StringComparison.Ordinal))
            ?? throw new AssetException($"the host's package sources have no {KernelPackage} for {Architecture}");
        IReadOnlyList<AptPackage> packages = apt.Download([kernel, BusyboxPackage], Path.Combine(scratch, "packages"), progress);
        progress.Step("Unpacking the kernel, its modules and busybox");
        foreach (AptPackage package in packages) DebianPackage.Extract(package.Path, name => Place(name, target), cancellation);
        KernelModules.Decompress(Path.Combine(target, "modules"), cancellation);
        return [.. packages.Select(package => $"{Path.GetFileName(package.Path)} sha256:{package.Sha256}")];
    }

    private static string? Place(string name, string target)
    {
        if (name.StartsWith("boot/vmlinuz-", StringComparison.Ordinal)) return Path.Combine(target, GuestFolder.Kernel);
        if (name is "bin/busybox" or "usr/bin/busybox") return Path.Combine(target, GuestFolder.Busybox);
        return KernelModules.IsWanted(name) ? Path.Combine(target, GuestFolder.Modules, Path.GetFileName(name)) : null;
    }
}
