using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// The translations and predicted jumps of one exception level in one address space, that of a pair of TTBR0_EL1 and TTBR1_EL1. A vCPU
/// keeps a few for each level, because kernels change the pair with every process, or at every system call (page table isolation), and
/// come back to it; they stand in for ASIDs in the entries. EL1's set goes on from one pair to another with the same tables in TTBR1_EL1,
/// less its entries below, as long as it holds none that are private to an ASID (nG).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TlbSet
{
    /// <summary>For each level: the first is always empty, and in use until something is entered.</summary>
    public const int Count = 9;

    /// <summary>More than this many a second make a set too small: each costs some 150 ns.</summary>
    private const long DisplacedPerSecond = 200_000;

    public TlbEntry* Entries;
    public JumpEntry* Jumps;

    public ulong Ttbr0;
    public ulong Ttbr1;

    /// <summary>The pages with jumps that may be predicted.</summary>
    public PageFilter JumpPages;

    /// <summary>The blocks, and pages above 4 KiB, that entries were made from: see <see cref="LargeKey"/>.</summary>
    public PageFilter Large;

    /// <summary>What <see cref="Cpu.JumpGeneration"/> is while the set is in use.</summary>
    public ulong Generation;

    /// <summary>What <see cref="Cpu.JumpEpoch"/> was when the set was last in use; its jumps are void if that has moved on.</summary>
    public ulong Epoch;

    /// <summary>When the set was last chosen.</summary>
    public ulong LastUse;

    /// <summary>Everything in it is void.</summary>
    public bool IsStale;

    /// <summary>There may be entries translated by TTBR0_EL1, by TTBR1_EL1, and private ones of the latter.</summary>
    public bool HoldsLow, HoldsHigh, HoldsPrivateHigh;

    /// <summary>Jumps to addresses that TTBR0_EL1 translates may be predicted.</summary>
    public bool JumpsLow;

    /// <summary>A set bit for each size (log2) of what <see cref="Large"/> has.</summary>
    public uint LargeSizes;

    /// <summary>Write tags are to be taken away before it is used again: a page has come to hold predecoded code. Set by any thread.</summary>
    public int DropWrites;

    /// <summary>The offset of the last entry in use.</summary>
    public ulong Mask;

    /// <summary>Entries that took the place of a live one since <see cref="MeasuredSince"/>, a time of <see cref="Stopwatch"/>.</summary>
    public int Displaced;
    public long MeasuredSince;

    /// <summary>How many entries are in use.</summary>
    public readonly int EntryCount => (int)(Mask / (ulong)sizeof(TlbEntry)) + 1;

    /// <summary>Memory for the entries, at the first use. The host gives pages of it as they are written.</summary>
    public void Allocate()
    {
        Entries = Table<TlbEntry>(TlbEntry.MaxCount);
        Jumps = Table<JumpEntry>(JumpEntry.Count);
        Narrow();
        Clear();
    }

    /// <summary>Back to the smallest size, for another address space. Whoever calls clears it.</summary>
    public void Narrow()
    {
        Mask = MaskOf(TlbEntry.MinCount);
        Displaced = 0;
    }

    /// <summary>
    /// Notes that an entry took the place of a live one, and makes the set four times as large, and empty, when that happens so often that
    /// it costs the guest some hundredths of its time.
    /// </summary>
    /// <returns>Whether the set has another size now.</returns>
    public bool Widen()
    {
        if (++Displaced < 2 * EntryCount) return false;
        long now = Stopwatch.GetTimestamp();
        bool often = now - MeasuredSince < 2 * EntryCount * Stopwatch.Frequency / DisplacedPerSecond;
        (Displaced, MeasuredSince) = (0, now);
        if (!often || EntryCount == TlbEntry.MaxCount) return false;
        Mask = MaskOf(4 * EntryCount);
        TlbEntry.Clear(Entries, EntryCount);
        return true;
    }

    public readonly void Free()
    {
        if (Entries == null) return;
        HostPages.Unmap((byte*)Entries, SizeOf<TlbEntry>(TlbEntry.MaxCount));
        HostPages.Unmap((byte*)Jumps, SizeOf<JumpEntry>(JumpEntry.Count));
    }

    /// <summary>Forgets everything; the jumps with their next generation.</summary>
    public void Clear()
    {
        TlbEntry.Clear(Entries, EntryCount);
        Large.Clear();
        (LargeSizes, Generation) = (0, 0);
        (IsStale, HoldsLow, HoldsHigh, HoldsPrivateHigh) = (false, false, false, false);
    }

    /// <summary>Notes that an entry comes from a table entry for 2 to the power of <paramref name="bits"/> bytes.</summary>
    public void AddLarge(ulong va, int bits)
    {
        LargeSizes |= 1u << bits;
        Large.Add(LargeKey(va, bits));
    }

    /// <summary>Whether an entry may come from a block, or a page above 4 KiB, that holds the address.</summary>
    public readonly bool MayHoldLarge(ulong va)
    {
        for (uint sizes = LargeSizes; sizes != 0; sizes &= sizes - 1)
            if (Large.MayHold(LargeKey(va, System.Numerics.BitOperations.TrailingZeroCount(sizes)))) return true;
        return false;
    }

    /// <summary>Takes away the entries that TTBR0_EL1 translated.</summary>
    public void ClearLow()
    {
        for (int i = 0; i < EntryCount; i++)
        {
            // TlbEntry.Invalid counts as low.
            TlbEntry* entry = Entries + i;
            if ((entry->ReadTag & entry->WriteTag & entry->ExecuteTag & TlbEntry.High) != 0) continue;
            if ((entry->ReadTag & TlbEntry.High) == 0) entry->ReadTag = TlbEntry.Invalid;
            if ((entry->WriteTag & TlbEntry.High) == 0) entry->WriteTag = TlbEntry.Invalid;
            if ((entry->ExecuteTag & TlbEntry.High) == 0) entry->ExecuteTag = TlbEntry.Invalid;
        }

        HoldsLow = false;
    }

    public readonly void ClearWrites()
    {
        for (int i = 0; i < EntryCount; i++) Entries[i].WriteTag = TlbEntry.Invalid;
    }

    private static ulong MaskOf(int count) => (ulong)(count - 1) * (ulong)sizeof(TlbEntry);

    private static ulong LargeKey(ulong va, int bits) => (va << 8 >> 8 >> bits << 6) + (uint)bits;

    private static T* Table<T>(int count)
        where T : unmanaged => (T*)HostPages.Map(SizeOf<T>(count), (nuint)Environment.SystemPageSize);

    private static nuint SizeOf<T>(int count)
        where T : unmanaged => (nuint)count * (nuint)sizeof(T);
}
