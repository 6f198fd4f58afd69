namespace Supermachine.Engine.Software;

/// <content>Branches (ARM ARM C4.1, Branches, exception generating and system instructions).</content>
internal static unsafe partial class DecodeTable
{
    private const RowTraits Leaves = RowTraits.Branch | RowTraits.EndsBlock;

    private static void AddBranchRows(List<Row> rows) => rows.AddRange(
    [
        new("B", "000101iiiiiiiiiiiiiiiiiiiiiiiiii", &Branches.BindImmediate, Leaves),
        new("BL", "100101iiiiiiiiiiiiiiiiiiiiiiiiii", &Branches.BindImmediate, Leaves),
        new("B.cond", "01010100iiiiiiiiiiiiiiiiiii0cccc", &Branches.BindConditional, Leaves),
        new("CBZ", "f0110100iiiiiiiiiiiiiiiiiiittttt", &Branches.BindCompare, Leaves),
        new("CBNZ", "f0110101iiiiiiiiiiiiiiiiiiittttt", &Branches.BindCompare, Leaves),
        new("TBZ", "b0110110bbbbbiiiiiiiiiiiiiittttt", &Branches.BindTest, Leaves),
        new("TBNZ", "b0110111bbbbbiiiiiiiiiiiiiittttt", &Branches.BindTest, Leaves),
        new("BR", "1101011000011111000000nnnnn00000", &Branches.BindRegister, Leaves),
        new("BLR", "1101011000111111000000nnnnn00000", &Branches.BindRegister, Leaves),
        new("RET", "1101011001011111000000nnnnn00000", &Branches.BindRegister, Leaves),
    ]);
}
