namespace Supermachine.Engine.Software;

/// <content>Exception generation, system registers, hints and barriers (ARM ARM C4.1, Branches, exception generating and system instructions).</content>
internal static unsafe partial class DecodeTable
{
    private const RowTraits Context = RowTraits.System | RowTraits.EndsBlock;

    private static void AddSystemRows(List<Row> rows) => rows.AddRange(
    [
        new("HVC", "11010100000iiiiiiiiiiiiiiii00010", &SystemInstructions.BindHvc, Context | RowTraits.Branch),
        new("SMC", "11010100000iiiiiiiiiiiiiiii00011", &SystemInstructions.BindSmc, Context | RowTraits.Branch),
        new("SVC", "11010100000iiiiiiiiiiiiiiii00001", &SystemInstructions.BindSvc, Context | RowTraits.Branch, emit: &BlockTranslator.SupervisorCall),
        new("BRK", "11010100001iiiiiiiiiiiiiiii00000", &SystemInstructions.BindBrk, Context | RowTraits.Branch),
        new("ERET", "11010110100111110000001111100000", &SystemInstructions.BindExceptionReturn, Context | RowTraits.Branch, emit: &BlockTranslator.ExceptionReturn),
        new("HINT", "11010101000000110010iiiiiii11111", &SystemInstructions.BindHint, RowTraits.System, emit: &BlockTranslator.Hint),
        new("WFE", "11010101000000110010000001011111", &SystemInstructions.BindWaitForEvent, Context),
        new("WFI", "11010101000000110010000001111111", &SystemInstructions.BindWaitForInterrupt, Context),
        new("CLREX", "11010101000000110011iiii01011111", &SystemInstructions.BindClearExclusive, RowTraits.System, emit: &BlockTranslator.ClearExclusive),
        new("DSB", "11010101000000110011iiii10011111", &SystemInstructions.BindSynchronizationBarrier, Context, emit: &BlockTranslator.SynchronizationBarrier),
        new("DMB", "11010101000000110011iiii10111111", &SystemInstructions.BindBarrier, RowTraits.System, emit: &BlockTranslator.DataMemoryBarrier),
        new("ISB", "11010101000000110011iiii11011111", &SystemInstructions.BindIsb, Context | RowTraits.Branch, emit: &BlockTranslator.InstructionBarrier),
        new("MSR (immediate)", "1101010100000ppp0100mmmmqqq11111", &SystemAccess.BindImmediate, Context, emit: &BlockTranslator.WriteMaskImmediate),
        new("MSR (register)", "110101010001rrrrrrrrrrrrrrrttttt", &SystemAccess.BindWrite, Context, emit: &BlockTranslator.WriteSystemRegister),
        new("MRS", "110101010011rrrrrrrrrrrrrrrttttt", &SystemAccess.BindRead, RowTraits.System, emit: &BlockTranslator.ReadSystemRegister),
        new("DC ZVA", "110101010000101101110100001ttttt", &SystemOperations.Bind, RowTraits.System, emit: &BlockTranslator.ZeroByAddress),
        new("DC CVAC, CVAU, CIVAC", "1101010100001011 0111 1m1m 001 ttttt", &SystemOperations.Bind, RowTraits.System, emit: &BlockTranslator.CleanByAddress),
        new("IC IVAU", "1101010100001011 0111 0101 001 ttttt", &SystemOperations.Bind, Context),
        new("TLBI", "1101010100001000 1000 mmmm qqq ttttt", &SystemOperations.Bind, Context),
        new("SYS", "1101010100001pppnnnnmmmmqqqttttt", &SystemOperations.Bind, Context),
    ]);
}
