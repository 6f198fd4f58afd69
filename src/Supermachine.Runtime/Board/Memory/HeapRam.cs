using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>RAM from the process heap, for hosts without <c>mmap</c>.</summary>
internal sealed unsafe class HeapRam : GuestRam
{
    private const nuint Alignment = 0x1_0000;
    private nint _allocation;

    public HeapRam(ulong length)
        : this(Allocate(length, out nint allocation), length) => _allocation = allocation;

    private HeapRam(nint address, ulong length)
        : base(address, length)
    {
    }

    // SAFETY: the range is this object's own.
    public override void Clear() => NativeMemory.Clear((void*)Address, checked((nuint)Length));

    public override void MapFile(ulong at, ulong length, SafeFileHandle file, long offset)
    {
        // SAFETY: both ends are within the range that this object owns.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - at);
        for (ulong done = 0; done < length;)
        {
            int read = RandomAccess.Read(file, new Span<byte>((byte*)Address + at + done, (int)Math.Min(length - done, int.MaxValue)), offset + (long)done);
            if (read == 0) throw new IOException($"guest RAM: the file ends at 0x{offset + (long)done:x}, before 0x{offset + (long)length:x}");
            done += (ulong)read;
        }
    }

    public override void Dispose()
    {
        // SAFETY: freed once; the field is zeroed by the exchange.
        NativeMemory.Free((void*)Interlocked.Exchange(ref _allocation, 0));
    }

    // SAFETY: zeroed by the allocator (fresh pages for large sizes), aligned by hand inside an allocation that is larger by the alignment.
    private static nint Allocate(ulong length, out nint allocation)
    {
        allocation = (nint)NativeMemory.AllocZeroed(checked((nuint)length + Alignment));
        return (nint)(((nuint)allocation + Alignment - 1) & ~(Alignment - 1));
    }
}
