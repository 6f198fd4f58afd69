namespace Supermachine.Engine.Software;

/// <content>Branches (ARM ARM C4.1, Branches, exception generating and system instructions).</content>
internal static unsafe partial class DecodeTable
{
    private const RowTraits Leaves = RowTraits.Branch | RowTraits.EndsBlock;

    private static void AddBranchRows(List<Row> rows) => rows.AddRange(
    [
        new("B", "000101iiiiiiiiiiiiiiiiiiiiiiiiii", &Branches.BindImmediate, Leaves, emit: &BlockTranslator.Branch),
        new("BL", "100101iiiiiiiiiiiiiiiiiiiiiiiiii", &Branches.BindImmediate, Leaves, emit: &BlockTranslator.Branch),
        new("B.cond", "01010100iiiiiiiiiiiiiiiiiii0cccc", &Branches.BindConditional, Leaves | RowTraits.Conditional, emit: &BlockTranslator.BranchIf),
        new("CBZ", "f0110100iiiiiiiiiiiiiiiiiiittttt", &Branches.BindCompare, Leaves | RowTraits.Conditional, emit: &BlockTranslator.CompareAndBranch),
        new("CBNZ", "f0110101iiiiiiiiiiiiiiiiiiittttt", &Branches.BindCompare, Leaves | RowTraits.Conditional, emit: &BlockTranslator.CompareAndBranch),
        new("TBZ", "b0110110bbbbbiiiiiiiiiiiiiittttt", &Branches.BindTest, Leaves | RowTraits.Conditional, emit: &BlockTranslator.TestAndBranch),
        new("TBNZ", "b0110111bbbbbiiiiiiiiiiiiiittttt", &Branches.BindTest, Leaves | RowTraits.Conditional, emit: &BlockTranslator.TestAndBranch),
        new("BR", "1101011000011111000000nnnnn00000", &Branches.BindRegister, Leaves, emit: &BlockTranslator.BranchRegister),
        new("BLR", "1101011000111111000000nnnnn00000", &Branches.BindRegister, Leaves, emit: &BlockTranslator.BranchRegister),
        new("RET", "1101011001011111000000nnnnn00000", &Branches.BindRegister, Leaves, emit: &BlockTranslator.BranchRegister),
    ]);
}
