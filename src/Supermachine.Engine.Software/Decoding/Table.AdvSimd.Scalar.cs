namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD scalar forms of integers (ARM ARM C4.1): three same, two-register miscellaneous, three different, by element, pairwise, copy.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdScalarRows(List<Row> rows) => rows.AddRange(
    [
        new("SQADD (scalar)", "01011110zz1mmmmm000011nnnnnddddd", &LaneBinder.Scalar<LaneOps.Add, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("UQADD (scalar)", "01111110zz1mmmmm000011nnnnnddddd", &LaneBinder.Scalar<LaneOps.Add, Unsigned, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("SQSUB (scalar)", "01011110zz1mmmmm001011nnnnnddddd", &LaneBinder.Scalar<LaneOps.Sub, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("UQSUB (scalar)", "01111110zz1mmmmm001011nnnnnddddd", &LaneBinder.Scalar<LaneOps.Sub, Unsigned, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("SSHL (scalar)", "01011110zz1mmmmm010001nnnnnddddd", &LaneBinder.Scalar64<LaneOps.ShiftByRegister, Signed, Wrapping>, AdvSimd, emit: &BlockTranslator.ShiftByRegister),
        new("USHL (scalar)", "01111110zz1mmmmm010001nnnnnddddd", &LaneBinder.Scalar64<LaneOps.ShiftByRegister, Unsigned, Wrapping>, AdvSimd, emit: &BlockTranslator.ShiftByRegister),
        new("SQSHL (scalar)", "01011110zz1mmmmm010011nnnnnddddd", &LaneBinder.Scalar<LaneOps.ShiftByRegister, Signed, Saturating>, AdvSimd),
        new("UQSHL (scalar)", "01111110zz1mmmmm010011nnnnnddddd", &LaneBinder.Scalar<LaneOps.ShiftByRegister, Unsigned, Saturating>, AdvSimd),
        new("SRSHL (scalar)", "01011110zz1mmmmm010101nnnnnddddd", &LaneBinder.Scalar64<LaneOps.RoundingShiftByRegister, Signed, Wrapping>, AdvSimd),
        new("URSHL (scalar)", "01111110zz1mmmmm010101nnnnnddddd", &LaneBinder.Scalar64<LaneOps.RoundingShiftByRegister, Unsigned, Wrapping>, AdvSimd),
        new("SQRSHL (scalar)", "01011110zz1mmmmm010111nnnnnddddd", &LaneBinder.Scalar<LaneOps.RoundingShiftByRegister, Signed, Saturating>, AdvSimd),
        new("UQRSHL (scalar)", "01111110zz1mmmmm010111nnnnnddddd", &LaneBinder.Scalar<LaneOps.RoundingShiftByRegister, Unsigned, Saturating>, AdvSimd),

        new("CMGT (register, scalar)", "01011110zz1mmmmm001101nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Greater, Signed>, AdvSimd, emit: &BlockTranslator.CompareSigned),
        new("CMHI (scalar)", "01111110zz1mmmmm001101nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Greater, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareUnsigned),
        new("CMGE (register, scalar)", "01011110zz1mmmmm001111nnnnnddddd", &VectorBinder.Scalar64<VectorOps.GreaterOrEqual, Signed>, AdvSimd, emit: &BlockTranslator.CompareSigned),
        new("CMHS (scalar)", "01111110zz1mmmmm001111nnnnnddddd", &VectorBinder.Scalar64<VectorOps.GreaterOrEqual, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareUnsigned),
        new("ADD (scalar)", "01011110zz1mmmmm100001nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Add, Unsigned>, AdvSimd, emit: &BlockTranslator.AddVector),
        new("SUB (scalar)", "01111110zz1mmmmm100001nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Sub, Unsigned>, AdvSimd, emit: &BlockTranslator.SubVector),
        new("CMTST (scalar)", "01011110zz1mmmmm100011nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Test, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareTest),
        new("CMEQ (register, scalar)", "01111110zz1mmmmm100011nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Equal, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareEqual),
        new("SQDMULH (scalar)", "01011110zz1mmmmm101101nnnnnddddd", &LaneBinder.ScalarMultiplyHigh<LaneOps.DoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHigh),
        new("SQRDMULH (scalar)", "01111110zz1mmmmm101101nnnnnddddd", &LaneBinder.ScalarMultiplyHigh<LaneOps.RoundingDoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHigh),

        new("SUQADD (scalar)", "01011110zz100000001110nnnnnddddd", &MixedLaneBinder.ScalarSignedAccumulate, AdvSimd),
        new("USQADD (scalar)", "01111110zz100000001110nnnnnddddd", &MixedLaneBinder.ScalarUnsignedAccumulate, AdvSimd),
        new("SQABS (scalar)", "01011110zz100000011110nnnnnddddd", &LaneBinder.Scalar<LaneOps.Abs, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAbsNeg),
        new("SQNEG (scalar)", "01111110zz100000011110nnnnnddddd", &LaneBinder.Scalar<LaneOps.Neg, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAbsNeg),
        new("CMGT (zero, scalar)", "01011110zz100000100010nnnnnddddd", &VectorBinder.Scalar64<VectorOps.GreaterZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareGreaterZero),
        new("CMGE (zero, scalar)", "01111110zz100000100010nnnnnddddd", &VectorBinder.Scalar64<VectorOps.GreaterOrEqualZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareLessZero),
        new("CMEQ (zero, scalar)", "01011110zz100000100110nnnnnddddd", &VectorBinder.Scalar64<VectorOps.EqualZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareEqualZero),
        new("CMLE (zero, scalar)", "01111110zz100000100110nnnnnddddd", &VectorBinder.Scalar64<VectorOps.LessOrEqualZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareGreaterZero),
        new("CMLT (zero, scalar)", "01011110zz100000101010nnnnnddddd", &VectorBinder.Scalar64<VectorOps.LessZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareLessZero),
        new("ABS (scalar)", "01011110zz100000101110nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Abs, Signed>, AdvSimd, emit: &BlockTranslator.AbsoluteVector),
        new("NEG (scalar)", "01111110zz100000101110nnnnnddddd", &VectorBinder.Scalar64<VectorOps.Neg, Signed>, AdvSimd, emit: &BlockTranslator.NegateVector),
        new("SQXTN (scalar)", "01011110zz100001010010nnnnnddddd", &SaturatingNarrow.ExtractSigned, AdvSimd, emit: &BlockTranslator.SaturatingExtractNarrow),
        new("UQXTN (scalar)", "01111110zz100001010010nnnnnddddd", &SaturatingNarrow.ExtractUnsigned, AdvSimd, emit: &BlockTranslator.SaturatingExtractNarrow),
        new("SQXTUN (scalar)", "01111110zz100001001010nnnnnddddd", &SaturatingNarrow.ExtractSignedToUnsigned, AdvSimd, emit: &BlockTranslator.SaturatingExtractNarrow),

        new("SQDMLAL (scalar)", "01011110zz1mmmmm100100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiplyAdd>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLong),
        new("SQDMLSL (scalar)", "01011110zz1mmmmm101100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiplySubtract>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLong),
        new("SQDMULL (scalar)", "01011110zz1mmmmm110100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiply>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLong),

        new("SQDMLAL (scalar, by element)", "01011111zzLMmmmm0011H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiplyAdd>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLongElement),
        new("SQDMLSL (scalar, by element)", "01011111zzLMmmmm0111H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiplySubtract>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLongElement),
        new("SQDMULL (scalar, by element)", "01011111zzLMmmmm1011H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiply>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLongElement),
        new("SQDMULH (scalar, by element)", "01011111zzLMmmmm1100H0nnnnnddddd", &LaneBinder.ScalarMultiplyHighByElement<LaneOps.DoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHighElement),
        new("SQRDMULH (scalar, by element)", "01011111zzLMmmmm1101H0nnnnnddddd", &LaneBinder.ScalarMultiplyHighByElement<LaneOps.RoundingDoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHighElement),

        new("ADDP (scalar)", "0101111011110001101110nnnnnddddd", &PermuteBinder.PairwiseScalar, AdvSimd, emit: &BlockTranslator.PairwiseAddScalar),
        new("DUP (element, scalar)", "01011110000iiiii000001nnnnnddddd", &ByteShuffles.DuplicateScalar, AdvSimd, emit: &BlockTranslator.ByteShuffle),
    ]);
}
