namespace Supermachine.Cli.Assets;

/// <summary>Makes the disk that machines start from.</summary>
internal interface IDiskBuilder
{
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="scratch">A folder for what it needs.</param>
    /// <param name="progress">Told of what it fetches.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AssetException">It cannot; the message says what to do.</exception>
    void Build(string path, string scratch, IAssetProgress progress, CancellationToken cancellation);
}

/// <summary>
/// A sparse ext4 with a journal, made by e2fsprogs: the host's, or its package unpacked beside the guest. The same each time but for times of change, which
/// it takes from the host's files.
/// </summary>
internal sealed class DiskImageBuilder(AptOptions options) : IDiskBuilder
{
    private const long Size = 64L << 20;
    private const string Identity = "5a000000-0000-4000-8000-000000000001";

    public void Build(string path, string scratch, IAssetProgress progress, CancellationToken cancellation)
    {
        string folder = Path.Combine(scratch, "e2fsprogs");
        string? found = HostCommand.Find("mke2fs");
        if (found is null) AptTools.FetchE2fsprogs(folder, scratch, options, progress, cancellation);
        string program = found ?? Path.Combine(folder, "mke2fs");
        if (!File.Exists(program)) throw new AssetException("the package e2fsprogs holds no mke2fs");
        var environment = new Dictionary<string, string> { ["E2FSPROGS_FAKE_TIME"] = "1" };
        if (found is null) environment["LD_LIBRARY_PATH"] = folder;
        string content = Content(scratch);
        using (FileStream file = File.Create(path)) file.SetLength(Size);
        HostCommand.Run(
            program,
            ["-q", "-F", "-t", "ext4", "-L", "supermachine", "-U", Identity, "-E", $"hash_seed={Identity},lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0", "-d", content, path],
            new HostCommandOptions { Environment = environment, Cancellation = cancellation },
            _ => { });
    }

    private static string Content(string scratch)
    {
        string folder = Path.Combine(scratch, "disk");
        Directory.CreateDirectory(folder);
        string hello = Path.Combine(folder, "hello.txt");
        File.WriteAllBytes(hello, GuestFiles.Read("hello.txt"));
        File.SetLastWriteTimeUtc(hello, DateTime.UnixEpoch);
        return folder;
    }
}
