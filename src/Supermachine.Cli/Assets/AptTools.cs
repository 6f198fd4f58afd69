namespace Supermachine.Cli.Assets;

/// <summary>Programs that the host lacks and whose packages can be unpacked into a folder of our own.</summary>
internal static class AptTools
{
    /// <summary>Unpacks mke2fs and its libraries, for the host's own architecture, flat into a folder.</summary>
    public static void FetchE2fsprogs(string target, string scratch, AptOptions options, IAssetProgress progress, CancellationToken cancellation)
    {
        if (HostCommand.Find("dpkg") is not { } dpkg) throw new AssetException("this host has no mke2fs: install e2fsprogs");
        string architecture = "";
        HostCommand.Run(dpkg, ["--print-architecture"], new HostCommandOptions { Cancellation = cancellation }, line => architecture = line);
        var apt = new AptEnvironment(Path.Combine(scratch, "apt-host"), architecture, options, cancellation);
        apt.Update(progress);
        string[] libraries = [.. apt.DependenciesOf("e2fsprogs").Where(name => name.StartsWith("lib", StringComparison.Ordinal) && name is not "libc6")];
        foreach (AptPackage package in apt.Download(["e2fsprogs", .. libraries], Path.Combine(scratch, "packages"), progress))
            DebianPackage.Extract(package.Path, name => Place(name, target), cancellation);
    }

    private static string? Place(string name, string target)
    {
        string file = Path.GetFileName(name);
        bool wanted = file is "mke2fs" || file.Contains(".so.", StringComparison.Ordinal);
        return wanted ? Path.Combine(target, file) : null;
    }
}
