using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// A direct-mapped TLB entry for 4 KiB of virtual addresses. A tag is the page's address, or <see cref="Invalid"/> where the
/// access has to take the slow path: no permission, not memory, only aligned accesses allowed, or a page with predecoded code.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TlbEntry
{
    public const int Count = 1024;
    public const ulong PageMask = ~0xFFFUL;

    /// <summary>Set in the addresses that TTBR1_EL1 translates.</summary>
    public const ulong High = 1UL << 55;

    /// <summary>No page-aligned address equals this.</summary>
    public const ulong Invalid = 1;

    public ulong ReadTag;
    public ulong WriteTag;
    public ulong ExecuteTag;

    /// <summary>Host address less virtual address.</summary>
    public ulong Addend;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TlbEntry* Of(TlbEntry* tlb, ulong va) => (TlbEntry*)((byte*)tlb + ((va >> 7) & ((Count - 1) << 5)));

    public static bool IsHigh(ulong va) => (va & High) != 0;

    public static void Clear(TlbEntry* tlb)
    {
        for (int i = 0; i < Count; i++) tlb[i].ReadTag = tlb[i].WriteTag = tlb[i].ExecuteTag = Invalid;
    }
}
