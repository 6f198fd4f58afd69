namespace Supermachine.Engine.Software.Tests;

/// <summary>
/// Translation tables made by hand in a sparse memory. The bit positions come from the figures of ARM ARM D8.2, one row for each
/// granule, not from a formula that the walk shares.
/// </summary>
internal sealed class TableBuilder
{
    public const ulong AF = 1 << 10, NG = 1 << 11, EL0 = 1 << 6, ReadOnly = 1 << 7;
    public const ulong PXN = 1ul << 53, UXN = 1ul << 54;
    public const ulong PXNTable = 1ul << 59, UXNTable = 1ul << 60, APTable0 = 1ul << 61, APTable1 = 1ul << 62;
    public const ulong M = 1, WXN = 1 << 19;

    private readonly Dictionary<ulong, ulong> _memory = [];
    private ulong _next = 0x4000_0000;

    /// <summary>Lowest address bit that a level's index uses, level 0 first; -1 where the granule has no such level.</summary>
    public static int[] Shifts(int granule) => granule switch
    {
        4 => [39, 30, 21, 12],
        16 => [47, 36, 25, 14],
        _ => [-1, 42, 29, 16],
    };

    public ulong TTBR0 { get; private set; }

    public ulong TTBR1 { get; private set; }

    /// <summary>Where the walk's level-n descriptor lay for the last <see cref="Map"/>.</summary>
    public ulong[] DescriptorAt { get; } = new ulong[4];

    public static ulong Tcr(int granule, int t0sz, int t1sz = 16, ulong extra = 2ul << 32) =>
        extra | (uint)t0sz | (ulong)(uint)t1sz << 16 | (granule switch { 4 => 2ul << 30, 16 => 2ul << 14 | 1ul << 30, _ => 1ul << 14 | 3ul << 30 });

    /// <summary>The level a walk begins at (ARM ARM table D8-14 and on).</summary>
    public static int StartLevel(int granule, int inputSize) => granule switch
    {
        4 => inputSize > 39 ? 0 : inputSize > 30 ? 1 : 2,
        16 => inputSize > 47 ? 0 : inputSize > 36 ? 1 : inputSize > 25 ? 2 : 3,
        _ => inputSize > 42 ? 1 : inputSize > 29 ? 2 : 3,
    };

    /// <summary>Maps an address by a page or block at a level, through tables with the given attributes.</summary>
    public void Map(int granule, int inputSize, bool high, ulong va, ulong pa, int level, ulong attributes = AF, ulong tables = 0)
    {
        int[] shifts = Shifts(granule);
        ulong table = Root(high);
        int top = inputSize;
        for (int at = StartLevel(granule, inputSize); ; at++)
        {
            ulong index = va >> shifts[at] & ((1ul << top - shifts[at]) - 1);
            ulong slot = DescriptorAt[at] = table + 8 * index;
            if (at == level)
            {
                _memory[slot] = pa | attributes | (level == 3 ? 3ul : 1ul);
                return;
            }
            if (!_memory.TryGetValue(slot, out ulong descriptor)) _memory[slot] = descriptor = Allocate() | tables | 3;
            table = descriptor & 0xFFFF_FFFF_0000;
            top = shifts[at];
        }
    }

    public void Write(ulong at, ulong descriptor) => _memory[at] = descriptor;

    public void Tear(ulong at) => _memory.Remove(at);

    public WalkResult Walk(ulong tcr, ulong va, ulong sctlr = M) =>
        StageOneWalk.Translate(new TranslationRegisters(sctlr, tcr, TTBR0, TTBR1), va, new Reader(this));

    public void SetRoot(bool high, ulong root)
    {
        if (high) TTBR1 = root;
        else TTBR0 = root;
    }

    private ulong Root(bool high)
    {
        if ((high ? TTBR1 : TTBR0) == 0) SetRoot(high, Allocate() | 0x5ul << 48); // an ASID, which is no address
        return (high ? TTBR1 : TTBR0) & 0xFFFF_FFFF_FFFF;
    }

    /// <summary>64 KiB apart, and all zeros: RAM that nobody mapped anything with.</summary>
    private ulong Allocate()
    {
        ulong table = _next;
        _next += 0x1_0000;
        return table;
    }

    private readonly struct Reader(TableBuilder builder) : IDescriptorReader
    {
        public bool TryRead(ulong physicalAddress, out ulong descriptor)
        {
            Assert.Equal(0ul, physicalAddress % 8);
            bool known = builder._memory.TryGetValue(physicalAddress, out descriptor);
            return known || (physicalAddress >= 0x4000_0000 && physicalAddress < builder._next);
        }
    }
}
