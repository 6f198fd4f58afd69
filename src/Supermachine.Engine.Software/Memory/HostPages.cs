using System.Runtime.InteropServices;
using static Supermachine.Engine.Software.LinuxMemory;

namespace Supermachine.Engine.Software;

/// <summary>Zeroed pages from the host. On Linux it puts memory behind each of them only when that is first written. Any thread.</summary>
internal static unsafe class HostPages
{
    /// <param name="size">In bytes: a multiple of the host's page size.</param>
    /// <param name="alignment">A power of two, no less than that size.</param>
    /// <exception cref="InsufficientMemoryException">The host has no more.</exception>
    public static byte* Map(nuint size, nuint alignment)
    {
        if (!OperatingSystem.IsLinux())
        {
            byte* plain = (byte*)NativeMemory.AlignedAlloc(size, alignment);
            NativeMemory.Clear(plain, size);
            return plain;
        }

        // SAFETY: fresh memory where the kernel chooses; what is given back is the part of it before and behind the aligned range.
        byte* mapped = mmap(null, size + alignment, ProtRead | ProtWrite, MapPrivate | MapAnonymous, -1, 0);
        if ((nint)mapped == -1) throw new InsufficientMemoryException($"the host has no {size} bytes for the engine: error {Marshal.GetLastPInvokeError()}");
        byte* aligned = (byte*)(((nuint)mapped + alignment - 1) & ~(alignment - 1));
        if (aligned != mapped) _ = munmap(mapped, (nuint)(aligned - mapped));
        _ = munmap(aligned + size, (nuint)(mapped + alignment - aligned));
        return aligned;
    }

    /// <summary>Asks for large pages, where the host has some to spare: for memory that will be written from one end to the other.</summary>
    public static void PreferLarge(byte* address, nuint size)
    {
        if (OperatingSystem.IsLinux()) _ = madvise(address, size, AdviseLargePages);
    }

    /// <summary>Gives back what <see cref="Map"/> gave, all of it.</summary>
    public static void Unmap(byte* address, nuint size)
    {
        if (OperatingSystem.IsLinux()) _ = munmap(address, size);
        else NativeMemory.AlignedFree(address);
    }
}
