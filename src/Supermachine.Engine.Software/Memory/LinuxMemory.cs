using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>Linux's system calls for mappings (mmap(2), madvise(2)). Any thread.</summary>
internal static unsafe partial class LinuxMemory
{
    public const int ProtRead = 1, ProtWrite = 2, ProtExec = 4;
    public const int MapShared = 1, MapPrivate = 2, MapAnonymous = 0x20;
    public const int AdviseLargePages = 14, PopulateRead = 22, PopulateWrite = 23;

    [LibraryImport("libc", SetLastError = true)]
    public static partial byte* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    public static partial int munmap(void* address, nuint length);

    [LibraryImport("libc")]
    public static partial int madvise(void* address, nuint length, int advice);
}
