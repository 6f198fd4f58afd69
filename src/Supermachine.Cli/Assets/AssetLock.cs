namespace Supermachine.Cli.Assets;

/// <summary>
/// One process at a time changes a guest's folder. The lock is the operating system's on an open file,
/// so that it goes with a process that is killed; the file itself stays.
/// </summary>
internal sealed class AssetLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly FileStream file;

    private AssetLock(FileStream file) => this.file = file;

    /// <summary>Waits for the lock, saying so once.</summary>
    public static AssetLock Acquire(string folder, IAssetProgress progress, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "lock");
        for (bool told = false; ; told = true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } file) return new AssetLock(file);
            if (!told) progress.Step("Waiting for another supermachine that prepares the same guest");
            cancellation.WaitHandle.WaitOne(Interval);
        }
    }

    public void Dispose() => file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            return null;
        }
    }

    // Anything else, a read-only file system for one, will not get better by waiting. The framework gives errno here: EWOULDBLOCK
    // of Linux and of macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
