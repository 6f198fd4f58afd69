namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD three different, and vector by element, of integers (ARM ARM C4.1).</content>
internal static unsafe partial class DecodeTable
{
    private static void AddAdvSimdThreeDifferentRows(List<Row> rows) => rows.AddRange(
    [
        new("SADDL, SADDL2", "0Q001110zz1mmmmm000000nnnnnddddd", &LongVectors.Bind<LongOps.Add, Signed, BothNarrow>, AdvSimd),
        new("UADDL, UADDL2", "0Q101110zz1mmmmm000000nnnnnddddd", &LongVectors.Bind<LongOps.Add, Unsigned, BothNarrow>, AdvSimd),
        new("SADDW, SADDW2", "0Q001110zz1mmmmm000100nnnnnddddd", &LongVectors.Bind<LongOps.Add, Signed, SecondNarrow>, AdvSimd),
        new("UADDW, UADDW2", "0Q101110zz1mmmmm000100nnnnnddddd", &LongVectors.Bind<LongOps.Add, Unsigned, SecondNarrow>, AdvSimd),
        new("SSUBL, SSUBL2", "0Q001110zz1mmmmm001000nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Signed, BothNarrow>, AdvSimd),
        new("USUBL, USUBL2", "0Q101110zz1mmmmm001000nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Unsigned, BothNarrow>, AdvSimd),
        new("SSUBW, SSUBW2", "0Q001110zz1mmmmm001100nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Signed, SecondNarrow>, AdvSimd),
        new("USUBW, USUBW2", "0Q101110zz1mmmmm001100nnnnnddddd", &LongVectors.Bind<LongOps.Sub, Unsigned, SecondNarrow>, AdvSimd),
        new("SABAL, SABAL2", "0Q001110zz1mmmmm010100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifferenceAccumulate, Signed, BothNarrow>, AdvSimd),
        new("UABAL, UABAL2", "0Q101110zz1mmmmm010100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifferenceAccumulate, Unsigned, BothNarrow>, AdvSimd),
        new("SABDL, SABDL2", "0Q001110zz1mmmmm011100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifference, Signed, BothNarrow>, AdvSimd),
        new("UABDL, UABDL2", "0Q101110zz1mmmmm011100nnnnnddddd", &LongVectors.Bind<LongOps.AbsoluteDifference, Unsigned, BothNarrow>, AdvSimd),
        new("SMLAL, SMLAL2 (vector)", "0Q001110zz1mmmmm100000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplyAdd, Signed, BothNarrow>, AdvSimd),
        new("UMLAL, UMLAL2 (vector)", "0Q101110zz1mmmmm100000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplyAdd, Unsigned, BothNarrow>, AdvSimd),
        new("SMLSL, SMLSL2 (vector)", "0Q001110zz1mmmmm101000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplySubtract, Signed, BothNarrow>, AdvSimd),
        new("UMLSL, UMLSL2 (vector)", "0Q101110zz1mmmmm101000nnnnnddddd", &LongVectors.Bind<LongOps.MultiplySubtract, Unsigned, BothNarrow>, AdvSimd),
        new("SMULL, SMULL2 (vector)", "0Q001110zz1mmmmm110000nnnnnddddd", &LongVectors.Bind<LongOps.Multiply, Signed, BothNarrow>, AdvSimd),
        new("UMULL, UMULL2 (vector)", "0Q101110zz1mmmmm110000nnnnnddddd", &LongVectors.Bind<LongOps.Multiply, Unsigned, BothNarrow>, AdvSimd),

        new("ADDHN, ADDHN2", "0Q001110zz1mmmmm010000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.AddHigh>, AdvSimd),
        new("RADDHN, RADDHN2", "0Q101110zz1mmmmm010000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.RoundingAddHigh>, AdvSimd),
        new("SUBHN, SUBHN2", "0Q001110zz1mmmmm011000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.SubHigh>, AdvSimd),
        new("RSUBHN, RSUBHN2", "0Q101110zz1mmmmm011000nnnnnddddd", &NarrowVectors.Bind<NarrowOps.RoundingSubHigh>, AdvSimd),
        new("SQDMLAL, SQDMLAL2 (vector)", "0Q001110zz1mmmmm100100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiplyAdd>, AdvSimd),
        new("SQDMLSL, SQDMLSL2 (vector)", "0Q001110zz1mmmmm101100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiplySubtract>, AdvSimd),
        new("SQDMULL, SQDMULL2 (vector)", "0Q001110zz1mmmmm110100nnnnnddddd", &SaturatingLong.Bind<LaneOps.DoublingMultiply>, AdvSimd),
        new("PMULL, PMULL2", "0Q001110zz1mmmmm111000nnnnnddddd", &PolynomialLong.Bind, AdvSimd),

        new("MLA (by element)", "0Q101111zzLMmmmm0000H0nnnnnddddd", &VectorBinder.ByElement<VectorOps.MlaElement>, AdvSimd),
        new("MLS (by element)", "0Q101111zzLMmmmm0100H0nnnnnddddd", &VectorBinder.ByElement<VectorOps.MlsElement>, AdvSimd),
        new("MUL (by element)", "0Q001111zzLMmmmm1000H0nnnnnddddd", &VectorBinder.ByElement<VectorOps.MulElement>, AdvSimd),
        new("SMLAL, SMLAL2 (by element)", "0Q001111zzLMmmmm0010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplyAdd, Signed>, AdvSimd),
        new("UMLAL, UMLAL2 (by element)", "0Q101111zzLMmmmm0010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplyAdd, Unsigned>, AdvSimd),
        new("SMLSL, SMLSL2 (by element)", "0Q001111zzLMmmmm0110H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplySubtract, Signed>, AdvSimd),
        new("UMLSL, UMLSL2 (by element)", "0Q101111zzLMmmmm0110H0nnnnnddddd", &LongVectors.BindByElement<LongOps.MultiplySubtract, Unsigned>, AdvSimd),
        new("SMULL, SMULL2 (by element)", "0Q001111zzLMmmmm1010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.Multiply, Signed>, AdvSimd),
        new("UMULL, UMULL2 (by element)", "0Q101111zzLMmmmm1010H0nnnnnddddd", &LongVectors.BindByElement<LongOps.Multiply, Unsigned>, AdvSimd),
        new("SQDMLAL, SQDMLAL2 (by element)", "0Q001111zzLMmmmm0011H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiplyAdd>, AdvSimd),
        new("SQDMLSL, SQDMLSL2 (by element)", "0Q001111zzLMmmmm0111H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiplySubtract>, AdvSimd),
        new("SQDMULL, SQDMULL2 (by element)", "0Q001111zzLMmmmm1011H0nnnnnddddd", &SaturatingLong.BindByElement<LaneOps.DoublingMultiply>, AdvSimd),
        new("SQDMULH (by element)", "0Q001111zzLMmmmm1100H0nnnnnddddd", &LaneBinder.MultiplyHighByElement<LaneOps.DoublingMultiplyHigh>, AdvSimd),
        new("SQRDMULH (by element)", "0Q001111zzLMmmmm1101H0nnnnnddddd", &LaneBinder.MultiplyHighByElement<LaneOps.RoundingDoublingMultiplyHigh>, AdvSimd),
    ]);
}
