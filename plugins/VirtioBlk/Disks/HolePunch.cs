using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Makes ranges of a file read as zeroes without writing them, on hosts and file systems that can.</summary>
internal static partial class HolePunch
{
    // fallocate(2)
    private const int FALLOC_FL_KEEP_SIZE = 1;
    private const int FALLOC_FL_PUNCH_HOLE = 2;
    private const int FALLOC_FL_ZERO_RANGE = 16;
    private const int EINTR = 4;
    private const int ENOSYS = 38;
    private const int EOPNOTSUPP = 95;

    /// <summary>Zeroes a range.</summary>
    /// <param name="handle">A file open for writing.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="deallocate">Whether to give the space back, or to keep it.</param>
    /// <returns>False, with nothing done, when the host cannot do this.</returns>
    /// <exception cref="IOException">The host refused for another reason.</exception>
    public static bool TryZero(SafeFileHandle handle, long offset, long length, bool deallocate)
    {
        if (!OperatingSystem.IsLinux()) return false;
        int mode = FALLOC_FL_KEEP_SIZE | (deallocate ? FALLOC_FL_PUNCH_HOLE : FALLOC_FL_ZERO_RANGE);
        while (fallocate(handle, mode, offset, length) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error is ENOSYS or EOPNOTSUPP) return false;
            if (error != EINTR) throw new IOException($"fallocate: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return true;
    }

    // off_t has 64 bits on every 64-bit Linux.
    [LibraryImport("libc", SetLastError = true)]
    private static partial int fallocate(SafeFileHandle fd, int mode, long offset, long len);
}
