namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// Makes a sequence of a seed, the same one always: instructions of all rows of the decode table that may run where the sequence
/// does, loops that end, pointers that mostly point somewhere.
/// </summary>
internal static class FuzzGenerator
{
    private const uint MinItems = 2, MaxItems = 40, MostFocused = 4;

    private static readonly Row[] Flags =
    [
        .. DecodeTable.Rows.Where(row => (row.Traits & RowTraits.WritesFlags) != 0 || row.Name is "ADC" or "ADCS" or "SBC" or "SBCS"
            or "CCMN" or "CCMP" or "CSEL" or "CSINC" or "CSINV" or "CSNEG" or "FCSEL" or "FCMP, FCMPE" or "FCCMP, FCCMPE"),
    ];

    private const RowTraits Elsewhere = RowTraits.Memory | RowTraits.Literal | RowTraits.Branch | RowTraits.System;

    private static readonly Row[] Integer = [.. DecodeTable.Rows.Where(row => (row.Traits & (Elsewhere | RowTraits.Fp)) == 0)];
    private static readonly Row[] Vector = [.. DecodeTable.Rows.Where(row => (row.Traits & (Elsewhere | RowTraits.Fp)) == RowTraits.Fp)];
    private static readonly Row[] Memory = [.. DecodeTable.Rows.Where(row => (row.Traits & RowTraits.Memory) != 0)];
    private static readonly Row[] Literal = [.. DecodeTable.Rows.Where(row => (row.Traits & RowTraits.Literal) != 0)];
    private static readonly Row[] Conditional = [.. DecodeTable.Rows.Where(row => row.Name is "B.cond" or "CBZ" or "CBNZ" or "TBZ" or "TBNZ")];
    private static readonly Row[] Unconditional = [.. DecodeTable.Rows.Where(row => row.Name is "B" or "BL")];
    private static readonly Row[] ToRegister = [.. DecodeTable.Rows.Where(row => row.Name is "BR" or "BLR" or "RET")];
    private static readonly Row[] Focusable = [.. DecodeTable.Rows.Where(row => (row.Traits & (RowTraits.Literal | RowTraits.Branch | RowTraits.System)) == 0)];

    public static FuzzSequence Make(FuzzMode mode, uint seed)
    {
        var random = new Xorshift(seed);
        FuzzRoles roles = new(seed);
        Row[] focus = [.. Enumerable.Range(0, random.OneIn(3) ? 1 + (int)random.Below(MostFocused) : 0).Select(_ => random.Of<Row>(Focusable))];
        int count = (int)(MinItems + random.Below(MaxItems - MinItems + 1));
        List<FuzzItem> items = [];
        while (items.Count < count) AddItem(items, count, mode, roles, focus, ref random);
        return new FuzzSequence(mode, seed, [.. items]);
    }

    // Once in a while an item is two: a store-exclusive comes with its load.
    private static void AddItem(List<FuzzItem> items, int count, FuzzMode mode, FuzzRoles roles, Row[] focus, ref Xorshift random)
    {
        uint kind = random.Below(100);
        if (focus.Length != 0 && random.OneIn(2)) AddRow(items, random.Of<Row>(focus), roles, ref random);
        else if (kind < 3) AddCarries(items, count - items.Count, roles, ref random);
        else if (kind < 28) AddRow(items, random.Of<Row>(Integer), roles, ref random);
        else if (kind < 42) AddRow(items, random.Of<Row>(Flags), roles, ref random);
        else if (kind < 58) AddRow(items, random.Of<Row>(Vector), roles, ref random);
        else if (kind < 75) AddRow(items, random.Of<Row>(Memory), roles, ref random);
        else if (kind < 78) items.Add(new FuzzItem(FuzzItemKind.Literal, FuzzRegisters.Draw(random.Of<Row>(Literal), roles, ref random), LiteralAddress(ref random)));
        else if (kind < 90) items.Add(Jump(items.Count, count, roles, ref random));
        else if (kind < 94) items.Add(new FuzzItem(FuzzItemKind.Plain, Repoint(mode, roles, ref random)));
        else items.Add(new FuzzItem(FuzzItemKind.Plain, FuzzSystem.Draw(mode, roles, ref random)));
    }

    private static void AddRow(List<FuzzItem> items, Row row, FuzzRoles roles, ref Xorshift random)
    {
        uint instruction = FuzzRegisters.Draw(row, roles, ref random);
        if (Encodings.IsStoreExclusive(instruction) && !random.OneIn(4))
        {
            uint load = Exclusives.LoadFor(instruction, ref random);
            if (!FuzzRegisters.WritesReserved(load, roles)) items.Add(new FuzzItem(FuzzItemKind.Plain, load));
        }

        items.Add(new FuzzItem(FuzzItemKind.Plain, instruction));
    }

    /// <summary>Sums of more than 64 bits: accesses at one base, and flags that live across them.</summary>
    private static void AddCarries(List<FuzzItem> items, int room, FuzzRoles roles, ref Xorshift random)
    {
        const uint Reach = 24;
        const int MostWords = 4;
        uint at = roles.Base(random.Below(FuzzRoles.BaseCount)), words = random.Below((uint)Math.Min(MostWords, room / 2) + 1);
        bool subtract = random.OneIn(2);
        items.Add(new FuzzItem(FuzzItemKind.Plain, A64.LoadStore(load: true, roles.Free(ref random), at, random.Below(Reach))));
        for (uint word = 0; word < words; word++)
        {
            items.Add(new FuzzItem(FuzzItemKind.Plain, A64.AddSubtract(subtract, word != 0, roles.Free(ref random), roles.Free(ref random), roles.Free(ref random))));
            items.Add(new FuzzItem(FuzzItemKind.Plain, A64.LoadStore(random.OneIn(2), roles.Free(ref random), at, random.Below(Reach))));
        }
    }

    private static FuzzItem Jump(int index, int count, FuzzRoles roles, ref Xorshift random)
    {
        int later = index + 1 + (int)random.Below((uint)Math.Min(8, count - index));
        switch (random.Below(8))
        {
            case 0:
                uint to = random.OneIn(3) ? 30 : roles.Free(ref random);
                return new FuzzItem(FuzzItemKind.Indirect, FuzzRegisters.Draw(random.Of<Row>(ToRegister), roles, ref random) & ~0x3E0u | to << 5, later);
            case 1 or 2:
                return new FuzzItem(FuzzItemKind.Backward, FuzzRegisters.Draw(random.Of<Row>(Conditional), roles, ref random), index - (int)random.Below((uint)Math.Min(12, index + 1)));
            case 3:
                return new FuzzItem(FuzzItemKind.Forward, FuzzRegisters.Draw(random.Of<Row>(Unconditional), roles, ref random), later);
            default:
                return new FuzzItem(FuzzItemKind.Forward, FuzzRegisters.Draw(random.Of<Row>(Conditional), roles, ref random), later);
        }
    }

    /// <summary>Gives a base register or SP a fresh address: aligned or not, within the window.</summary>
    private static uint Repoint(FuzzMode mode, FuzzRoles roles, ref Xorshift random)
    {
        uint immediate = random.Below(0x180);
        if (!random.OneIn(3)) return A64.Add(roles.Base(random.Below(FuzzRoles.BaseCount)), roles.Constant, immediate);
        return A64.Add(31, roles.Constant, mode == FuzzMode.Kernel && random.OneIn(12) ? immediate : immediate & ~15u);
    }

    private static int LiteralAddress(ref Xorshift random)
    {
        uint at = random.OneIn(6) ? CaseLayout.PageSize - 4 * (1 + random.Below(4)) : 4 * random.Below(CaseLayout.WindowSize / 4 - 4);
        return (int)(FuzzLayout.Fenced + at);
    }
}
