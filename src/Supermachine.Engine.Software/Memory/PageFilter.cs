namespace Supermachine.Engine.Software;

/// <summary>
/// A set of page numbers that forgets none and claims few too many (a Bloom filter of two hashes). A thousand pages have it claim one in
/// seventy: what is claimed for nothing costs a vCPU all its predicted jumps, or a TLB, at each invalidation of that page.
/// </summary>
internal unsafe struct PageFilter
{
    private const int Words = 256, SlotBits = 14;

    private fixed ulong _bits[Words];

    public void Add(ulong page)
    {
        ulong hash = Hash(page);
        _bits[Word(hash)] |= Bit(hash);
        hash <<= SlotBits;
        _bits[Word(hash)] |= Bit(hash);
    }

    /// <summary>False: it was not added since the last <see cref="Clear"/>.</summary>
    public readonly bool MayHold(ulong page)
    {
        ulong hash = Hash(page), second = hash << SlotBits;
        return (_bits[Word(hash)] & Bit(hash)) != 0 && (_bits[Word(second)] & Bit(second)) != 0;
    }

    public void Clear()
    {
        for (int i = 0; i < Words; i++) _bits[i] = 0;
    }

    /// <summary>Slots are the uppermost bits.</summary>
    private static ulong Hash(ulong page) => unchecked(page * 0x9E37_79B9_7F4A_7C15);

    private static int Word(ulong hash) => (int)(hash >> (64 - SlotBits + 6));

    private static ulong Bit(ulong hash) => 1UL << (int)(hash >> (64 - SlotBits));
}
