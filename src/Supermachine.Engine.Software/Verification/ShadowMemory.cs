using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// Copies of the pages that a block touches, on which it is run by one engine and then by the other: guest memory stays as it is, and
/// what other vCPUs and devices do to it meanwhile is not seen. One vCPU's own.
/// </summary>
internal sealed unsafe class ShadowMemory : IDisposable
{
    private const int MaxPages = 32;
    private const int PageSize = 0x1000;

    private readonly nint[] _hosts = new nint[MaxPages];
    private readonly byte* _before = Pages();
    private readonly byte* _current = Pages();
    private readonly byte* _first = Pages();
    private int _count, _firstCount;

    /// <summary>The block cannot be compared, or only one of the engines touched what the other did not.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Forgets the last block.</summary>
    public void Begin() => (_count, IsAbandoned) = (0, false);

    /// <summary>Has the comparison given up: the caller aborts the instruction.</summary>
    public void Abandon() => IsAbandoned = true;

    /// <summary>The copy of a byte of guest memory; null, and abandoned, when the block touches too many pages.</summary>
    public byte* Of(byte* host)
    {
        nint offset = (nint)host & (PageSize - 1), page = (nint)host - offset;
        int index = Array.IndexOf(_hosts, page, 0, _count);
        if (index >= 0) return _current + (index * PageSize) + offset;
        if (_count == MaxPages)
        {
            Abandon();
            return null;
        }

        _hosts[_count] = page;
        // SAFETY: a page of guest memory, which stays mapped while vCPUs run. Others may write it: the second copy is of the first.
        new Span<byte>((void*)page, PageSize).CopyTo(Page(_before, _count));
        Page(_before, _count).CopyTo(Page(_current, _count));
        return _current + (_count++ * PageSize) + offset;
    }

    /// <summary>Keeps what the first engine has made of the pages, and sets them back for the second.</summary>
    public void Rewind()
    {
        All(_current).CopyTo(All(_first));
        All(_before).CopyTo(All(_current));
        _firstCount = _count;
    }

    /// <summary>Whether the engines left the same. A page that only the second touched has to be as it was.</summary>
    public bool AreEqual => _firstCount == _count ? All(_first).SequenceEqual(All(_current)) : Differences().Count == 0;

    /// <summary>The words that they left otherwise: before, by the one, by the other.</summary>
    public List<string> Differences()
    {
        List<string> found = [];
        for (int index = 0; index < _count; index++)
        {
            byte* first = index < _firstCount ? _first : _before;
            for (int at = index * PageSize; at < (index + 1) * PageSize; at += 8)
            {
                ulong one = *(ulong*)(first + at), two = *(ulong*)(_current + at);
                if (one != two) found.Add($"memory, host {_hosts[index] + (at % PageSize):x}: {*(ulong*)(_before + at):x16} {one:x16} {two:x16}");
            }
        }

        return found;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_before);
        NativeMemory.AlignedFree(_current);
        NativeMemory.AlignedFree(_first);
    }

    private Span<byte> All(byte* pages) => new(pages, _count * PageSize);

    private static Span<byte> Page(byte* pages, int index) => new(pages + (index * PageSize), PageSize);

    private static byte* Pages() => (byte*)NativeMemory.AlignedAlloc(MaxPages * PageSize, PageSize);
}
