namespace Supermachine.Engine.Software;

/// <summary>A set of page numbers that forgets none and claims few too many (a Bloom filter of one hash).</summary>
internal unsafe struct PageFilter
{
    private const int Words = 32;

    private fixed ulong _bits[Words];

    public void Add(ulong page) => _bits[Slot(page) >> 6] |= 1UL << (int)(Slot(page) & 63);

    /// <summary>False: it was not added since the last <see cref="Clear"/>.</summary>
    public readonly bool MayHold(ulong page) => (_bits[Slot(page) >> 6] >> (int)(Slot(page) & 63) & 1) != 0;

    public void Clear()
    {
        for (int i = 0; i < Words; i++) _bits[i] = 0;
    }

    private static uint Slot(ulong page) => (uint)(page * 0x9E37_79B9_7F4A_7C15 >> 53);
}
