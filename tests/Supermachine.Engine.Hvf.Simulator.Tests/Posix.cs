using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>Host memory as a test wants it.</summary>
internal static unsafe partial class Posix
{
    public const int PROT_READ = 1, PROT_WRITE = 2, MAP_SHARED = 1, MAP_PRIVATE = 2, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20;

    private const int O_RDONLY = 0;
    private const nuint Alignment = 0x4000;

    /// <summary>Anonymous memory at a multiple of 16 KiB.</summary>
    public static byte* Anonymous(nuint size)
    {
        byte* start = (byte*)mmap(null, size + Alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        byte* aligned = (byte*)(((nuint)start + Alignment - 1) & ~(Alignment - 1));
        if (aligned != start) _ = munmap(start, (nuint)(aligned - start));
        return aligned;
    }

    /// <summary>A file over reserved memory, opened for reading only.</summary>
    public static byte* File(string path, nuint size, int protection, int flags, nint offset = 0)
    {
        int file = open(path, O_RDONLY);
        Assert.True(file >= 0, path);
        byte* at = Anonymous(size);
        Assert.Equal((nint)at, (nint)mmap(at, size, protection, flags | MAP_FIXED, file, offset));
        _ = close(file);
        return at;
    }

    public static void Replace(byte* at, nuint size, int flags) =>
        Assert.Equal((nint)at, (nint)mmap(at, size, PROT_READ | PROT_WRITE, flags | MAP_FIXED | MAP_ANONYMOUS, -1, 0));

    public static void Free(byte* at, nuint size) => Assert.Equal(0, munmap(at, size));

    [LibraryImport("libc")]
    private static partial void* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
