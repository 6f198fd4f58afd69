namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD modified immediate, copy, permute, extract and table lookup (ARM ARM C4.1).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdMoveRows(List<Row> rows) => rows.AddRange(
    [
        new("MOVI (32-bit)", "0Q00111100000iii0cc001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),
        new("MOVI (16-bit)", "0Q00111100000iii10c001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),
        new("MOVI (32-bit shifting ones)", "0Q00111100000iii110c01iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),
        new("MOVI (8-bit)", "0Q00111100000iii111001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),
        new("MOVI (64-bit)", "0Q10111100000iii111001iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),
        new("MVNI (32-bit)", "0Q10111100000iii0cc001iiiiiddddd", &ModifiedImmediate.BindMoveInverted, AdvSimd),
        new("MVNI (16-bit)", "0Q10111100000iii10c001iiiiiddddd", &ModifiedImmediate.BindMoveInverted, AdvSimd),
        new("MVNI (32-bit shifting ones)", "0Q10111100000iii110c01iiiiiddddd", &ModifiedImmediate.BindMoveInverted, AdvSimd),
        new("ORR (vector, 32-bit immediate)", "0Q00111100000iii0cc101iiiiiddddd", &ModifiedImmediate.BindOr, AdvSimd),
        new("ORR (vector, 16-bit immediate)", "0Q00111100000iii10c101iiiiiddddd", &ModifiedImmediate.BindOr, AdvSimd),
        new("BIC (vector, 32-bit immediate)", "0Q10111100000iii0cc101iiiiiddddd", &ModifiedImmediate.BindBitClear, AdvSimd),
        new("BIC (vector, 16-bit immediate)", "0Q10111100000iii10c101iiiiiddddd", &ModifiedImmediate.BindBitClear, AdvSimd),
        new("FMOV (vector, single immediate)", "0Q00111100000iii111101iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),
        new("FMOV (vector, double immediate)", "0110111100000iii111101iiiiiddddd", &ModifiedImmediate.BindMove, AdvSimd),

        new("DUP (element)", "0Q001110000iiiii000001nnnnnddddd", &ByteShuffles.Duplicate, AdvSimd),
        new("DUP (general)", "0Q001110000iiiii000011nnnnnddddd", &Copies.BindDuplicate, AdvSimd),
        new("SMOV", "0Q001110000iiiii001011nnnnnddddd", &Copies.BindMoveSigned, AdvSimd),
        new("UMOV", "0Q001110000iiiii001111nnnnnddddd", &Copies.BindMoveUnsigned, AdvSimd),
        new("INS (general)", "01001110000iiiii000111nnnnnddddd", &Copies.BindInsertGeneral, AdvSimd),
        new("INS (element)", "01101110000iiiii0jjjj1nnnnnddddd", &Copies.BindInsertElement, AdvSimd),

        new("UZP1", "0Q001110zz0mmmmm000110nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.Uzp1, VectorOps.Uzp1Half, Unsigned>, AdvSimd),
        new("TRN1", "0Q001110zz0mmmmm001010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Trn1, Unsigned>, AdvSimd),
        new("ZIP1", "0Q001110zz0mmmmm001110nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Zip1, Unsigned>, AdvSimd),
        new("UZP2", "0Q001110zz0mmmmm010110nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.Uzp2, VectorOps.Uzp2Half, Unsigned>, AdvSimd),
        new("TRN2", "0Q001110zz0mmmmm011010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Trn2, Unsigned>, AdvSimd),
        new("ZIP2", "0Q001110zz0mmmmm011110nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.Zip2, VectorOps.Zip2Half, Unsigned>, AdvSimd),
        new("EXT", "0Q101110000mmmmm0iiii0nnnnnddddd", &ByteShuffles.BindExtract, AdvSimd),
        new("TBL", "0Q001110000mmmmm0ll000nnnnnddddd", &ByteShuffles.BindTable, AdvSimd),
        new("TBX", "0Q001110000mmmmm0ll100nnnnnddddd", &ByteShuffles.BindTable, AdvSimd),
    ]);
}
