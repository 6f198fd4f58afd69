namespace Supermachine.Cli.Assets;

/// <summary>Makes the disk that machines start from: a sparse ext4 with a journal, the same bytes each time.</summary>
internal static class DiskImageBuilder
{
    private const long Size = 64L << 20;
    private const string Identity = "5a000000-0000-4000-8000-000000000001";

    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="scratch">A folder for the e2fsprogs that the host may lack.</param>
    /// <param name="fetch">Gets them, into the folder it is given; null when they cannot be had.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Build(string path, string scratch, Action<string>? fetch, CancellationToken cancellation)
    {
        (string program, string? libraries) = Locate(Path.Combine(scratch, "e2fsprogs"), fetch);
        string content = Path.Combine(scratch, "disk");
        Directory.CreateDirectory(content);
        File.WriteAllBytes(Path.Combine(content, "hello.txt"), GuestFiles.Read("hello.txt"));
        File.SetLastWriteTimeUtc(Path.Combine(content, "hello.txt"), DateTime.UnixEpoch);
        using (FileStream file = File.Create(path)) file.SetLength(Size);
        var environment = new Dictionary<string, string> { ["E2FSPROGS_FAKE_TIME"] = "1" };
        if (libraries is not null) environment["LD_LIBRARY_PATH"] = libraries;
        HostCommand.Run(
            program,
            ["-q", "-F", "-t", "ext4", "-L", "supermachine", "-U", Identity, "-E", $"hash_seed={Identity},lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0", "-d", content, path],
            new HostCommandOptions { Environment = environment, Cancellation = cancellation },
            _ => { });
    }

    private static (string Program, string? Libraries) Locate(string folder, Action<string>? fetch)
    {
        if (HostCommand.Find("mke2fs") is { } found) return (found, null);
        if (fetch is null) throw new AssetException("this host has no mke2fs: install e2fsprogs");
        string program = Path.Combine(folder, "mke2fs");
        if (!File.Exists(program)) fetch(folder);
        return File.Exists(program) ? (program, folder) : throw new AssetException("the package e2fsprogs holds no mke2fs");
    }
}
