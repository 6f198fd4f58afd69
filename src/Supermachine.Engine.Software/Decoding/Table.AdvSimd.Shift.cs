namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD shift by immediate, vector and scalar (ARM ARM C4.1).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdShiftRows(List<Row> rows) => rows.AddRange(
    [
        new("SSHR (vector)", "0Q0011110hhhhbbb000001nnnnnddddd", &ShiftImmediate.Right<VectorOps.ShiftRight, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("USHR (vector)", "0Q1011110hhhhbbb000001nnnnnddddd", &ShiftImmediate.Right<VectorOps.ShiftRight, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SSRA (vector)", "0Q0011110hhhhbbb000101nnnnnddddd", &ShiftImmediate.Right<VectorOps.ShiftRightAccumulate, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("USRA (vector)", "0Q1011110hhhhbbb000101nnnnnddddd", &ShiftImmediate.Right<VectorOps.ShiftRightAccumulate, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SRSHR (vector)", "0Q0011110hhhhbbb001001nnnnnddddd", &ShiftImmediate.Right<VectorOps.RoundingShiftRight, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("URSHR (vector)", "0Q1011110hhhhbbb001001nnnnnddddd", &ShiftImmediate.Right<VectorOps.RoundingShiftRight, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SRSRA (vector)", "0Q0011110hhhhbbb001101nnnnnddddd", &ShiftImmediate.Right<VectorOps.RoundingShiftRightAccumulate, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("URSRA (vector)", "0Q1011110hhhhbbb001101nnnnnddddd", &ShiftImmediate.Right<VectorOps.RoundingShiftRightAccumulate, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SRI (vector)", "0Q1011110hhhhbbb010001nnnnnddddd", &ShiftImmediate.Right<VectorOps.ShiftRightInsert, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightInsert),
        new("SHL (vector)", "0Q0011110hhhhbbb010101nnnnnddddd", &ShiftImmediate.Left<VectorOps.ShiftLeft>, AdvSimd, emit: &BlockTranslator.ShiftLeftVector),
        new("SLI (vector)", "0Q1011110hhhhbbb010101nnnnnddddd", &ShiftImmediate.Left<VectorOps.ShiftLeftInsert>, AdvSimd, emit: &BlockTranslator.ShiftLeftInsert),
        new("SQSHLU (vector, immediate)", "0Q1011110hhhhbbb011001nnnnnddddd", &MixedLaneBinder.ShiftLeftUnsigned, AdvSimd),
        new("SQSHL (vector, immediate)", "0Q0011110hhhhbbb011101nnnnnddddd", &LaneBinder.ShiftLeft<LaneOps.ShiftLeft, Signed>, AdvSimd),
        new("UQSHL (vector, immediate)", "0Q1011110hhhhbbb011101nnnnnddddd", &LaneBinder.ShiftLeft<LaneOps.ShiftLeft, Unsigned>, AdvSimd),

        new("SHRN, SHRN2", "0Q0011110hhhhbbb100001nnnnnddddd", &NarrowVectors.BindShift<VectorOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.ShiftRightNarrow),
        new("RSHRN, RSHRN2", "0Q0011110hhhhbbb100011nnnnnddddd", &NarrowVectors.BindShift<VectorOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.ShiftRightNarrow),
        new("SQSHRUN, SQSHRUN2", "0Q1011110hhhhbbb100001nnnnnddddd", &SaturatingNarrow.ShiftSignedToUnsigned<LaneOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SQRSHRUN, SQRSHRUN2", "0Q1011110hhhhbbb100011nnnnnddddd", &SaturatingNarrow.ShiftSignedToUnsigned<LaneOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SQSHRN, SQSHRN2", "0Q0011110hhhhbbb100101nnnnnddddd", &SaturatingNarrow.ShiftSigned<LaneOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("UQSHRN, UQSHRN2", "0Q1011110hhhhbbb100101nnnnnddddd", &SaturatingNarrow.ShiftUnsigned<LaneOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SQRSHRN, SQRSHRN2", "0Q0011110hhhhbbb100111nnnnnddddd", &SaturatingNarrow.ShiftSigned<LaneOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("UQRSHRN, UQRSHRN2", "0Q1011110hhhhbbb100111nnnnnddddd", &SaturatingNarrow.ShiftUnsigned<LaneOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SSHLL, SSHLL2", "0Q0011110hhhhbbb101001nnnnnddddd", &ShiftLong.Bind<Signed>, AdvSimd, emit: &BlockTranslator.ShiftLeftLong),
        new("USHLL, USHLL2", "0Q1011110hhhhbbb101001nnnnnddddd", &ShiftLong.Bind<Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftLeftLong),

        new("SSHR (scalar)", "010111110hhhhbbb000001nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.ShiftRight, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("USHR (scalar)", "011111110hhhhbbb000001nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.ShiftRight, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SSRA (scalar)", "010111110hhhhbbb000101nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.ShiftRightAccumulate, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("USRA (scalar)", "011111110hhhhbbb000101nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.ShiftRightAccumulate, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SRSHR (scalar)", "010111110hhhhbbb001001nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.RoundingShiftRight, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("URSHR (scalar)", "011111110hhhhbbb001001nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.RoundingShiftRight, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SRSRA (scalar)", "010111110hhhhbbb001101nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.RoundingShiftRightAccumulate, Signed>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("URSRA (scalar)", "011111110hhhhbbb001101nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.RoundingShiftRightAccumulate, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightVector),
        new("SRI (scalar)", "011111110hhhhbbb010001nnnnnddddd", &ShiftImmediate.ScalarRight<VectorOps.ShiftRightInsert, Unsigned>, AdvSimd, emit: &BlockTranslator.ShiftRightInsert),
        new("SHL (scalar)", "010111110hhhhbbb010101nnnnnddddd", &ShiftImmediate.ScalarLeft<VectorOps.ShiftLeft>, AdvSimd, emit: &BlockTranslator.ShiftLeftVector),
        new("SLI (scalar)", "011111110hhhhbbb010101nnnnnddddd", &ShiftImmediate.ScalarLeft<VectorOps.ShiftLeftInsert>, AdvSimd, emit: &BlockTranslator.ShiftLeftInsert),
        new("SQSHLU (scalar, immediate)", "011111110hhhhbbb011001nnnnnddddd", &MixedLaneBinder.ScalarShiftLeftUnsigned, AdvSimd),
        new("SQSHL (scalar, immediate)", "010111110hhhhbbb011101nnnnnddddd", &LaneBinder.ScalarShiftLeft<LaneOps.ShiftLeft, Signed>, AdvSimd),
        new("UQSHL (scalar, immediate)", "011111110hhhhbbb011101nnnnnddddd", &LaneBinder.ScalarShiftLeft<LaneOps.ShiftLeft, Unsigned>, AdvSimd),
        new("SQSHRUN (scalar)", "011111110hhhhbbb100001nnnnnddddd", &SaturatingNarrow.ShiftSignedToUnsigned<LaneOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SQRSHRUN (scalar)", "011111110hhhhbbb100011nnnnnddddd", &SaturatingNarrow.ShiftSignedToUnsigned<LaneOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SQSHRN (scalar)", "010111110hhhhbbb100101nnnnnddddd", &SaturatingNarrow.ShiftSigned<LaneOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("UQSHRN (scalar)", "011111110hhhhbbb100101nnnnnddddd", &SaturatingNarrow.ShiftUnsigned<LaneOps.ShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("SQRSHRN (scalar)", "010111110hhhhbbb100111nnnnnddddd", &SaturatingNarrow.ShiftSigned<LaneOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
        new("UQRSHRN (scalar)", "011111110hhhhbbb100111nnnnnddddd", &SaturatingNarrow.ShiftUnsigned<LaneOps.RoundingShiftRight>, AdvSimd, emit: &BlockTranslator.SaturatingShiftRightNarrow),
    ]);
}
