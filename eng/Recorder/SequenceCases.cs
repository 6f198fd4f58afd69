using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>
/// Random sequences of rows' cases. A sequence accesses memory or makes addresses of code and branches, not both: the code page
/// is no place for stores. Branches go forward, to the end of the sequence at most.
/// </summary>
internal sealed class SequenceCases
{
    private const int MinInstructions = 2, MaxInstructions = 6;

    private readonly RowCases[] _accesses;
    private readonly RowCases[] _computations;
    private readonly RowCases[] _jumps;
    private Xorshift _random;

    public SequenceCases(IReadOnlyList<Row> rows, ulong seed)
    {
        _random = new Xorshift(seed);
        const RowTraits Touches = RowTraits.Memory | RowTraits.Branch | RowTraits.Literal;
        _accesses = Cases(rows.Where(row => (row.Traits & RowTraits.Memory) != 0), seed);
        _computations = Cases(rows.Where(row => (row.Traits & Touches) == 0 && !Encodings.TakesCodeAddress(row.Value)), seed);
        _jumps = Cases(rows.Where(row => row.Name is "B" or "B.cond" or "CBZ" or "CBNZ" or "TBZ" or "TBNZ" or "ADR" or "ADRP"), seed);
    }

    public TestCase Next()
    {
        uint[] code = new uint[MinInstructions + _random.Below(MaxInstructions - MinInstructions + 1)];
        bool jumps = _random.OneIn(3);
        for (int i = 0; i < code.Length; i++)
        {
            RowCases[] kind = _random.Below(3) != 0 ? _computations : jumps ? _jumps : _accesses;
            uint instruction = Draw(kind);
            code[i] = jumps ? Forward(instruction, code.Length - i) : instruction;
            if (!jumps && i > 0 && Encodings.IsStoreExclusive(code[i])) code[i - 1] = Exclusives.LoadFor(code[i], ref _random);
        }

        return new TestCase(code, (uint)_random.Next());
    }

    // Allocated ones only: what is UNDEFINED ends a sequence, and is for the rows' own cases.
    private uint Draw(RowCases[] kind)
    {
        const uint Nop = 0xD503_201F;
        while (kind.Length != 0)
        {
            if (kind[_random.Below((uint)kind.Length)].Next()?.Code[^1] is { } instruction && RowCases.IsAllocated(instruction)) return instruction;
        }

        return Nop;
    }

    private uint Forward(uint instruction, int rest)
    {
        uint words = 1 + _random.Below((uint)rest);
        if ((instruction & 0x7C00_0000) == 0x1400_0000) return instruction & ~0x03FF_FFFFu | words;
        if ((instruction & 0x7E00_0000) == 0x3600_0000) return instruction & ~0x0007_FFE0u | words << 5;
        bool conditional = (instruction & 0xFE00_0000) == 0x5400_0000 || (instruction & 0x7E00_0000) == 0x3400_0000;
        return conditional ? instruction & ~0x00FF_FFE0u | words << 5 : instruction;
    }

    private static RowCases[] Cases(IEnumerable<Row> rows, ulong seed) => [.. rows.Select(row => new RowCases(row, seed + 1))];
}
