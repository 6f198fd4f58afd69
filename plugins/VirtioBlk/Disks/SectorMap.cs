using System.Numerics;

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>A set of sectors: a bitmap in pages that exist once a sector of theirs is in the set. Its owner serializes the calls.</summary>
internal sealed class SectorMap
{
    /// <summary>Bytes of bitmap in a page.</summary>
    public const int PageBytes = 4096;

    private const int WordBits = 64;
    private const long PageSectors = PageBytes * 8L;
    private readonly ulong[]?[] pages;
    private readonly HashSet<int> dirty = [];

    /// <summary>The empty set.</summary>
    public SectorMap(long sectors) => pages = new ulong[]?[(int)((sectors + PageSectors - 1) / PageSectors)];

    /// <summary>How many pages the whole bitmap has.</summary>
    public int PageCount => pages.Length;

    /// <summary>How many sectors from one on are alike in being in the set or not.</summary>
    public long Run(long sector, long limit, out bool present)
    {
        present = false;
        long end = sector + limit;
        for (long at = sector; at < end;)
        {
            ulong word = Word(at);
            bool first = (word >> (int)(at % WordBits) & 1) != 0;
            if (at == sector) present = first;
            else if (first != present) return at - sector;
            ulong same = (present ? ~word : word) >> (int)(at % WordBits);
            int left = WordBits - (int)(at % WordBits);
            int alike = Math.Min(BitOperations.TrailingZeroCount(same), left);
            at += alike;
            if (alike < left) return Math.Min(at, end) - sector;
        }

        return limit;
    }

    /// <summary>Puts sectors into the set.</summary>
    public void Add(long sector, long count)
    {
        for (long end = sector + count; sector < end;)
        {
            int bit = (int)(sector % WordBits);
            int bits = (int)Math.Min(WordBits - bit, end - sector);
            ulong mask = (bits == WordBits ? ulong.MaxValue : (1UL << bits) - 1) << bit;
            int page = (int)(sector / PageSectors);
            ref ulong word = ref (pages[page] ??= new ulong[PageBytes / sizeof(ulong)])[sector % PageSectors / WordBits];
            if ((word & mask) != mask) dirty.Add(page);
            word |= mask;
            sector += bits;
        }
    }

    /// <summary>The bitmap's pages that changed since the last call, as copies.</summary>
    public IReadOnlyList<(int Page, ulong[] Words)> TakeDirty()
    {
        var taken = dirty.Select(page => (page, (ulong[])pages[page]!.Clone())).ToList();
        dirty.Clear();
        return taken;
    }

    /// <summary>Marks pages as changed again, when writing them failed.</summary>
    public void PutBack(IEnumerable<int> changed) => dirty.UnionWith(changed);

    /// <summary>Puts a page of a saved bitmap into the set.</summary>
    public void Load(int page, ReadOnlySpan<ulong> words)
    {
        if (words.ContainsAnyExcept(0UL)) pages[page] = words.ToArray();
    }

    private ulong Word(long sector) => pages[(int)(sector / PageSectors)] is { } page ? page[sector % PageSectors / WordBits] : 0;
}
