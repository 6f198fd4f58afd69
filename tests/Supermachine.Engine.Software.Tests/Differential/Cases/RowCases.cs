using System.Text;

namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// Cases of one row: operand fields drawn from its pattern, the small ones all in turn. The same row gives the same cases, whatever
/// other rows the table has.
/// </summary>
// SAFETY: the one pointer is to an op on the stack, for a binder to fill.
internal sealed unsafe class RowCases
{
    /// <summary>Fields of this width are registers mostly: drawn, not counted through.</summary>
    private const int RegisterBits = 5;
    private const int CountedBits = 8;
    private const int Attempts = 64;

    private readonly Row _row;
    private readonly List<(int Low, int Count)> _registers = [];
    private readonly List<int> _others = [];
    private Xorshift _random;
    private uint _counter;

    /// <param name="row">The row.</param>
    /// <param name="seed">Another one gives others.</param>
    /// <param name="counter">Where to begin with those of the small fields.</param>
    public RowCases(Row row, ulong seed, uint counter = 0)
    {
        _row = row;
        _counter = counter;
        ulong name = Encoding.UTF8.GetBytes(row.Name).Aggregate(0xCBF2_9CE4_8422_2325, (hash, one) => (hash ^ one) * 0x100_0000_01B3);
        _random = new Xorshift(name + seed);
        foreach (var field in Fields(row.Pattern))
        {
            if (field.Count == RegisterBits) _registers.Add(field);
            else _others.AddRange(Enumerable.Range(field.Low, field.Count));
        }
    }

    /// <summary>The next case, or null where the pattern gives none that can be compared.</summary>
    public TestCase? Next()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            uint instruction = Unpredictable.Settle(Draw());
            if (DecodeTable.Find(instruction) != _row || Unpredictable.Is(instruction) || KnownDifferences.Covers(instruction)) continue;
            if (!IsAllocated(instruction) && !_random.OneIn(8)) continue;
            bool reserve = Encodings.IsStoreExclusive(instruction) && IsAllocated(instruction) && !_random.OneIn(4);
            uint[] code = reserve ? [Exclusives.LoadFor(instruction, ref _random), instruction] : [instruction];
            return new TestCase(code, (uint)_random.Next());
        }

        return null;
    }

    public static bool IsAllocated(uint instruction)
    {
        Op op = default;
        return DecodeTable.Find(instruction) is { } row && row.Bind(instruction, &op);
    }

    private uint Draw()
    {
        uint instruction = (uint)_random.Next() & ~_row.Mask | _row.Value;
        if (_others.Count <= CountedBits)
        {
            for (int i = 0; i < _others.Count; i++) instruction = Put(instruction, _others[i], 1, _counter >> i & 1);
            _counter++;
        }

        foreach ((int low, int count) in _registers)
        {
            // Often the register that has two meanings, often one that another operand has too.
            if (_random.OneIn(12)) instruction = Put(instruction, low, count, 31);
            else if (_random.OneIn(4)) instruction = Put(instruction, low, count, _random.Below(4));
        }

        return Aim(instruction);
    }

    /// <summary>Has branches and literals lead where something is.</summary>
    private uint Aim(uint instruction)
    {
        if ((_row.Traits & RowTraits.Literal) != 0) return Put(instruction, 5, 19, Literal());
        if ((_row.Traits & RowTraits.Branch) == 0 || Encodings.IsBranchToRegister(instruction)) return instruction;
        (int low, int count) = instruction.Field(26, 5) == 5 ? (0, 26) : instruction.Field(25, 6) == 0x1B ? (5, 14) : (5, 19);
        uint words = instruction.Field(low, count);
        if (!_random.OneIn(8)) words = _random.Below(0x400) - CaseLayout.CaseOffset / 4;
        return Put(instruction, low, count, words == 0 ? 1 : words); // never to itself
    }

    private uint Literal()
    {
        uint at = _random.OneIn(16)
            ? CaseLayout.WindowSize + _random.Below(0x1000)
            : _random.OneIn(6) ? CaseLayout.PageSize - _random.Below(16) : _random.Below(CaseLayout.WindowSize);
        return (uint)((long)(CaseLayout.Window + at - CaseLayout.Start) >> 2);
    }

    private static uint Put(uint instruction, int low, int count, uint value)
    {
        uint mask = (uint)((1UL << count) - 1) << low;
        return instruction & ~mask | value << low & mask;
    }

    /// <summary>Runs of one letter, with their lowest bit.</summary>
    private static IEnumerable<(int Low, int Count)> Fields(string pattern)
    {
        for (int i = 0; i < pattern.Length;)
        {
            int end = i;
            while (end < pattern.Length && pattern[end] == pattern[i]) end++;
            if (pattern[i] is not ('0' or '1')) yield return (32 - end, end - i);
            i = end;
        }
    }
}
