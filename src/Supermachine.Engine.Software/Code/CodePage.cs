using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>The predecoded code of one page of guest memory.</summary>
internal unsafe struct CodePage
{
    public const int EntryCount = 1024;

    /// <summary>Instructions in a line.</summary>
    public const int LineEntries = 16;

    /// <summary>For each instruction the block that starts there, or null: pointers to <see cref="Op"/>.</summary>
    public fixed ulong Blocks[EntryCount];

    /// <summary>A bit for each 64 bytes that some block may have been made from. Zero: the page holds no code.</summary>
    public ulong Lines;

    /// <summary>How often a store has met code since all of the page was last forgotten.</summary>
    public int Writes;

    public static CodePage* Allocate() => (CodePage*)NativeMemory.AllocZeroed((nuint)sizeof(CodePage));

    /// <summary>The lines that a range of the page touches.</summary>
    public static ulong LinesOf(uint offset, uint length)
    {
        int first = (int)(offset >> 6), last = (int)((offset + length - 1) >> 6);
        return ulong.MaxValue << first & ulong.MaxValue >> (63 - last);
    }
}
