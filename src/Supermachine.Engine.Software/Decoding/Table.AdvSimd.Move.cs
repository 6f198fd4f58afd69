namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD modified immediate, copy, permute, extract and table lookup (ARM ARM C4.1).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdMoveRows(List<Row> rows) => rows.AddRange(
    [
        new("MOVI (32-bit)", "0Q00111100000iii0cc001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MOVI (16-bit)", "0Q00111100000iii10c001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MOVI (32-bit shifting ones)", "0Q00111100000iii110c01iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MOVI (8-bit)", "0Q00111100000iii111001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MOVI (64-bit)", "0Q10111100000iii111001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MVNI (32-bit)", "0Q10111100000iii0cc001iiiiiddddd", &ModifiedImmediate.BindMoveInverted, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MVNI (16-bit)", "0Q10111100000iii10c001iiiiiddddd", &ModifiedImmediate.BindMoveInverted, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("MVNI (32-bit shifting ones)", "0Q10111100000iii110c01iiiiiddddd", &ModifiedImmediate.BindMoveInverted, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("ORR (vector, 32-bit immediate)", "0Q00111100000iii0cc101iiiiiddddd", &ModifiedImmediate.BindOr, AdvSimd, emit: &BlockTranslator.OrImmediate),
        new("ORR (vector, 16-bit immediate)", "0Q00111100000iii10c101iiiiiddddd", &ModifiedImmediate.BindOr, AdvSimd, emit: &BlockTranslator.OrImmediate),
        new("BIC (vector, 32-bit immediate)", "0Q10111100000iii0cc101iiiiiddddd", &ModifiedImmediate.BindBitClear, AdvSimd, emit: &BlockTranslator.BitClearImmediate),
        new("BIC (vector, 16-bit immediate)", "0Q10111100000iii10c101iiiiiddddd", &ModifiedImmediate.BindBitClear, AdvSimd, emit: &BlockTranslator.BitClearImmediate),
        new("FMOV (vector, single immediate)", "0Q00111100000iii111101iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),
        new("FMOV (vector, double immediate)", "0110111100000iii111101iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd, emit: &BlockTranslator.VectorImmediate),

        new("DUP (element)", "0Q001110000iiiii000001nnnnnddddd", &ByteShuffles.Duplicate, AdvSimd, emit: &BlockTranslator.ByteShuffle),
        new("DUP (general)", "0Q001110000iiiii000011nnnnnddddd", &Copies.BindDuplicate, AdvSimd, emit: &BlockTranslator.DuplicateGeneral),
        new("SMOV", "0Q001110000iiiii001011nnnnnddddd", &Copies.BindMoveSigned, AdvSimd, emit: &BlockTranslator.MoveElementSigned),
        new("UMOV", "0Q001110000iiiii001111nnnnnddddd", &Copies.BindMoveUnsigned, AdvSimd, emit: &BlockTranslator.MoveElement),
        new("INS (general)", "01001110000iiiii000111nnnnnddddd", &Copies.BindInsertGeneral, AdvSimd, emit: &BlockTranslator.InsertGeneral),
        new("INS (element)", "01101110000iiiii0jjjj1nnnnnddddd", &Copies.BindInsertElement, AdvSimd, emit: &BlockTranslator.InsertElement),

        new("UZP1", "0Q001110zz0mmmmm000110nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.Uzp1, VectorOps.Uzp1Half, Unsigned>, AdvSimd, emit: &BlockTranslator.Unzip),
        new("TRN1", "0Q001110zz0mmmmm001010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Trn1, Unsigned>, AdvSimd, emit: &BlockTranslator.Transpose),
        new("ZIP1", "0Q001110zz0mmmmm001110nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Zip1, Unsigned>, AdvSimd, emit: &BlockTranslator.Zip),
        new("UZP2", "0Q001110zz0mmmmm010110nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.Uzp2, VectorOps.Uzp2Half, Unsigned>, AdvSimd, emit: &BlockTranslator.Unzip),
        new("TRN2", "0Q001110zz0mmmmm011010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Trn2, Unsigned>, AdvSimd, emit: &BlockTranslator.Transpose),
        new("ZIP2", "0Q001110zz0mmmmm011110nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.Zip2, VectorOps.Zip2Half, Unsigned>, AdvSimd, emit: &BlockTranslator.Zip),
        new("EXT", "0Q101110000mmmmm0iiii0nnnnnddddd", &ByteShuffles.BindExtract, AdvSimd, emit: &BlockTranslator.ExtractVector),
        new("TBL", "0Q001110000mmmmm0ll000nnnnnddddd", &ByteShuffles.BindTable, AdvSimd, emit: &BlockTranslator.TableLookup),
        new("TBX", "0Q001110000mmmmm0ll100nnnnnddddd", &ByteShuffles.BindTable, AdvSimd, emit: &BlockTranslator.TableLookup),
    ]);
}
