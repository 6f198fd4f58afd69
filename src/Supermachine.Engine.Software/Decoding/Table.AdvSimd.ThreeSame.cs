namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD three same, of integers (ARM ARM C4.1): 0 Q U 01110 size 1 Rm opcode 1 Rn Rd.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdThreeSameRows(List<Row> rows) => rows.AddRange(
    [
        new("AND (vector)", "0Q001110001mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.And>, AdvSimd),
        new("BIC (vector)", "0Q001110011mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Bic>, AdvSimd),
        new("ORR (vector)", "0Q001110101mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Orr>, AdvSimd),
        new("ORN (vector)", "0Q001110111mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Orn>, AdvSimd),
        new("EOR (vector)", "0Q101110001mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Eor>, AdvSimd),
        new("BSL (vector)", "0Q101110011mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.Select>, AdvSimd),
        new("BIT (vector)", "0Q101110101mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.InsertIfTrue>, AdvSimd),
        new("BIF (vector)", "0Q101110111mmmmm000111nnnnnddddd", &VectorBinder.BitString<VectorOps.InsertIfFalse>, AdvSimd),

        new("ADD (vector)", "0Q001110zz1mmmmm100001nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Add, Unsigned>, AdvSimd),
        new("SUB (vector)", "0Q101110zz1mmmmm100001nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Sub, Unsigned>, AdvSimd),
        new("MLA (vector)", "0Q001110zz1mmmmm100101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Mla, Unsigned>, AdvSimd),
        new("MLS (vector)", "0Q101110zz1mmmmm100101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Mls, Unsigned>, AdvSimd),
        new("MUL (vector)", "0Q001110zz1mmmmm100111nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Mul, Unsigned>, AdvSimd),
        new("PMUL (vector)", "0Q101110zz1mmmmm100111nnnnnddddd", &VectorBinder.Bytes<VectorOps.PolynomialMul>, AdvSimd),
        new("SQDMULH (vector)", "0Q001110zz1mmmmm101101nnnnnddddd", &LaneBinder.MultiplyHigh<LaneOps.DoublingMultiplyHigh>, AdvSimd),
        new("SQRDMULH (vector)", "0Q101110zz1mmmmm101101nnnnnddddd", &LaneBinder.MultiplyHigh<LaneOps.RoundingDoublingMultiplyHigh>, AdvSimd),

        new("CMGT (register, vector)", "0Q001110zz1mmmmm001101nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Greater, Signed>, AdvSimd),
        new("CMHI (vector)", "0Q101110zz1mmmmm001101nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Greater, Unsigned>, AdvSimd),
        new("CMGE (register, vector)", "0Q001110zz1mmmmm001111nnnnnddddd", &VectorBinder.AllSizes<VectorOps.GreaterOrEqual, Signed>, AdvSimd),
        new("CMHS (vector)", "0Q101110zz1mmmmm001111nnnnnddddd", &VectorBinder.AllSizes<VectorOps.GreaterOrEqual, Unsigned>, AdvSimd),
        new("CMTST (vector)", "0Q001110zz1mmmmm100011nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Test, Unsigned>, AdvSimd),
        new("CMEQ (register, vector)", "0Q101110zz1mmmmm100011nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Equal, Unsigned>, AdvSimd),

        new("SMAX (vector)", "0Q001110zz1mmmmm011001nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Max, Signed>, AdvSimd),
        new("UMAX (vector)", "0Q101110zz1mmmmm011001nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Max, Unsigned>, AdvSimd),
        new("SMIN (vector)", "0Q001110zz1mmmmm011011nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Min, Signed>, AdvSimd),
        new("UMIN (vector)", "0Q101110zz1mmmmm011011nnnnnddddd", &VectorBinder.UpTo32<VectorOps.Min, Unsigned>, AdvSimd),
        new("SABD (vector)", "0Q001110zz1mmmmm011101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifference, Signed>, AdvSimd),
        new("UABD (vector)", "0Q101110zz1mmmmm011101nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifference, Unsigned>, AdvSimd),
        new("SABA (vector)", "0Q001110zz1mmmmm011111nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifferenceAccumulate, Signed>, AdvSimd),
        new("UABA (vector)", "0Q101110zz1mmmmm011111nnnnnddddd", &VectorBinder.UpTo32<VectorOps.AbsoluteDifferenceAccumulate, Unsigned>, AdvSimd),

        new("SMAXP (vector)", "0Q001110zz1mmmmm101001nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMax, VectorOps.PairwiseMaxHalf, Signed>, AdvSimd),
        new("UMAXP (vector)", "0Q101110zz1mmmmm101001nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMax, VectorOps.PairwiseMaxHalf, Unsigned>, AdvSimd),
        new("SMINP (vector)", "0Q001110zz1mmmmm101011nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMin, VectorOps.PairwiseMinHalf, Signed>, AdvSimd),
        new("UMINP (vector)", "0Q101110zz1mmmmm101011nnnnnddddd", &PermuteBinder.UpTo32<VectorOps.PairwiseMin, VectorOps.PairwiseMinHalf, Unsigned>, AdvSimd),
        new("ADDP (vector)", "0Q001110zz1mmmmm101111nnnnnddddd", &PermuteBinder.AllSizes<VectorOps.PairwiseAdd, VectorOps.PairwiseAddHalf, Unsigned>, AdvSimd),

        new("SHADD (vector)", "0Q001110zz1mmmmm000001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingAdd, Signed, Wrapping>, AdvSimd),
        new("UHADD (vector)", "0Q101110zz1mmmmm000001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingAdd, Unsigned, Wrapping>, AdvSimd),
        new("SRHADD (vector)", "0Q001110zz1mmmmm000101nnnnnddddd", &LaneBinder.UpTo32<LaneOps.RoundingHalvingAdd, Signed, Wrapping>, AdvSimd),
        new("URHADD (vector)", "0Q101110zz1mmmmm000101nnnnnddddd", &LaneBinder.UpTo32<LaneOps.RoundingHalvingAdd, Unsigned, Wrapping>, AdvSimd),
        new("SHSUB (vector)", "0Q001110zz1mmmmm001001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingSub, Signed, Wrapping>, AdvSimd),
        new("UHSUB (vector)", "0Q101110zz1mmmmm001001nnnnnddddd", &LaneBinder.UpTo32<LaneOps.HalvingSub, Unsigned, Wrapping>, AdvSimd),
        new("SQADD (vector)", "0Q001110zz1mmmmm000011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Add, Signed, Saturating>, AdvSimd),
        new("UQADD (vector)", "0Q101110zz1mmmmm000011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Add, Unsigned, Saturating>, AdvSimd),
        new("SQSUB (vector)", "0Q001110zz1mmmmm001011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Sub, Signed, Saturating>, AdvSimd),
        new("UQSUB (vector)", "0Q101110zz1mmmmm001011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Sub, Unsigned, Saturating>, AdvSimd),

        new("SSHL (vector)", "0Q001110zz1mmmmm010001nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Signed, Wrapping>, AdvSimd),
        new("USHL (vector)", "0Q101110zz1mmmmm010001nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Unsigned, Wrapping>, AdvSimd),
        new("SQSHL (vector)", "0Q001110zz1mmmmm010011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Signed, Saturating>, AdvSimd),
        new("UQSHL (vector)", "0Q101110zz1mmmmm010011nnnnnddddd", &LaneBinder.AllSizes<LaneOps.ShiftByRegister, Unsigned, Saturating>, AdvSimd),
        new("SRSHL (vector)", "0Q001110zz1mmmmm010101nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Signed, Wrapping>, AdvSimd),
        new("URSHL (vector)", "0Q101110zz1mmmmm010101nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Unsigned, Wrapping>, AdvSimd),
        new("SQRSHL (vector)", "0Q001110zz1mmmmm010111nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Signed, Saturating>, AdvSimd),
        new("UQRSHL (vector)", "0Q101110zz1mmmmm010111nnnnnddddd", &LaneBinder.AllSizes<LaneOps.RoundingShiftByRegister, Unsigned, Saturating>, AdvSimd),
    ]);
}
