namespace Supermachine.Engine.Software;

/// <content>Data processing, immediate and register (ARM ARM C4.1.86 and C4.1.89 in issue J.a).</content>
internal static unsafe partial class DecodeTable
{
    private const RowTraits Stays = RowTraits.Stays;
    private const RowTraits CompiledAtUse = RowTraits.CompiledAtUse;
    private const RowTraits Keeps = RowTraits.Stays | RowTraits.KeepsHostFlags;
    private const RowTraits Flags = RowTraits.Stays | RowTraits.WritesFlags;
    private const RowTraits Selects = RowTraits.ReadsFlags | RowTraits.KeepsHostFlags;

    private static void AddIntegerRows(List<Row> rows) => rows.AddRange(
    [
        new("ADR", "0ii10000iiiiiiiiiiiiiiiiiiiddddd", &Moves.BindAddress, Keeps, emit: &BlockTranslator.Address),
        new("ADRP", "1ii10000iiiiiiiiiiiiiiiiiiiddddd", &Moves.BindAddress, Keeps, emit: &BlockTranslator.Address),
        new("ADD (immediate)", "f00100010siiiiiiiiiiiinnnnnddddd", &AluBinder.AddSubImmediate, Keeps, emit: &BlockTranslator.AddSubImmediate),
        new("ADDS (immediate)", "f01100010siiiiiiiiiiiinnnnnddddd", &AluBinder.AddSubImmediate, Flags, emit: &BlockTranslator.AddSubImmediate),
        new("SUB (immediate)", "f10100010siiiiiiiiiiiinnnnnddddd", &AluBinder.AddSubImmediate, Keeps, emit: &BlockTranslator.AddSubImmediate),
        new("SUBS (immediate)", "f11100010siiiiiiiiiiiinnnnnddddd", &AluBinder.AddSubImmediate, Flags, emit: &BlockTranslator.AddSubImmediate),
        new("AND (immediate)", "f00100100Nrrrrrrssssssnnnnnddddd", &AluBinder.LogicalImmediate, Stays, emit: &BlockTranslator.LogicalImmediate),
        new("ORR (immediate)", "f01100100Nrrrrrrssssssnnnnnddddd", &AluBinder.LogicalImmediate, Stays, emit: &BlockTranslator.LogicalImmediate),
        new("EOR (immediate)", "f10100100Nrrrrrrssssssnnnnnddddd", &AluBinder.LogicalImmediate, Stays, emit: &BlockTranslator.LogicalImmediate),
        new("ANDS (immediate)", "f11100100Nrrrrrrssssssnnnnnddddd", &AluBinder.LogicalImmediate, Flags, emit: &BlockTranslator.LogicalImmediate),
        new("MOVN", "f00100101wwiiiiiiiiiiiiiiiiddddd", &Moves.BindMoveWide, Keeps, emit: &BlockTranslator.MoveWide),
        new("MOVZ", "f10100101wwiiiiiiiiiiiiiiiiddddd", &Moves.BindMoveWide, Keeps, emit: &BlockTranslator.MoveWide),
        new("MOVK", "f11100101wwiiiiiiiiiiiiiiiiddddd", &Moves.BindMoveWide, Stays, emit: &BlockTranslator.MoveWide),
        new("SBFM", "f00100110Nrrrrrrssssssnnnnnddddd", &Moves.BindBitfield, Stays, emit: &BlockTranslator.Bitfield),
        new("BFM", "f01100110Nrrrrrrssssssnnnnnddddd", &Moves.BindBitfield, Stays, emit: &BlockTranslator.Bitfield),
        new("UBFM", "f10100110Nrrrrrrssssssnnnnnddddd", &Moves.BindBitfield, Stays, emit: &BlockTranslator.Bitfield),
        new("EXTR", "f00100111N0mmmmmssssssnnnnnddddd", &Moves.BindExtract, Stays | CompiledAtUse, emit: &BlockTranslator.Extract),

        new("AND, BIC (shifted register)", "f0001010ssNmmmmmiiiiiinnnnnddddd", &AluBinder.LogicalShifted, Stays, emit: &BlockTranslator.LogicalShifted),
        new("ORR, ORN (shifted register)", "f0101010ssNmmmmmiiiiiinnnnnddddd", &AluBinder.LogicalShifted, Keeps, emit: &BlockTranslator.LogicalShifted),
        new("EOR, EON (shifted register)", "f1001010ssNmmmmmiiiiiinnnnnddddd", &AluBinder.LogicalShifted, Stays, emit: &BlockTranslator.LogicalShifted),
        new("ANDS, BICS (shifted register)", "f1101010ssNmmmmmiiiiiinnnnnddddd", &AluBinder.LogicalShifted, Flags, emit: &BlockTranslator.LogicalShifted),
        new("ADD (shifted register)", "f0001011ss0mmmmmiiiiiinnnnnddddd", &AluBinder.AddSubShifted, Keeps, emit: &BlockTranslator.AddSubShifted),
        new("ADDS (shifted register)", "f0101011ss0mmmmmiiiiiinnnnnddddd", &AluBinder.AddSubShifted, Flags, emit: &BlockTranslator.AddSubShifted),
        new("SUB (shifted register)", "f1001011ss0mmmmmiiiiiinnnnnddddd", &AluBinder.AddSubShifted, Stays, emit: &BlockTranslator.AddSubShifted),
        new("SUBS (shifted register)", "f1101011ss0mmmmmiiiiiinnnnnddddd", &AluBinder.AddSubShifted, Flags, emit: &BlockTranslator.AddSubShifted),
        new("ADD (extended register)", "f0001011001mmmmmoooiiinnnnnddddd", &AluBinder.AddSubExtended, Keeps, emit: &BlockTranslator.AddSubExtended),
        new("ADDS (extended register)", "f0101011001mmmmmoooiiinnnnnddddd", &AluBinder.AddSubExtended, Flags, emit: &BlockTranslator.AddSubExtended),
        new("SUB (extended register)", "f1001011001mmmmmoooiiinnnnnddddd", &AluBinder.AddSubExtended, Stays, emit: &BlockTranslator.AddSubExtended),
        new("SUBS (extended register)", "f1101011001mmmmmoooiiinnnnnddddd", &AluBinder.AddSubExtended, Flags, emit: &BlockTranslator.AddSubExtended),

        new("ADC", "f0011010000mmmmm000000nnnnnddddd", &Conditional.BindWithCarry, RowTraits.ReadsFlags, emit: &BlockTranslator.WithCarry),
        new("ADCS", "f0111010000mmmmm000000nnnnnddddd", &Conditional.BindWithCarry, RowTraits.ReadsFlags | RowTraits.WritesFlags, emit: &BlockTranslator.WithCarry),
        new("SBC", "f1011010000mmmmm000000nnnnnddddd", &Conditional.BindWithCarry, RowTraits.ReadsFlags, emit: &BlockTranslator.WithCarry),
        new("SBCS", "f1111010000mmmmm000000nnnnnddddd", &Conditional.BindWithCarry, RowTraits.ReadsFlags | RowTraits.WritesFlags, emit: &BlockTranslator.WithCarry),
        new("CCMN", "f0111010010mmmmmccccr0nnnnn0vvvv", &Conditional.BindCompare, RowTraits.ReadsFlags | RowTraits.WritesFlags, emit: &BlockTranslator.ConditionalCompare),
        new("CCMP", "f1111010010mmmmmccccr0nnnnn0vvvv", &Conditional.BindCompare, RowTraits.ReadsFlags | RowTraits.WritesFlags, emit: &BlockTranslator.ConditionalCompare),
        new("CSEL", "f0011010100mmmmmcccc00nnnnnddddd", &Conditional.BindSelect, Selects, emit: &BlockTranslator.Select),
        new("CSINC", "f0011010100mmmmmcccc01nnnnnddddd", &Conditional.BindSelect, Selects, emit: &BlockTranslator.Select),
        new("CSINV", "f1011010100mmmmmcccc00nnnnnddddd", &Conditional.BindSelect, Selects, emit: &BlockTranslator.Select),
        new("CSNEG", "f1011010100mmmmmcccc01nnnnnddddd", &Conditional.BindSelect, Selects, emit: &BlockTranslator.Select),

        new("UDIV", "f0011010110mmmmm000010nnnnnddddd", &Arithmetic.BindTwoSource, Stays, emit: &BlockTranslator.TwoSource),
        new("SDIV", "f0011010110mmmmm000011nnnnnddddd", &Arithmetic.BindTwoSource, Stays, emit: &BlockTranslator.TwoSource),
        new("LSLV", "f0011010110mmmmm001000nnnnnddddd", &Arithmetic.BindTwoSource, Keeps, emit: &BlockTranslator.TwoSource),
        new("LSRV", "f0011010110mmmmm001001nnnnnddddd", &Arithmetic.BindTwoSource, Keeps, emit: &BlockTranslator.TwoSource),
        new("ASRV", "f0011010110mmmmm001010nnnnnddddd", &Arithmetic.BindTwoSource, Keeps, emit: &BlockTranslator.TwoSource),
        new("RORV", "f0011010110mmmmm001011nnnnnddddd", &Arithmetic.BindTwoSource, Stays, emit: &BlockTranslator.TwoSource),
        new("CRC32", "f0011010110mmmmm0100zznnnnnddddd", &Arithmetic.BindTwoSource, Stays, emit: &BlockTranslator.TwoSource),
        new("CRC32C", "f0011010110mmmmm0101zznnnnnddddd", &Arithmetic.BindTwoSource, Stays, emit: &BlockTranslator.TwoSource),
        new("RBIT", "f101101011000000000000nnnnnddddd", &OneSource.Bind, Stays, emit: &BlockTranslator.OneSourceOp),
        new("REV16", "f101101011000000000001nnnnnddddd", &OneSource.Bind, Stays, emit: &BlockTranslator.OneSourceOp),
        new("REV, REV32", "f101101011000000000010nnnnnddddd", &OneSource.Bind, Stays, emit: &BlockTranslator.OneSourceOp),
        new("REV (64-bit)", "f101101011000000000011nnnnnddddd", &OneSource.Bind, Stays, emit: &BlockTranslator.OneSourceOp),
        new("CLZ", "f101101011000000000100nnnnnddddd", &OneSource.Bind, Stays, emit: &BlockTranslator.OneSourceOp),
        new("CLS", "f101101011000000000101nnnnnddddd", &OneSource.Bind, Stays, emit: &BlockTranslator.OneSourceOp),
        new("MADD", "f0011011000mmmmm0aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays, emit: &BlockTranslator.ThreeSource),
        new("MSUB", "f0011011000mmmmm1aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays, emit: &BlockTranslator.ThreeSource),
        new("SMADDL", "f0011011001mmmmm0aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays, emit: &BlockTranslator.ThreeSource),
        new("SMSUBL", "f0011011001mmmmm1aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays, emit: &BlockTranslator.ThreeSource),
        new("SMULH", "f0011011010mmmmm0aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays | CompiledAtUse, emit: &BlockTranslator.ThreeSource),
        new("UMADDL", "f0011011101mmmmm0aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays, emit: &BlockTranslator.ThreeSource),
        new("UMSUBL", "f0011011101mmmmm1aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays, emit: &BlockTranslator.ThreeSource),
        new("UMULH", "f0011011110mmmmm0aaaaannnnnddddd", &Arithmetic.BindThreeSource, Stays | CompiledAtUse, emit: &BlockTranslator.ThreeSource),
    ]);
}
