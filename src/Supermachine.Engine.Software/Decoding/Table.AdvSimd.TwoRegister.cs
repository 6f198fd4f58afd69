namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD two-register miscellaneous and across lanes, of integers (ARM ARM C4.1).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdTwoRegisterRows(List<Row> rows) => rows.AddRange(
    [
        new("REV64 (vector)", "0Q001110zz100000000010nnnnnddddd", &ByteShuffles.Reverse64, AdvSimd, emit: &BlockTranslator.ByteShuffle),
        new("REV32 (vector)", "0Q101110zz100000000010nnnnnddddd", &ByteShuffles.Reverse32, AdvSimd, emit: &BlockTranslator.ByteShuffle),
        new("REV16 (vector)", "0Q001110zz100000000110nnnnnddddd", &ByteShuffles.Reverse16, AdvSimd, emit: &BlockTranslator.ByteShuffle),
        new("SADDLP (vector)", "0Q001110zz100000001010nnnnnddddd", &PermuteBinder.PairwiseLong<VectorOps.PairwiseAddLong, Signed>, AdvSimd, emit: &BlockTranslator.PairwiseAddLong),
        new("UADDLP (vector)", "0Q101110zz100000001010nnnnnddddd", &PermuteBinder.PairwiseLong<VectorOps.PairwiseAddLong, Unsigned>, AdvSimd, emit: &BlockTranslator.PairwiseAddLong),
        new("SADALP (vector)", "0Q001110zz100000011010nnnnnddddd", &PermuteBinder.PairwiseLong<VectorOps.PairwiseAddLongAccumulate, Signed>, AdvSimd, emit: &BlockTranslator.PairwiseAddLong),
        new("UADALP (vector)", "0Q101110zz100000011010nnnnnddddd", &PermuteBinder.PairwiseLong<VectorOps.PairwiseAddLongAccumulate, Unsigned>, AdvSimd, emit: &BlockTranslator.PairwiseAddLong),
        new("SUQADD (vector)", "0Q001110zz100000001110nnnnnddddd", &MixedLaneBinder.SignedAccumulate, AdvSimd),
        new("USQADD (vector)", "0Q101110zz100000001110nnnnnddddd", &MixedLaneBinder.UnsignedAccumulate, AdvSimd),
        new("CLS (vector)", "0Q001110zz100000010010nnnnnddddd", &LaneBinder.UpTo32<LaneOps.LeadingSigns, Signed, Wrapping>, AdvSimd, emit: &BlockTranslator.CountLeadingSigns),
        new("CLZ (vector)", "0Q101110zz100000010010nnnnnddddd", &LaneBinder.UpTo32<LaneOps.LeadingZeros, Unsigned, Wrapping>, AdvSimd, emit: &BlockTranslator.CountLeadingZeros),
        new("CNT (vector)", "0Q001110zz100000010110nnnnnddddd", &VectorBinder.Bytes<VectorOps.Count>, AdvSimd, emit: &BlockTranslator.CountBits),
        new("NOT (vector)", "0Q10111000100000010110nnnnnddddd", &VectorBinder.BitString<VectorOps.Not>, AdvSimd, emit: &BlockTranslator.NotVector),
        new("RBIT (vector)", "0Q10111001100000010110nnnnnddddd", &VectorBinder.BitString<VectorOps.ReverseBits>, AdvSimd, emit: &BlockTranslator.ReverseBits),
        new("SQABS (vector)", "0Q001110zz100000011110nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Abs, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAbsNeg),
        new("SQNEG (vector)", "0Q101110zz100000011110nnnnnddddd", &LaneBinder.AllSizes<LaneOps.Neg, Signed, Saturating>, AdvSimd, emit: &BlockTranslator.SaturatingAbsNeg),
        new("ABS (vector)", "0Q001110zz100000101110nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Abs, Signed>, AdvSimd, emit: &BlockTranslator.AbsoluteVector),
        new("NEG (vector)", "0Q101110zz100000101110nnnnnddddd", &VectorBinder.AllSizes<VectorOps.Neg, Signed>, AdvSimd, emit: &BlockTranslator.NegateVector),

        new("CMGT (zero, vector)", "0Q001110zz100000100010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.GreaterZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareGreaterZero),
        new("CMGE (zero, vector)", "0Q101110zz100000100010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.GreaterOrEqualZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareLessZero),
        new("CMEQ (zero, vector)", "0Q001110zz100000100110nnnnnddddd", &VectorBinder.AllSizes<VectorOps.EqualZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareEqualZero),
        new("CMLE (zero, vector)", "0Q101110zz100000100110nnnnnddddd", &VectorBinder.AllSizes<VectorOps.LessOrEqualZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareGreaterZero),
        new("CMLT (zero, vector)", "0Q001110zz100000101010nnnnnddddd", &VectorBinder.AllSizes<VectorOps.LessZero, Signed>, AdvSimd, emit: &BlockTranslator.CompareLessZero),

        new("XTN (vector)", "0Q001110zz100001001010nnnnnddddd", &NarrowVectors.Bind<NarrowOps.Extract>, AdvSimd, emit: &BlockTranslator.ExtractNarrow),
        new("SQXTUN (vector)", "0Q101110zz100001001010nnnnnddddd", &SaturatingNarrow.ExtractSignedToUnsigned, AdvSimd, emit: &BlockTranslator.SaturatingExtractNarrow),
        new("SHLL (vector)", "0Q101110zz100001001110nnnnnddddd", &ShiftLong.BindByLength, AdvSimd, emit: &BlockTranslator.ShiftLeftLong),
        new("SQXTN (vector)", "0Q001110zz100001010010nnnnnddddd", &SaturatingNarrow.ExtractSigned, AdvSimd, emit: &BlockTranslator.SaturatingExtractNarrow),
        new("UQXTN (vector)", "0Q101110zz100001010010nnnnnddddd", &SaturatingNarrow.ExtractUnsigned, AdvSimd, emit: &BlockTranslator.SaturatingExtractNarrow),

        new("SADDLV", "0Q001110zz110000001110nnnnnddddd", &AcrossLanes.BindLong<Signed>, AdvSimd, emit: &BlockTranslator.AddLongAcross),
        new("UADDLV", "0Q101110zz110000001110nnnnnddddd", &AcrossLanes.BindLong<Unsigned>, AdvSimd, emit: &BlockTranslator.AddLongAcross),
        new("SMAXV", "0Q001110zz110000101010nnnnnddddd", &AcrossLanes.Bind<MaxReduction, Signed>, AdvSimd, emit: &BlockTranslator.MinMaxAcross),
        new("UMAXV", "0Q101110zz110000101010nnnnnddddd", &AcrossLanes.Bind<MaxReduction, Unsigned>, AdvSimd, emit: &BlockTranslator.MinMaxAcross),
        new("SMINV", "0Q001110zz110001101010nnnnnddddd", &AcrossLanes.Bind<MinReduction, Signed>, AdvSimd, emit: &BlockTranslator.MinMaxAcross),
        new("UMINV", "0Q101110zz110001101010nnnnnddddd", &AcrossLanes.Bind<MinReduction, Unsigned>, AdvSimd, emit: &BlockTranslator.MinMaxAcross),
        new("ADDV", "0Q001110zz110001101110nnnnnddddd", &AcrossLanes.Bind<SumReduction, Unsigned>, AdvSimd, emit: &BlockTranslator.AddAcross),
    ]);
}
