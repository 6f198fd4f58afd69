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
    /// <summary>How many a TLB has at first, and at most: see <see cref="TlbSet.Widen"/>. Powers of two.</summary>
    public const int MinCount = 1024, MaxCount = 16384;

    public const ulong PageMask = ~0xFFFUL;

    /// <summary>Set in the addresses that TTBR1_EL1 translates.</summary>
    public const ulong High = 1UL << 55;

    /// <summary>
    /// No page's address equals this, nor one with the low bits of up to 16 bytes' misalignment, which accesses that must be aligned
    /// leave in what they compare: a 1 here would be met by a misaligned address in the first page.
    /// </summary>
    public const ulong Invalid = 0x800;

    public ulong ReadTag;
    public ulong WriteTag;
    public ulong ExecuteTag;

    /// <summary>Host address less virtual address.</summary>
    public ulong Addend;

    /// <summary>Whether any access hits it.</summary>
    public readonly bool IsLive => (ReadTag & WriteTag & ExecuteTag) != Invalid;

    /// <summary>The entry that an address has in the TLB of the current exception level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TlbEntry* Of(Cpu* cpu, ulong va) => Of(cpu->Tlb, cpu->TlbMask, va);

    /// <summary>The same in EL0's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TlbEntry* OfEl0(Cpu* cpu, ulong va) => Of(cpu->TlbEl0, cpu->TlbEl0Mask, va);

    /// <param name="tlb">The first entry.</param>
    /// <param name="mask">The offset of the last.</param>
    /// <param name="va">The address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TlbEntry* Of(TlbEntry* tlb, ulong mask, ulong va) => (TlbEntry*)((byte*)tlb + ((va >> 7) & mask));

    public static bool IsHigh(ulong va) => (va & High) != 0;

    public static void Clear(TlbEntry* tlb, int count)
    {
        for (int i = 0; i < count; i++) tlb[i].ReadTag = tlb[i].WriteTag = tlb[i].ExecuteTag = Invalid;
    }
}
