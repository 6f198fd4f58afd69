using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>Reads the host's files with errors that name them.</summary>
internal static class HostFile
{
    /// <exception cref="KernelLoadException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (Directory.Exists(path)) throw new KernelLoadException(path, "is a folder");
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string reason = failure is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : $"cannot be opened: {failure.Message}";
            throw new KernelLoadException(path, reason, failure);
        }
    }

    public static ulong Length(string path, SafeFileHandle file) => Guard(path, () => (ulong)RandomAccess.GetLength(file));

    /// <summary>Fills <paramref name="destination"/> from the start of the file.</summary>
    /// <exception cref="KernelLoadException">The file ends earlier or cannot be read.</exception>
    public static void ReadExactly(string path, SafeFileHandle file, Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            int count;
            try
            {
                count = RandomAccess.Read(file, destination[done..], done);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new KernelLoadException(path, $"cannot be read: {failure.Message}", failure);
            }

            if (count == 0) throw new KernelLoadException(path, $"ended after {done} bytes while it was read");
            done += count;
        }
    }

    private static ulong Guard(string path, Func<ulong> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            throw new KernelLoadException(path, $"is not a regular file: {failure.Message}", failure);
        }
    }
}
