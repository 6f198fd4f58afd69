using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software.Differential;

/// <summary>How a case ended.</summary>
internal enum CaseOutcome
{
    /// <summary>At a BRK after it, or where it branched.</summary>
    Completed,
    Undefined,

    /// <summary>A translation or permission fault, of data or of the fetch.</summary>
    Abort,

    /// <summary>A misaligned access, PC or SP.</summary>
    Alignment,

    /// <summary>Any other exception: a trap, SVC.</summary>
    Other,

    /// <summary>It ran until it was stopped.</summary>
    Endless,
}

/// <summary>A word of the window that a case changed.</summary>
internal readonly record struct MemoryChange(int Index, ulong Value);

/// <summary>The output state of a case. After an exception the PC is that of the instruction that took it.</summary>
internal sealed class CaseResult
{
    public CaseOutcome Outcome { get; set; }

    public MachineState State { get; } = new();

    public List<MemoryChange> Changes { get; } = [];

    /// <summary>All system registers of our engine, in the order of <see cref="SystemState"/>; a vector keeps none of them.</summary>
    public ulong[] System { get; } = new ulong[SystemNames.Length];

    public static string[] SystemNames { get; } = [.. typeof(SystemState).GetFields().Select(field => field.Name)];

    /// <summary>Whether all of it is the same.</summary>
    public bool Matches(CaseResult other) =>
        Outcome == other.Outcome && State.Words.AsSpan().SequenceEqual(other.State.Words) && System.AsSpan().SequenceEqual(other.System)
        && CollectionsMarshal.AsSpan(Changes).SequenceEqual(CollectionsMarshal.AsSpan(other.Changes));

    /// <summary>What a vector keeps of all this.</summary>
    public uint Hash()
    {
        ulong hash = Mix(0, (ulong)Outcome);
        foreach (ulong word in State.Words) hash = Mix(hash, word);
        foreach (MemoryChange change in Changes) hash = Mix(Mix(hash, (ulong)change.Index), change.Value);
        return (uint)(hash ^ hash >> 32);
    }

    /// <summary>The words that differ.</summary>
    public IEnumerable<string> Differences(CaseResult other)
    {
        if (Outcome != other.Outcome) yield return $"outcome {Outcome} {other.Outcome}";
        for (int i = 0; i < MachineState.Count; i++)
            if (State[i] != other.State[i]) yield return $"{MachineState.Name(i)} {State[i]:x16} {other.State[i]:x16}";
        Dictionary<int, ulong> mine = Changes.ToDictionary(change => change.Index, change => change.Value);
        Dictionary<int, ulong> others = other.Changes.ToDictionary(change => change.Index, change => change.Value);
        foreach (int index in mine.Keys.Union(others.Keys).Order())
        {
            ulong before = CaseLayout.Pristine[index];
            ulong one = mine.GetValueOrDefault(index, before), two = others.GetValueOrDefault(index, before);
            if (one != two) yield return $"[{CaseLayout.Window + 8 * (ulong)index:x}] {one:x16} {two:x16} (was {before:x16})";
        }
    }

    /// <summary>The same, and system registers: of two of our engines.</summary>
    public IEnumerable<string> AllDifferences(CaseResult other)
    {
        foreach (string difference in Differences(other)) yield return difference;
        for (int i = 0; i < SystemNames.Length; i++)
            if (System[i] != other.System[i]) yield return $"{SystemNames[i]} {System[i]:x16} {other.System[i]:x16}";
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0xFF51_AFD7_ED55_8CCD;
        return hash ^ hash >> 32;
    }
}
