namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD three different, and vector by element, of integers (ARM ARM C4.1).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdThreeDifferentRows(List<Row> rows) => rows.AddRange(
    [
        new("SADDL, SADDL2", "0Q001110zz1mmmmm000000nnnnnddddd", &LongVectors.Bind<LongOps.Add, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("UADDL, UADDL2", "0Q101110zz1mmmmm000000nnnnnddddd", &LongVectors.Bind<LongOps.Add, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("SADDW, SADDW2", "0Q001110zz1mmmmm000100nnnnnddddd", &LongVectors.Bind<LongOps.Add, Signed, SecondNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("UADDW, UADDW2", "0Q101110zz1mmmmm000100nnnnnddddd", &LongVectors.Bind<LongOps.Add, Unsigned, SecondNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("SSUBL, SSUBL2", "0Q001110zz1mmmmm001000nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("USUBL, USUBL2", "0Q101110zz1mmmmm001000nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("SSUBW, SSUBW2", "0Q001110zz1mmmmm001100nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Signed, SecondNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("USUBW, USUBW2", "0Q101110zz1mmmmm001100nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Unsigned, SecondNarrow>, AdvSimd, emit: &BlockTranslator.AddSubLong),
        new("SABAL, SABAL2", "0Q001110zz1mmmmm010100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifferenceAccumulate, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.AbsoluteDifferenceLong),
        new("UABAL, UABAL2", "0Q101110zz1mmmmm010100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifferenceAccumulate, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.AbsoluteDifferenceLong),
        new("SABDL, SABDL2", "0Q001110zz1mmmmm011100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifference, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.AbsoluteDifferenceLong),
        new("UABDL, UABDL2", "0Q101110zz1mmmmm011100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifference, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.AbsoluteDifferenceLong),
        new("SMLAL, SMLAL2 (vector)", "0Q001110zz1mmmmm100000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplyAdd, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.MultiplyLong),
        new("UMLAL, UMLAL2 (vector)", "0Q101110zz1mmmmm100000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplyAdd, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.MultiplyLong),
        new("SMLSL, SMLSL2 (vector)", "0Q001110zz1mmmmm101000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplySubtract, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.MultiplyLong),
        new("UMLSL, UMLSL2 (vector)", "0Q101110zz1mmmmm101000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplySubtract, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.MultiplyLong),
        new("SMULL, SMULL2 (vector)", "0Q001110zz1mmmmm110000nnnnnddddd", &LongVectors.Bind<LongOps.Multiply, Signed, BothNarrow>, AdvSimd, emit: &BlockTranslator.MultiplyLong),
        new("UMULL, UMULL2 (vector)", "0Q101110zz1mmmmm110000nnnnnddddd", &LongVectors.Bind<LongOps.Multiply, Unsigned, BothNarrow>, AdvSimd, emit: &BlockTranslator.MultiplyLong),

        new("ADDHN, ADDHN2", "0Q001110zz1mmmmm010000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.AddHigh>, AdvSimd, emit: &BlockTranslator.AddSubHighNarrow),
        new("RADDHN, RADDHN2", "0Q101110zz1mmmmm010000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.RoundingAddHigh>, AdvSimd, emit: &BlockTranslator.AddSubHighNarrow),
        new("SUBHN, SUBHN2", "0Q001110zz1mmmmm011000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.SubHigh>, AdvSimd, emit: &BlockTranslator.AddSubHighNarrow),
        new("RSUBHN, RSUBHN2", "0Q101110zz1mmmmm011000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.RoundingSubHigh>, AdvSimd, emit: &BlockTranslator.AddSubHighNarrow),
        new("SQDMLAL, SQDMLAL2 (vector)", "0Q001110zz1mmmmm100100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiplyAdd>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLong),
        new("SQDMLSL, SQDMLSL2 (vector)", "0Q001110zz1mmmmm101100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiplySubtract>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLong),
        new("SQDMULL, SQDMULL2 (vector)", "0Q001110zz1mmmmm110100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiply>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLong),
        new("PMULL, PMULL2", "0Q001110zz1mmmmm111000nnnnnddddd", &PolynomialLong.Bind, AdvSimd, emit: &BlockTranslator.PolynomialMultiplyLong),

        new("MLA (by element)", "0Q101111zzLMmmmm0000H0nnnnnddddd", &VectorBinder.ByElement<VectorOps.MlaElement>, AdvSimd, emit: &BlockTranslator.MultiplyAccumulateElement),
        new("MLS (by element)", "0Q101111zzLMmmmm0100H0nnnnnddddd", &VectorBinder.ByElement<VectorOps.MlsElement>, AdvSimd, emit: &BlockTranslator.MultiplyAccumulateElement),
        new("MUL (by element)", "0Q001111zzLMmmmm1000H0nnnnnddddd", &VectorBinder.ByElement<VectorOps.MulElement>, AdvSimd, emit: &BlockTranslator.MultiplyElement),
        new("SMLAL, SMLAL2 (by element)", "0Q001111zzLMmmmm0010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplyAdd, Signed>, AdvSimd, emit: &BlockTranslator.MultiplyLongElement),
        new("UMLAL, UMLAL2 (by element)", "0Q101111zzLMmmmm0010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplyAdd, Unsigned>, AdvSimd, emit: &BlockTranslator.MultiplyLongElement),
        new("SMLSL, SMLSL2 (by element)", "0Q001111zzLMmmmm0110H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplySubtract, Signed>, AdvSimd, emit: &BlockTranslator.MultiplyLongElement),
        new("UMLSL, UMLSL2 (by element)", "0Q101111zzLMmmmm0110H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplySubtract, Unsigned>, AdvSimd, emit: &BlockTranslator.MultiplyLongElement),
        new("SMULL, SMULL2 (by element)", "0Q001111zzLMmmmm1010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.Multiply, Signed>, AdvSimd, emit: &BlockTranslator.MultiplyLongElement),
        new("UMULL, UMULL2 (by element)", "0Q101111zzLMmmmm1010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.Multiply, Unsigned>, AdvSimd, emit: &BlockTranslator.MultiplyLongElement),
        new("SQDMLAL, SQDMLAL2 (by element)", "0Q001111zzLMmmmm0011H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiplyAdd>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLongElement),
        new("SQDMLSL, SQDMLSL2 (by element)", "0Q001111zzLMmmmm0111H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiplySubtract>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLongElement),
        new("SQDMULL, SQDMULL2 (by element)", "0Q001111zzLMmmmm1011H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiply>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyLongElement),
        new("SQDMULH (by element)", "0Q001111zzLMmmmm1100H0nnnnnddddd", &LaneBinder.MultiplyHighByElement<LaneOps.DoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHighElement),
        new("SQRDMULH (by element)", "0Q001111zzLMmmmm1101H0nnnnnddddd", &LaneBinder.MultiplyHighByElement<LaneOps.RoundingDoublingMultiplyHigh>, AdvSimd, emit: &BlockTranslator.DoublingMultiplyHighElement),
    ]);
}
