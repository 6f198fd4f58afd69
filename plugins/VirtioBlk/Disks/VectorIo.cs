using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Reads or writes many buffers with one system call. RandomAccess can as well, but allocates each time.</summary>
internal static unsafe partial class VectorIo
{
    /// <summary>The most buffers in one call; far below IOV_MAX, and small enough for the stack.</summary>
    public const int MaxBuffers = 64;

    private const int EINTR = 4;

    private delegate nint Transfer(SafeFileHandle handle, IoVector* vectors, int count, long offset);

    private static readonly Transfer ReadCall = preadv;
    private static readonly Transfer WriteCall = pwritev;

    /// <summary>Whether the host has the calls.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Reads into buffers, at most <see cref="MaxBuffers"/> of them.</summary>
    /// <returns>Bytes read: possibly fewer than there is room for.</returns>
    /// <exception cref="IOException">The host refused.</exception>
    public static long Read(SafeFileHandle handle, ReadOnlySpan<Memory<byte>> buffers, long offset) => Run(ReadCall, "preadv", handle, buffers, offset);

    /// <summary>Writes buffers, at most <see cref="MaxBuffers"/> of them.</summary>
    /// <returns>Bytes written: possibly fewer than there are.</returns>
    /// <exception cref="IOException">The host refused.</exception>
    public static long Write(SafeFileHandle handle, ReadOnlySpan<Memory<byte>> buffers, long offset) => Run(WriteCall, "pwritev", handle, buffers, offset);

    private static long Run(Transfer call, string name, SafeFileHandle handle, ReadOnlySpan<Memory<byte>> buffers, long offset)
    {
        Pins pins = default;
        IoVector* vectors = stackalloc IoVector[MaxBuffers];
        int pinned = 0;
        try
        {
            // SAFETY: every buffer is pinned until the call is over, and its length is its own.
            foreach (Memory<byte> buffer in buffers)
            {
                pins[pinned] = buffer.Pin();
                vectors[pinned] = new IoVector { iov_base = (nint)pins[pinned].Pointer, iov_len = buffer.Length };
                pinned++;
            }

            while (true)
            {
                nint moved = call(handle, vectors, pinned, offset);
                if (moved >= 0) return moved;
                int error = Marshal.GetLastPInvokeError();
                if (error != EINTR) throw new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
        finally
        {
            for (int i = 0; i < pinned; i++) pins[i].Dispose();
        }
    }

    // off_t has 64 bits on macOS and on every 64-bit Linux.
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint preadv(SafeFileHandle fd, IoVector* iov, int iovcnt, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pwritev(SafeFileHandle fd, IoVector* iov, int iovcnt, long offset);

    // struct iovec
    private struct IoVector
    {
        public nint iov_base;
        public nint iov_len;
    }

    [InlineArray(MaxBuffers)]
    private struct Pins
    {
        private MemoryHandle first;
    }
}
