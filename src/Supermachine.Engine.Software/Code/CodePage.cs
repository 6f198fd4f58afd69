namespace Supermachine.Engine.Software;

/// <summary>The predecoded code of one page of guest memory. Changed under the code cache's lock.</summary>
internal unsafe struct CodePage
{
    /// <summary>Lines of a page, and instructions in a line.</summary>
    public const int LineCount = 64, LineEntries = 16;

    /// <summary>For each line null, or the block that starts at each of its instructions: pointers to <see cref="Op"/>, or null. A line that is there stays.</summary>
    private fixed ulong _lines[LineCount];

    /// <summary>A bit for each 64 bytes that some block may have been made from. Zero: the page holds no code.</summary>
    public ulong Lines;

    /// <summary>How often a store has met code since all of the page was last forgotten.</summary>
    public int Writes;

    /// <summary>The lines that a range of the page touches.</summary>
    public static ulong LinesOf(uint offset, uint length)
    {
        int first = (int)(offset >> 6), last = (int)((offset + length - 1) >> 6);
        return ulong.MaxValue << first & ulong.MaxValue >> (63 - last);
    }

    /// <summary>The block at an offset, or null. Any thread.</summary>
    public Op* Find(uint offset)
    {
        ulong* line = (ulong*)Volatile.Read(ref _lines[offset >> 6]);
        return line == null ? null : (Op*)Volatile.Read(ref line[offset >> 2 & (LineEntries - 1)]);
    }

    /// <summary>Enters a block.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="block">The block.</param>
    /// <param name="memory">Where a line is taken from that is not there yet.</param>
    public void Add(uint offset, Op* block, HostArena memory)
    {
        ulong* line = BlocksOf((int)(offset >> 6));
        if (line == null)
        {
            line = (ulong*)memory.Allocate(LineEntries * sizeof(ulong));
            Volatile.Write(ref _lines[offset >> 6], (ulong)line);
        }

        Volatile.Write(ref line[offset >> 2 & (LineEntries - 1)], (ulong)block);
    }

    /// <summary>The <see cref="LineEntries"/> blocks of a line; null where none has ever started in it.</summary>
    public readonly ulong* BlocksOf(int line) => (ulong*)_lines[line];
}
