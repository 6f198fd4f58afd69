namespace Supermachine.Engine.Software.Differential;

/// <summary>What an item becomes.</summary>
internal enum FuzzItemKind
{
    /// <summary>Its word.</summary>
    Plain,

    /// <summary>A load relative to the PC, of the address that is its operand.</summary>
    Literal,

    /// <summary>A branch to an item that comes later, its operand.</summary>
    Forward,

    /// <summary>A branch to an item that comes earlier or to itself, behind a check and a decrement of the counter.</summary>
    Backward,

    /// <summary>A branch to a register, behind an ADR of a later item to it.</summary>
    Indirect,
}

/// <summary>A part of a sequence that is kept or dropped as a whole.</summary>
internal readonly record struct FuzzItem(FuzzItemKind Kind, uint Word, int Operand = 0);

/// <summary>A sequence before its branches have addresses, so that items can be dropped.</summary>
internal sealed record FuzzSequence(FuzzMode Mode, uint Seed, FuzzItem[] Items)
{
    /// <summary>The instructions, for the PC of the seed's input.</summary>
    public uint[] Assemble()
    {
        MachineState input = new();
        FuzzInput.Fill(Mode, Seed, input);
        FuzzRoles roles = new(Seed);
        int[] starts = new int[Items.Length + 1];
        for (int i = 0; i < Items.Length; i++) starts[i + 1] = starts[i] + Length(Items[i].Kind);
        List<uint> words = [];
        foreach (FuzzItem item in Items)
        {
            switch (item.Kind)
            {
                case FuzzItemKind.Literal:
                    long distance = (long)(uint)item.Operand - (long)(input[MachineState.PC] + 4 * (ulong)words.Count);
                    words.Add(A64.WithOffset(item.Word, (int)(distance >> 2)));
                    break;
                case FuzzItemKind.Backward:
                    words.Add(A64.CompareAndBranchIfZero(roles.Counter, 3));
                    words.Add(A64.SubtractOne(roles.Counter));
                    goto case FuzzItemKind.Forward;
                case FuzzItemKind.Forward:
                    words.Add(A64.WithOffset(item.Word, starts[item.Operand] - words.Count));
                    break;
                case FuzzItemKind.Indirect:
                    words.Add(A64.Address(item.Word.Field(5, 5), starts[item.Operand] - words.Count));
                    words.Add(item.Word);
                    break;
                default:
                    words.Add(item.Word);
                    break;
            }
        }

        return [.. words];
    }

    /// <summary>The same without some of its items.</summary>
    public FuzzSequence Without(int first, int count) => this with
    {
        Items = [.. Items.Where((_, i) => i < first || i >= first + count).Select(item => item with { Operand = Moved(item, first, count) })],
    };

    /// <summary>What led to a dropped item leads to the one after it.</summary>
    private static int Moved(FuzzItem item, int first, int count) =>
        item.Kind is FuzzItemKind.Plain or FuzzItemKind.Literal || item.Operand <= first ? item.Operand : Math.Max(first, item.Operand - count);

    private static int Length(FuzzItemKind kind) => kind switch
    {
        FuzzItemKind.Backward => 3,
        FuzzItemKind.Indirect => 2,
        _ => 1,
    };
}
