using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// The translations and predicted jumps of one address space: of one pair of TTBR0_EL1 and TTBR1_EL1. A vCPU keeps a few, because
/// kernels change the pair at every system call (page table isolation) and come back to it; they stand in for ASIDs in the entries.
/// Whatever TLBI forgets is forgotten in all of them.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TlbSet
{
    /// <summary>Two processes with their kernel halves, and what lies between them while a kernel switches.</summary>
    public const int Count = 8;

    public TlbEntry* El0;
    public TlbEntry* El1;
    public JumpEntry* JumpsEl0;
    public JumpEntry* JumpsEl1;

    public ulong Ttbr0;
    public ulong Ttbr1;

    /// <summary>Which parts of the address space have entries made from blocks or from pages above 4 KiB: see <see cref="Tlb.FlushPage"/>.</summary>
    public ulong LargeRegions;

    /// <summary>What <see cref="Cpu.JumpGeneration"/> is while the set is in use.</summary>
    public ulong Generation;

    /// <summary>What <see cref="Cpu.JumpEpoch"/> was when the set was last in use; its jumps are void if that has moved on.</summary>
    public ulong Epoch;

    /// <summary>When the set was last chosen.</summary>
    public ulong LastUse;

    /// <summary>Everything in it is void.</summary>
    public bool IsStale;

    /// <summary>Write tags are to be taken away before it is used again: a page has come to hold predecoded code. Set by any thread.</summary>
    public int DropWrites;

    /// <summary>Memory for the entries, at the first use.</summary>
    public void Allocate()
    {
        El0 = Table<TlbEntry>(TlbEntry.Count);
        El1 = Table<TlbEntry>(TlbEntry.Count);
        JumpsEl0 = Table<JumpEntry>(JumpEntry.Count);
        JumpsEl1 = Table<JumpEntry>(JumpEntry.Count);
        IsStale = true;
    }

    public readonly void Free()
    {
        NativeMemory.AlignedFree(El0);
        NativeMemory.AlignedFree(El1);
        NativeMemory.AlignedFree(JumpsEl0);
        NativeMemory.AlignedFree(JumpsEl1);
    }

    private static T* Table<T>(int count)
        where T : unmanaged
    {
        nuint bytes = (nuint)count * (nuint)sizeof(T);
        void* table = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(table, bytes);
        return (T*)table;
    }
}
