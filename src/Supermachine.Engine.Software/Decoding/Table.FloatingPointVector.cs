namespace Supermachine.Engine.Software;

/// <content>
/// AdvSIMD floating point, scalar and vector (ARM ARM C4.1, Data processing - scalar floating-point and Advanced SIMD). Of the
/// size field the upper bit belongs to the opcode and the lower one (z) is the precision.
/// </content>
internal static unsafe partial class DecodeTable
{
    private static void AddFloatingPointVectorRows(List<Row> rows) => rows.AddRange(
    [
        Floating("FMAXNM (vector)", "0Q0011100z1mmmmm110001nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.MaxNum>, &BlockTranslator.FpMax),
        Floating("FADD (vector)", "0Q0011100z1mmmmm110101nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Add>, &BlockTranslator.FpAdd),
        Floating("FMULX (vector)", "0Q0011100z1mmmmm110111nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.MulX>, &BlockTranslator.FpMul),
        Floating("FCMEQ (register, vector)", "0Q0011100z1mmmmm111001nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Equal>, &BlockTranslator.FpEqual),
        Floating("FMAX (vector)", "0Q0011100z1mmmmm111101nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Max>, &BlockTranslator.FpMax),
        Floating("FRECPS (vector)", "0Q0011100z1mmmmm111111nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.RecipStep>),
        Floating("FMINNM (vector)", "0Q0011101z1mmmmm110001nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.MinNum>, &BlockTranslator.FpMin),
        Floating("FSUB (vector)", "0Q0011101z1mmmmm110101nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Sub>, &BlockTranslator.FpSub),
        Floating("FMIN (vector)", "0Q0011101z1mmmmm111101nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Min>, &BlockTranslator.FpMin),
        Floating("FRSQRTS (vector)", "0Q0011101z1mmmmm111111nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.RSqrtStep>),
        Floating("FMUL (vector)", "0Q1011100z1mmmmm110111nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Mul>, &BlockTranslator.FpMul),
        Floating("FCMGE (register, vector)", "0Q1011100z1mmmmm111001nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.GreaterOrEqual>, &BlockTranslator.FpGreaterOrEqual),
        Floating("FACGE (vector)", "0Q1011100z1mmmmm111011nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.AbsoluteGreaterOrEqual>, &BlockTranslator.FpAbsoluteGreaterOrEqual),
        Floating("FDIV (vector)", "0Q1011100z1mmmmm111111nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Div>, &BlockTranslator.FpDiv),
        Floating("FABD (vector)", "0Q1011101z1mmmmm110101nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.AbsoluteDifference>, &BlockTranslator.FpAbsoluteDifference),
        Floating("FCMGT (register, vector)", "0Q1011101z1mmmmm111001nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.Greater>, &BlockTranslator.FpGreater),
        Floating("FACGT (vector)", "0Q1011101z1mmmmm111011nnnnnddddd", &FloatingPointVector.Bind2<FloatingPoint2.AbsoluteGreater>, &BlockTranslator.FpAbsoluteGreater),
        Floating("FMLA (vector)", "0Q0011100z1mmmmm110011nnnnnddddd", &FloatingPointVector.Bind3<FloatingPoint3.MulAdd>, &BlockTranslator.FpMulAdd),
        Floating("FMLS (vector)", "0Q0011101z1mmmmm110011nnnnnddddd", &FloatingPointVector.Bind3<FloatingPoint3.MulSub>, &BlockTranslator.FpMulSub),

        Floating("FMAXNMP (vector)", "0Q1011100z1mmmmm110001nnnnnddddd", &FloatingPointPairwise.Bind<FloatingPoint2.MaxNum>, &BlockTranslator.FpMaxPairs),
        Floating("FADDP (vector)", "0Q1011100z1mmmmm110101nnnnnddddd", &FloatingPointPairwise.Bind<FloatingPoint2.Add>, &BlockTranslator.FpAddPairs),
        Floating("FMAXP (vector)", "0Q1011100z1mmmmm111101nnnnnddddd", &FloatingPointPairwise.Bind<FloatingPoint2.Max>, &BlockTranslator.FpMaxPairs),
        Floating("FMINNMP (vector)", "0Q1011101z1mmmmm110001nnnnnddddd", &FloatingPointPairwise.Bind<FloatingPoint2.MinNum>, &BlockTranslator.FpMinPairs),
        Floating("FMINP (vector)", "0Q1011101z1mmmmm111101nnnnnddddd", &FloatingPointPairwise.Bind<FloatingPoint2.Min>, &BlockTranslator.FpMinPairs),

        Floating("FMAXNMP (scalar)", "011111100z110000110010nnnnnddddd", &FloatingPointScalar.BindPair<FloatingPoint2.MaxNum>, &BlockTranslator.FpMaxPairs),
        Floating("FADDP (scalar)", "011111100z110000110110nnnnnddddd", &FloatingPointScalar.BindPair<FloatingPoint2.Add>, &BlockTranslator.FpAddPairs),
        Floating("FMAXP (scalar)", "011111100z110000111110nnnnnddddd", &FloatingPointScalar.BindPair<FloatingPoint2.Max>, &BlockTranslator.FpMaxPairs),
        Floating("FMINNMP (scalar)", "011111101z110000110010nnnnnddddd", &FloatingPointScalar.BindPair<FloatingPoint2.MinNum>, &BlockTranslator.FpMinPairs),
        Floating("FMINP (scalar)", "011111101z110000111110nnnnnddddd", &FloatingPointScalar.BindPair<FloatingPoint2.Min>, &BlockTranslator.FpMinPairs),
        Floating("FMAXNMV", "0110111000110000110010nnnnnddddd", &FloatingPointPairwise.BindAcross<FloatingPoint2.MaxNum>, &BlockTranslator.FpMaxAcross),
        Floating("FMAXV", "0110111000110000111110nnnnnddddd", &FloatingPointPairwise.BindAcross<FloatingPoint2.Max>, &BlockTranslator.FpMaxAcross),
        Floating("FMINNMV", "0110111010110000110010nnnnnddddd", &FloatingPointPairwise.BindAcross<FloatingPoint2.MinNum>, &BlockTranslator.FpMinAcross),
        Floating("FMINV", "0110111010110000111110nnnnnddddd", &FloatingPointPairwise.BindAcross<FloatingPoint2.Min>, &BlockTranslator.FpMinAcross),

        Floating("FMULX (AdvSIMD scalar)", "010111100z1mmmmm110111nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.MulX>, &BlockTranslator.FpMul),
        Floating("FCMEQ (register, AdvSIMD scalar)", "010111100z1mmmmm111001nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Equal>, &BlockTranslator.FpEqual),
        Floating("FRECPS (AdvSIMD scalar)", "010111100z1mmmmm111111nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.RecipStep>),
        Floating("FRSQRTS (AdvSIMD scalar)", "010111101z1mmmmm111111nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.RSqrtStep>),
        Floating("FCMGE (register, AdvSIMD scalar)", "011111100z1mmmmm111001nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.GreaterOrEqual>, &BlockTranslator.FpGreaterOrEqual),
        Floating("FACGE (AdvSIMD scalar)", "011111100z1mmmmm111011nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.AbsoluteGreaterOrEqual>, &BlockTranslator.FpAbsoluteGreaterOrEqual),
        Floating("FABD (AdvSIMD scalar)", "011111101z1mmmmm110101nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.AbsoluteDifference>, &BlockTranslator.FpAbsoluteDifference),
        Floating("FCMGT (register, AdvSIMD scalar)", "011111101z1mmmmm111001nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Greater>, &BlockTranslator.FpGreater),
        Floating("FACGT (AdvSIMD scalar)", "011111101z1mmmmm111011nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.AbsoluteGreater>, &BlockTranslator.FpAbsoluteGreater),
    ]);

    private static void AddFloatingPointVectorMiscRows(List<Row> rows) => rows.AddRange(
    [
        Floating("FRINTN (vector)", "0Q0011100z100001100010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundN>, &BlockTranslator.FpRoundNearest),
        Floating("FRINTM (vector)", "0Q0011100z100001100110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundM>, &BlockTranslator.FpRoundDown),
        Floating("FRINTP (vector)", "0Q0011101z100001100010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundP>, &BlockTranslator.FpRoundUp),
        Floating("FRINTZ (vector)", "0Q0011101z100001100110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundZ>, &BlockTranslator.FpRoundToZero),
        Floating("FRINTA (vector)", "0Q1011100z100001100010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundA>, &BlockTranslator.FpRoundAway),
        Floating("FRINTX (vector)", "0Q1011100z100001100110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundX>, &BlockTranslator.FpRoundExact),
        Floating("FRINTI (vector)", "0Q1011101z100001100110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RoundI>, &BlockTranslator.FpRoundNearest),
        Floating("FABS (vector)", "0Q0011101z100000111110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.Abs>, &BlockTranslator.FpAbs),
        Floating("FNEG (vector)", "0Q1011101z100000111110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.Neg>, &BlockTranslator.FpNeg),
        Floating("FSQRT (vector)", "0Q1011101z100001111110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.Sqrt>, &BlockTranslator.FpSqrt),
        Floating("FCMGT (zero, vector)", "0Q0011101z100000110010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.GreaterThanZero>, &BlockTranslator.FpGreaterZero),
        Floating("FCMEQ (zero, vector)", "0Q0011101z100000110110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.EqualZero>, &BlockTranslator.FpEqualZero),
        Floating("FCMLT (zero, vector)", "0Q0011101z100000111010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.LessThanZero>, &BlockTranslator.FpLessZero),
        Floating("FCMGE (zero, vector)", "0Q1011101z100000110010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.GreaterOrEqualZero>, &BlockTranslator.FpGreaterOrEqualZero),
        Floating("FCMLE (zero, vector)", "0Q1011101z100000110110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.LessOrEqualZero>, &BlockTranslator.FpLessOrEqualZero),
        Floating("FRECPE (vector)", "0Q0011101z100001110110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RecipEstimate>),
        Floating("FRSQRTE (vector)", "0Q1011101z100001110110nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.RSqrtEstimate>),
        Floating("URECPE", "0Q00111010100001110010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.UnsignedRecipEstimate>),
        Floating("URSQRTE", "0Q10111010100001110010nnnnnddddd", &FloatingPointVector.Bind1<FloatingPoint1.UnsignedRSqrtEstimate>),

        Floating("FCMGT (zero, AdvSIMD scalar)", "010111101z100000110010nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.GreaterThanZero>, &BlockTranslator.FpGreaterZero),
        Floating("FCMEQ (zero, AdvSIMD scalar)", "010111101z100000110110nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.EqualZero>, &BlockTranslator.FpEqualZero),
        Floating("FCMLT (zero, AdvSIMD scalar)", "010111101z100000111010nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.LessThanZero>, &BlockTranslator.FpLessZero),
        Floating("FCMGE (zero, AdvSIMD scalar)", "011111101z100000110010nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.GreaterOrEqualZero>, &BlockTranslator.FpGreaterOrEqualZero),
        Floating("FCMLE (zero, AdvSIMD scalar)", "011111101z100000110110nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.LessOrEqualZero>, &BlockTranslator.FpLessOrEqualZero),
        Floating("FRECPE (AdvSIMD scalar)", "010111101z100001110110nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RecipEstimate>),
        Floating("FRSQRTE (AdvSIMD scalar)", "011111101z100001110110nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RSqrtEstimate>),
        Floating("FRECPX (AdvSIMD scalar)", "010111101z100001111110nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RecpX>),

        Floating("FCVT[NPMZ]S (vector)", "0Q001110rz100001101r10nnnnnddddd", &FloatingPointVectorConvert.BindToInteger, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTAS (vector)", "0Q0011100z100001110010nnnnnddddd", &FloatingPointVectorConvert.BindToIntegerAway, &BlockTranslator.FpToIntegerLanes),
        Floating("SCVTF (integer, vector)", "0Q0011100z100001110110nnnnnddddd", &FloatingPointVectorConvert.BindFromInteger, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVT[NPMZ]U (vector)", "0Q101110rz100001101r10nnnnnddddd", &FloatingPointVectorConvert.BindToInteger, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTAU (vector)", "0Q1011100z100001110010nnnnnddddd", &FloatingPointVectorConvert.BindToIntegerAway, &BlockTranslator.FpToIntegerLanes),
        Floating("UCVTF (integer, vector)", "0Q1011100z100001110110nnnnnddddd", &FloatingPointVectorConvert.BindFromInteger, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVT[NPMZ]S (AdvSIMD scalar)", "01011110rz100001101r10nnnnnddddd", &FloatingPointVectorConvert.BindToInteger, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTAS (AdvSIMD scalar)", "010111100z100001110010nnnnnddddd", &FloatingPointVectorConvert.BindToIntegerAway, &BlockTranslator.FpToIntegerLanes),
        Floating("SCVTF (integer, AdvSIMD scalar)", "010111100z100001110110nnnnnddddd", &FloatingPointVectorConvert.BindFromInteger, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVT[NPMZ]U (AdvSIMD scalar)", "01111110rz100001101r10nnnnnddddd", &FloatingPointVectorConvert.BindToInteger, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTAU (AdvSIMD scalar)", "011111100z100001110010nnnnnddddd", &FloatingPointVectorConvert.BindToIntegerAway, &BlockTranslator.FpToIntegerLanes),
        Floating("UCVTF (integer, AdvSIMD scalar)", "011111100z100001110110nnnnnddddd", &FloatingPointVectorConvert.BindFromInteger, &BlockTranslator.FpFromIntegerLanes),

        Floating("FCVTN", "0Q0011100z100001011010nnnnnddddd", &FloatingPointWidth.BindNarrow, &BlockTranslator.FpConvertNarrow),
        Floating("FCVTL", "0Q0011100z100001011110nnnnnddddd", &FloatingPointWidth.BindLong, &BlockTranslator.FpConvertLong),
        Floating("FCVTXN (vector)", "0Q10111001100001011010nnnnnddddd", &FloatingPointWidth.BindNarrowOdd),
        Floating("FCVTXN (AdvSIMD scalar)", "0111111001100001011010nnnnnddddd", &FloatingPointWidth.BindNarrowOddScalar),
    ]);

    // immh, bits 22 to 19, is the precision: 0000 is another class, 0001 and 001x are reserved without FEAT_FP16.
    private static void AddFloatingPointVectorImmediateRows(List<Row> rows) => rows.AddRange(
    [
        Floating("SCVTF (fixed-point, double, vector)", "0Q00111101hhhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("SCVTF (fixed-point, single, vector)", "0Q001111001hhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVTZS (fixed-point, double, vector)", "0Q00111101hhhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTZS (fixed-point, single, vector)", "0Q001111001hhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("UCVTF (fixed-point, double, vector)", "0Q10111101hhhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("UCVTF (fixed-point, single, vector)", "0Q101111001hhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVTZU (fixed-point, double, vector)", "0Q10111101hhhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTZU (fixed-point, single, vector)", "0Q101111001hhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("SCVTF (fixed-point, double, AdvSIMD scalar)", "0101111101hhhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("SCVTF (fixed-point, single, AdvSIMD scalar)", "01011111001hhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVTZS (fixed-point, double, AdvSIMD scalar)", "0101111101hhhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTZS (fixed-point, single, AdvSIMD scalar)", "01011111001hhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("UCVTF (fixed-point, double, AdvSIMD scalar)", "0111111101hhhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("UCVTF (fixed-point, single, AdvSIMD scalar)", "01111111001hhbbb111001nnnnnddddd", &FloatingPointVectorConvert.BindFromFixed, &BlockTranslator.FpFromIntegerLanes),
        Floating("FCVTZU (fixed-point, double, AdvSIMD scalar)", "0111111101hhhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),
        Floating("FCVTZU (fixed-point, single, AdvSIMD scalar)", "01111111001hhbbb111111nnnnnddddd", &FloatingPointVectorConvert.BindToFixed, &BlockTranslator.FpToIntegerLanes),

        Floating("FMLA (by element, vector)", "0Q0011111zLmmmmm0001H0nnnnnddddd", &FloatingPointElement.Bind3<FloatingPoint3.MulAdd>, &BlockTranslator.FpMulAddElement),
        Floating("FMLS (by element, vector)", "0Q0011111zLmmmmm0101H0nnnnnddddd", &FloatingPointElement.Bind3<FloatingPoint3.MulSub>, &BlockTranslator.FpMulSubElement),
        Floating("FMUL (by element, vector)", "0Q0011111zLmmmmm1001H0nnnnnddddd", &FloatingPointElement.Bind2<FloatingPoint2.Mul>, &BlockTranslator.FpMulElement),
        Floating("FMULX (by element, vector)", "0Q1011111zLmmmmm1001H0nnnnnddddd", &FloatingPointElement.Bind2<FloatingPoint2.MulX>, &BlockTranslator.FpMulElement),
        Floating("FMLA (by element, AdvSIMD scalar)", "010111111zLmmmmm0001H0nnnnnddddd", &FloatingPointElement.Bind3<FloatingPoint3.MulAdd>, &BlockTranslator.FpMulAddElement),
        Floating("FMLS (by element, AdvSIMD scalar)", "010111111zLmmmmm0101H0nnnnnddddd", &FloatingPointElement.Bind3<FloatingPoint3.MulSub>, &BlockTranslator.FpMulSubElement),
        Floating("FMUL (by element, AdvSIMD scalar)", "010111111zLmmmmm1001H0nnnnnddddd", &FloatingPointElement.Bind2<FloatingPoint2.Mul>, &BlockTranslator.FpMulElement),
        Floating("FMULX (by element, AdvSIMD scalar)", "011111111zLmmmmm1001H0nnnnnddddd", &FloatingPointElement.Bind2<FloatingPoint2.MulX>, &BlockTranslator.FpMulElement),
    ]);
}
