namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD three same, of integers (ARM ARM C4.1): 0 Q U 01110 size 1 Rm opcode 1 Rn Rd.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdThreeSameRows(List<Row> rows) => rows.AddRange(
    [
        new("AND (vector)", "0Q001110001mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.And>, AdvSimd, emit: &BlockTranslator.AndVector),
        new("BIC (vector)", "0Q001110011mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Bic>, AdvSimd, emit: &BlockTranslator.BitClearVector),
        new("ORR (vector)", "0Q001110101mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Orr>, AdvSimd, emit: &BlockTranslator.OrVector),
        new("ORN (vector)", "0Q001110111mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Orn>, AdvSimd, emit: &BlockTranslator.OrNotVector),
        new("EOR (vector)", "0Q101110001mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Eor>, AdvSimd, emit: &BlockTranslator.ExclusiveOrVector),
        new("BSL (vector)", "0Q101110011mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Select>, AdvSimd, emit: &BlockTranslator.SelectBits),
        new("BIT (vector)", "0Q101110101mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.InsertIfTrue>, AdvSimd, emit: &BlockTranslator.InsertBits),
        new("BIF (vector)", "0Q101110111mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.InsertIfFalse>, AdvSimd, emit: &BlockTranslator.InsertBits),

        new("ADD (vector)", "0Q001110zz1mmmmm100001nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Add, Unsigned>, AdvSimd, emit: &BlockTranslator.AddVector),
        new("SUB (vector)", "0Q101110zz1mmmmm100001nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Sub, Unsigned>, AdvSimd, emit: &BlockTranslator.SubVector),
        new("MLA (vector)", "0Q001110zz1mmmmm100101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Mla, Unsigned>, AdvSimd, emit: &BlockTranslator.MultiplyAccumulateVector),
        new("MLS (vector)", "0Q101110zz1mmmmm100101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Mls, Unsigned>, AdvSimd, emit: &BlockTranslator.MultiplyAccumulateVector),
        new("MUL (vector)", "0Q001110zz1mmmmm100111nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Mul, Unsigned>, AdvSimd, emit: &BlockTranslator.MultiplyVector),
        new("PMUL (vector)", "0Q101110zz1mmmmm100111nnnnnddddd", &VectorBinder.Bytes<VectorOps.PolynomialMul>, AdvSimd),
        new("SQDMULH (vector)", "0Q001110zz1mmmmm101101nnnnnddddd", &LaneBinder.MultiplyHigh<LaneOps.DoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHigh),
        new("SQRDMULH (vector)", "0Q101110zz1mmmmm101101nnnnnddddd", &LaneBinder.MultiplyHigh<LaneOps.RoundingDoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHigh),

        new("CMGT (register, vector)", "0Q001110zz1mmmmm001101nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Greater, Signed>, AdvSimd, emit: &BlockTranslator.CompareSigned),
        new("CMHI (vector)", "0Q101110zz1mmmmm001101nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Greater, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareUnsigned),
        new("CMGE (register, vector)", "0Q001110zz1mmmmm001111nnnnnddddd", &VectorBinder.AllSizes<VectorOps.GreaterOrEqual, Signed>, AdvSimd, emit: &BlockTranslator.CompareSigned),
        new("CMHS (vector)", "0Q101110zz1mmmmm001111nnnnnddddd", &VectorBinder.AllSizes<VectorOps.GreaterOrEqual, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareUnsigned),
        new("CMTST (vector)", "0Q001110zz1mmmmm100011nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Test, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareTest),
        new("CMEQ (register, vector)", "0Q101110zz1mmmmm100011nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Equal, Unsigned>, AdvSimd, emit: &BlockTranslator.CompareEqual),

        new("SMAX (vector)", "0Q001110zz1mmmmm011001nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Max, Signed>, AdvSimd, emit: &BlockTranslator.MinMaxVector),
        new("UMAX (vector)", "0Q101110zz1mmmmm011001nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Max, Unsigned>, AdvSimd, emit: &BlockTranslator.MinMaxVector),
        new("SMIN (vector)", "0Q001110zz1mmmmm011011nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Min, Signed>, AdvSimd, emit: &BlockTranslator.MinMaxVector),
        new("UMIN (vector)", "0Q101110zz1mmmmm011011nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Min, Unsigned>, AdvSimd, emit: &BlockTranslator.MinMaxVector),
        new("SABD (vector)", "0Q001110zz1mmmmm011101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifference, Signed>, AdvSimd, emit: &BlockTranslator.AbsoluteDifference),
        new("UABD (vector)", "0Q101110zz1mmmmm011101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifference, Unsigned>, AdvSimd, emit: &BlockTranslator.AbsoluteDifference),
        new("SABA (vector)", "0Q001110zz1mmmmm011111nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifferenceAccumulate, Signed>, AdvSimd, emit: &BlockTranslator.AbsoluteDifference),
        new("UABA (vector)", "0Q101110zz1mmmmm011111nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifferenceAccumulate, Unsigned>, AdvSimd, emit: &BlockTranslator.AbsoluteDifference),

        new("SMAXP (vector)", "0Q001110zz1mmmmm101001nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMax, VectorOps.PairwiseMaxHalf, Signed>, AdvSimd, emit: &BlockTranslator.PairwiseMinMax),
        new("UMAXP (vector)", "0Q101110zz1mmmmm101001nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMax, VectorOps.PairwiseMaxHalf, Unsigned>, AdvSimd, emit: &BlockTranslator.PairwiseMinMax),
        new("SMINP (vector)", "0Q001110zz1mmmmm101011nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMin, VectorOps.PairwiseMinHalf, Signed>, AdvSimd, emit: &BlockTranslator.PairwiseMinMax),
        new("UMINP (vector)", "0Q101110zz1mmmmm101011nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMin, VectorOps.PairwiseMinHalf, Unsigned>, AdvSimd, emit: &BlockTranslator.PairwiseMinMax),
        new("ADDP (vector)", "0Q001110zz1mmmmm101111nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.PairwiseAdd, VectorOps.PairwiseAddHalf, Unsigned>, AdvSimd, emit: &BlockTranslator.PairwiseAdd),

        new("SHADD (vector)", "0Q001110zz1mmmmm000001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingAdd, Signed, Wrapping>, AdvSimd, emit: &BlockTranslator.HalvingArithmetic),
        new("UHADD (vector)", "0Q101110zz1mmmmm000001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingAdd, Unsigned, Wrapping>, AdvSimd, emit: &BlockTranslator.HalvingArithmetic),
        new("SRHADD (vector)", "0Q001110zz1mmmmm000101nnnnnddddd", &LaneBinder.UpTo32<LaneOps.RoundingHalvingAdd, Signed, Wrapping>, AdvSimd, emit: &BlockTranslator.HalvingArithmetic),
        new("URHADD (vector)", "0Q101110zz1mmmmm000101nnnnnddddd", &LaneBinder.UpTo32<LaneOps.RoundingHalvingAdd, Unsigned, Wrapping>, AdvSimd, emit: &BlockTranslator.HalvingArithmetic),
        new("SHSUB (vector)", "0Q001110zz1mmmmm001001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingSub, Signed, Wrapping>, AdvSimd, emit: &BlockTranslator.HalvingArithmetic),
        new("UHSUB (vector)", "0Q101110zz1mmmmm001001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingSub, Unsigned, Wrapping>, AdvSimd, emit: &BlockTranslator.HalvingArithmetic),
        new("SQADD (vector)", "0Q001110zz1mmmmm000011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Add, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("UQADD (vector)", "0Q101110zz1mmmmm000011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Add, Unsigned, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("SQSUB (vector)", "0Q001110zz1mmmmm001011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Sub, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),
        new("UQSUB (vector)", "0Q101110zz1mmmmm001011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Sub, Unsigned, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAddSub),

        new("SSHL (vector)", "0Q001110zz1mmmmm010001nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Signed, Wrapping>, AdvSimd, emit: &BlockTranslator.ShiftByRegister),
        new("USHL (vector)", "0Q101110zz1mmmmm010001nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Unsigned, Wrapping>, AdvSimd, emit: &BlockTranslator.ShiftByRegister),
        new("SQSHL (vector)", "0Q001110zz1mmmmm010011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Signed, Saturating>, AdvSimd),
        new("UQSHL (vector)", "0Q101110zz1mmmmm010011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Unsigned, Saturating>, AdvSimd),
        new("SRSHL (vector)", "0Q001110zz1mmmmm010101nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Signed, Wrapping>, AdvSimd),
        new("URSHL (vector)", "0Q101110zz1mmmmm010101nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Unsigned, Wrapping>, AdvSimd),
        new("SQRSHL (vector)", "0Q001110zz1mmmmm010111nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Signed, Saturating>, AdvSimd),
        new("UQRSHL (vector)", "0Q101110zz1mmmmm010111nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Unsigned, Saturating>, AdvSimd),
    ]);
}
