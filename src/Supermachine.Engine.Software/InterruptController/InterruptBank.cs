using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>
/// The state of a run of INTIDs, one bit each in words of 32: the distributor has one bank for all SPIs, each redistributor
/// has one for its SGIs and PPIs. Word numbers are absolute (INTID / 32), so that both share the register layout of
/// IHI 0069 12.8 and 12.11.
/// </summary>
internal sealed class InterruptBank
{
    /// <summary>Bits [7:3] of a priority are implemented: 32 levels, the most that one active-priority register holds.</summary>
    public const byte PriorityMask = 0xF8;

    /// <summary>INTIDs from here on are special (1020 to 1023), never interrupts.</summary>
    public const int FirstSpecial = 1020;

    public InterruptBank(int firstIntid, int count)
    {
        FirstWord = firstIntid / 32;
        EndWord = (firstIntid + count + 31) / 32;
        End = firstIntid + count;
        Group = new uint[EndWord];
        Enabled = new uint[EndWord];
        Latch = new uint[EndWord];
        Line = new uint[EndWord];
        Active = new uint[EndWord];
        Edge = new uint[EndWord];
        Priority = new byte[EndWord * 32];
        Reset();
    }

    public int FirstWord { get; }

    public int EndWord { get; }

    /// <summary>One past the last implemented INTID.</summary>
    public int End { get; }

    /// <summary>Group 1 where set, Group 0 where clear.</summary>
    public uint[] Group { get; }

    public uint[] Enabled { get; }

    /// <summary>Pending by an edge or by software. A level that is pending by its line alone has no bit here.</summary>
    public uint[] Latch { get; }

    /// <summary>The levels that devices and timers drive.</summary>
    public uint[] Line { get; }

    public uint[] Active { get; }

    /// <summary>Edge-triggered where set, level-sensitive where clear.</summary>
    public uint[] Edge { get; }

    public byte[] Priority { get; }

    /// <summary>Back to the power-on state; the lines keep their levels.</summary>
    public void Reset()
    {
        foreach (uint[] bits in (ReadOnlySpan<uint[]>)[Group, Enabled, Latch, Active, Edge]) Array.Clear(bits);
        Array.Clear(Priority);
        if (FirstWord == 0) Edge[0] = 0xFFFF; // SGIs are always edge-triggered
    }

    /// <summary>The implemented INTIDs of a word.</summary>
    public uint Implemented(int word)
    {
        if (word < FirstWord || word >= EndWord) return 0;
        int bits = End - word * 32;
        return bits >= 32 ? uint.MaxValue : (1u << bits) - 1;
    }

    /// <summary>A level is pending while its line is high, whether or not it is enabled.</summary>
    public uint Pending(int word) => Latch[word] | (Line[word] & ~Edge[word]);

    /// <summary>What a CPU interface could be offered: pending, enabled and not active.</summary>
    public uint Offered(int word) => Pending(word) & Enabled[word] & ~Active[word];

    public bool IsGroup1(int intid) => Bit(Group, intid);

    public bool IsActive(int intid) => Bit(Active, intid);

    public void SetPending(int intid) => Latch[intid / 32] |= 1u << intid % 32;

    /// <summary>Sets a line's level; a rising line pends an edge-triggered interrupt.</summary>
    /// <returns>Whether the level changed.</returns>
    public bool SetLine(int intid, bool asserted)
    {
        int word = intid / 32;
        uint bit = 1u << intid % 32;
        if (asserted == ((Line[word] & bit) != 0)) return false;
        Line[word] ^= bit;
        if (asserted) Latch[word] |= bit & Edge[word];
        return true;
    }

    /// <summary>Pending becomes active. A level whose line is still high is active and pending.</summary>
    public void Activate(int intid)
    {
        uint bit = 1u << intid % 32;
        Active[intid / 32] |= bit;
        Latch[intid / 32] &= ~bit;
    }

    public void Deactivate(int intid) => Active[intid / 32] &= ~(1u << intid % 32);

    /// <summary>Looks through a word for an interrupt of more urgent priority than <paramref name="best"/>; ties go to the lower INTID.</summary>
    public void Scan(int word, uint candidates, ref PendingInterrupt best)
    {
        for (; candidates != 0; candidates &= candidates - 1)
        {
            int intid = word * 32 + BitOperations.TrailingZeroCount(candidates);
            if (Priority[intid] < best.Priority) best = new PendingInterrupt(intid, Priority[intid], IsGroup1(intid));
        }
    }

    private static bool Bit(uint[] bits, int intid) => (bits[intid / 32] >> intid % 32 & 1) != 0;
}

/// <summary>The highest priority pending interrupt of a CPU interface.</summary>
/// <param name="Intid">Its INTID; 1023 when there is none.</param>
/// <param name="Priority">Lower is more urgent; above 0xFF when there is none.</param>
/// <param name="IsGroup1">Its group.</param>
internal readonly record struct PendingInterrupt(int Intid, int Priority, bool IsGroup1)
{
    public static PendingInterrupt None => new(1023, 0x100, true);

    public bool Exists => Intid < InterruptBank.FirstSpecial;
}
