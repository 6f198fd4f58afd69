using System.Runtime.InteropServices;

namespace Supermachine.Cli.Terminal;

/// <summary>
/// The few calls of the C library that the framework has no name for; the same on Linux and macOS. Windows has no such library: there
/// nothing counts as a terminal, and the framework's streams stand for the descriptors.
/// </summary>
// SAFETY: every buffer is a span of this process, pinned by the marshaller for the length of the call, and its length goes with it;
// termios buffers are larger than the structure of any system we run on.
internal static partial class LibC
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;

    /// <summary>No system's termios is larger: 60 bytes with glibc on Linux, 72 on macOS.</summary>
    public const int TermiosSize = 256;

    private const int EINTR = 4;
    private const int TCSADRAIN = 1;
    private const short POLLOUT = 4;

    public static bool IsTerminal(int descriptor) => !OperatingSystem.IsWindows() && isatty(descriptor) == 1;

    public static bool TryGetAttributes(int descriptor, Span<byte> termios) => tcgetattr(descriptor, ref MemoryMarshal.GetReference(termios)) == 0;

    public static bool TrySetAttributes(int descriptor, ReadOnlySpan<byte> termios) => tcsetattr(descriptor, TCSADRAIN, in MemoryMarshal.GetReference(termios)) == 0;

    /// <summary>Changes attributes to those of a terminal that passes every byte on.</summary>
    public static void MakeRaw(Span<byte> termios) => cfmakeraw(ref MemoryMarshal.GetReference(termios));

    /// <summary>Waits for input. 0 at its end, less when it cannot be read any more.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        if (OperatingSystem.IsWindows()) return WindowsStreams.Input.Read(buffer);
        while (true)
        {
            nint count = read(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0 || Marshal.GetLastPInvokeError() != EINTR) return (int)count;
        }
    }

    /// <summary>Writes everything, waiting where the other side is slow.</summary>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    public static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsStreams.Output(descriptor).Write(bytes);
            return;
        }
        while (!bytes.IsEmpty)
        {
            nint count = write(descriptor, in MemoryMarshal.GetReference(bytes), bytes.Length);
            if (count >= 0)
            {
                bytes = bytes[(int)count..];
                continue;
            }
            int error = Marshal.GetLastPInvokeError();
            if (error == EINTR) continue;
            if (error != EAGAIN) throw new IOException($"the output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}");
            var wait = new PollDescriptor { Descriptor = descriptor, Events = POLLOUT };
            _ = poll(ref wait, 1, -1);
        }
    }

    // A parent may hand us a terminal that does not wait.
    private static int EAGAIN => OperatingSystem.IsMacOS() ? 35 : 11;

    private static class WindowsStreams
    {
        private static readonly Stream Standard = Console.OpenStandardOutput();
        private static readonly Stream Error = Console.OpenStandardError();

        public static Stream Input { get; } = Console.OpenStandardInput();

        public static Stream Output(int descriptor) => descriptor == StandardOutput ? Standard : Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, ref byte termios);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int descriptor, int when, in byte termios);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(ref byte termios);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, ref byte buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, in byte buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref PollDescriptor descriptor, nuint count, int timeout);
}
