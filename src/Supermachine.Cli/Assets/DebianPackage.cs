using System.Formats.Tar;

namespace Supermachine.Cli.Assets;

/// <summary>Takes single files out of a Debian package.</summary>
internal static class DebianPackage
{
    /// <summary>Extracts the files for which <paramref name="place"/> names a place; null skips the entry.</summary>
    public static void Extract(string package, Func<string, string?> place, CancellationToken cancellation)
    {
        HostCommand.Pipe("dpkg-deb", ["--fsys-tarfile", package], new HostCommandOptions { Cancellation = cancellation }, output =>
        {
            using var reader = new TarReader(output, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
            {
                string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
                if (Wanted(entry) && place(name) is { } target) Place(entry, target);
            }
        });
    }

    private static bool Wanted(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.SymbolicLink;

    private static void Place(TarEntry entry, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Delete(target);
        if (entry.EntryType == TarEntryType.SymbolicLink) File.CreateSymbolicLink(target, Path.GetFileName(entry.LinkName));
        else entry.ExtractToFile(target, overwrite: true);
    }
}
