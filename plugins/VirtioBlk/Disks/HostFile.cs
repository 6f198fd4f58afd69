using Microsoft.Win32.SafeHandles;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Opens files with the locks that keep two writers, or a writer and a reader, apart: across devices, machines and processes.</summary>
internal static class HostFile
{
    public const int SectorSize = 512;

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: what a lock held by another shows as.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x8007_0020)];

    /// <summary>Opens a disk image.</summary>
    /// <exception cref="IOException">It is in use or cannot be opened; the message names the path.</exception>
    /// <exception cref="InvalidDataException">Its size is no disk's; the message names path and size.</exception>
    public static SafeFileHandle OpenImage(string path, bool writable)
    {
        // A writer locks alone, readers lock together. The locks belong to the open file and not to the process, and go with it.
        SafeFileHandle handle = Open(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, writable ? FileShare.None : FileShare.Read);
        long length = RandomAccess.GetLength(handle);
        if (length != 0 && length % SectorSize == 0) return handle;
        handle.Dispose();
        throw new InvalidDataException(length == 0 ? $"'{path}' is empty" : $"'{path}' has {length} bytes, which is not a multiple of {SectorSize}");
    }

    /// <summary>Opens a file that only we use, and makes it if need be.</summary>
    /// <exception cref="IOException">It is in use or cannot be opened; the message names the path.</exception>
    public static SafeFileHandle OpenPrivate(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return File.OpenHandle(path, mode, access, share, FileOptions.RandomAccess);
        }
        catch (IOException error) when (Locked.Contains(error.HResult))
        {
            string wish = access == FileAccess.Read ? "read" : "write";
            throw new IOException($"'{path}' cannot be opened to {wish} it: another machine or process has it in use", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"'{path}' cannot be opened: {error.Message}", error);
        }
    }
}
