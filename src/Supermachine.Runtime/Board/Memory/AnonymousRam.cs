using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>RAM of anonymous private pages, by <c>mmap</c>. Not malloc: Hypervisor.framework advises against mapping heap memory.</summary>
internal sealed partial class AnonymousRam(ulong length) : GuestRam(Reserve(length), length)
{
    // A large page of any host; the 16 KiB of Apple silicon, which an engine may want to map in, are less.
    private const ulong Alignment = 2 << 20;

    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int AdviseLargePages = 14;
    private const int MapPrivate = 0x02;
    private const int MapFixed = 0x10;
    private static readonly int MapAnonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;

    // Overcommitted on purpose: a guest's RAM is mostly never touched.
    private static readonly int MapNoReserve = OperatingSystem.IsMacOS() ? 0x40 : 0x4000;
    private bool _disposed;

    /// <remarks>Fresh pages over the old ones: nothing is written, and pages never touched stay untouched.</remarks>
    public override void Clear() => Map(Address, Length, MapFixed);

    public override void MapFile(ulong at, ulong length, SafeFileHandle file, long offset)
    {
        // SAFETY: the part lies within the range that this object owns.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - at);
        if (mmap(Address + (nint)at, (nuint)length, ProtRead | ProtWrite, MapPrivate | MapNoReserve | MapFixed, file, (nint)offset) == -1)
            throw new IOException($"guest RAM: cannot map {new ByteSize(length)} of a file at 0x{offset:x}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    public override void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _ = munmap(Address, (nuint)Length);
    }

    // SAFETY: what is given back lies before and behind the range that is kept, within what was just mapped.
    private static nint Reserve(ulong length)
    {
        nint start = Map(0, length + Alignment, 0);
        nint aligned = (nint)(((ulong)start + Alignment - 1) & ~(Alignment - 1));
        if (aligned != start) _ = munmap(start, (nuint)(aligned - start));
        _ = munmap(aligned + (nint)length, (nuint)(Alignment - (ulong)(aligned - start)));
        return aligned;
    }

    // SAFETY: with a null hint the kernel chooses a free range; MAP_FIXED is only passed for the range this object owns.
    private static nint Map(nint address, ulong length, int flags)
    {
        nint mapped = mmap(address, (nuint)length, ProtRead | ProtWrite, MapPrivate | MapAnonymous | MapNoReserve | flags, -1, 0);
        if (mapped != -1)
        {
            // Where the host has large pages to spare, a guest that comes up takes a fault for each of them, not for each small one.
            if (OperatingSystem.IsLinux()) _ = madvise(mapped, (nuint)length, AdviseLargePages);
            return mapped;
        }

        string reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        throw new IOException($"guest RAM: cannot reserve {new ByteSize(length)}: {reason}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc")]
    private static partial int madvise(nint address, nuint length, int advice);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);
}
