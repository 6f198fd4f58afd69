namespace Supermachine.Engine.Software;

/// <content>Scalar floating point (ARM ARM C4.1, Data processing - scalar floating-point); half precision is converted only.</content>
internal static unsafe partial class DecodeTable
{
    private static void AddFloatingPointRows(List<Row> rows)
    {
        AddScalarFloatingPointRows(rows);
        AddFloatingPointIntegerRows(rows);
        AddFloatingPointVectorRows(rows);
        AddFloatingPointVectorMiscRows(rows);
        AddFloatingPointVectorImmediateRows(rows);
    }

    private static Row Floating(
        string name, string pattern, delegate*<uint, Op*, bool> bind, delegate*<BlockTranslator, uint, Op*, bool> emit = null) =>
        new(name, pattern, bind, RowTraits.Fp | RowTraits.Stays, emit);

    private static void AddScalarFloatingPointRows(List<Row> rows) => rows.AddRange(
    [
        Floating("FMOV (register)", "000111100t100000010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Move>, &BlockTranslator.FpMove),
        Floating("FABS (scalar)", "000111100t100000110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Abs>, &BlockTranslator.FpAbs),
        Floating("FNEG (scalar)", "000111100t100001010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Neg>, &BlockTranslator.FpNeg),
        Floating("FSQRT (scalar)", "000111100t100001110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Sqrt>, &BlockTranslator.FpSqrt),
        Floating("FRINTN (scalar)", "000111100t100100010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundN>, &BlockTranslator.FpRoundNearest),
        Floating("FRINTP (scalar)", "000111100t100100110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundP>, &BlockTranslator.FpRoundUp),
        Floating("FRINTM (scalar)", "000111100t100101010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundM>, &BlockTranslator.FpRoundDown),
        Floating("FRINTZ (scalar)", "000111100t100101110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundZ>, &BlockTranslator.FpRoundToZero),
        Floating("FRINTA (scalar)", "000111100t100110010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundA>, &BlockTranslator.FpRoundAway),
        Floating("FRINTX (scalar)", "000111100t100111010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundX>, &BlockTranslator.FpRoundExact),
        Floating("FRINTI (scalar)", "000111100t100111110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundI>, &BlockTranslator.FpRoundNearest),
        Floating("FCVT", "00011110tt10001oo10000nnnnnddddd", &FloatingPointConvert.BindPrecision, &BlockTranslator.FpConvert),

        Floating("FMUL (scalar)", "000111100t1mmmmm000010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Mul>, &BlockTranslator.FpMul),
        Floating("FDIV (scalar)", "000111100t1mmmmm000110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Div>, &BlockTranslator.FpDiv),
        Floating("FADD (scalar)", "000111100t1mmmmm001010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Add>, &BlockTranslator.FpAdd),
        Floating("FSUB (scalar)", "000111100t1mmmmm001110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Sub>, &BlockTranslator.FpSub),
        Floating("FMAX (scalar)", "000111100t1mmmmm010010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Max>, &BlockTranslator.FpMax),
        Floating("FMIN (scalar)", "000111100t1mmmmm010110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Min>, &BlockTranslator.FpMin),
        Floating("FMAXNM (scalar)", "000111100t1mmmmm011010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.MaxNum>, &BlockTranslator.FpMax),
        Floating("FMINNM (scalar)", "000111100t1mmmmm011110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.MinNum>, &BlockTranslator.FpMin),
        Floating("FNMUL (scalar)", "000111100t1mmmmm100010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.NegatedMul>, &BlockTranslator.FpNegatedMul),

        Floating("FMADD", "000111110t0mmmmm0aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.MulAdd>, &BlockTranslator.FpMulAdd),
        Floating("FMSUB", "000111110t0mmmmm1aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.MulSub>, &BlockTranslator.FpMulSub),
        Floating("FNMADD", "000111110t1mmmmm0aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.NegatedMulAdd>, &BlockTranslator.FpNegatedMulAdd),
        Floating("FNMSUB", "000111110t1mmmmm1aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.NegatedMulSub>, &BlockTranslator.FpNegatedMulSub),

        new("FCMP, FCMPE (register)", "000111100t1mmmmm001000nnnnne0000", &FloatingPointCompare.BindRegisters, RowTraits.Fp | RowTraits.Stays | RowTraits.WritesFlags, &BlockTranslator.FpCompare),
        new("FCMP, FCMPE (zero)", "000111100t1mmmmm001000nnnnne1000", &FloatingPointCompare.BindZero, RowTraits.Fp | RowTraits.Stays | RowTraits.WritesFlags, &BlockTranslator.FpCompare),
        new("FCCMP, FCCMPE", "000111100t1mmmmmcccc01nnnnnevvvv", &FloatingPointCompare.BindConditional, RowTraits.Fp, &BlockTranslator.FpConditionalCompare),
        new("FCSEL", "000111100t1mmmmmcccc11nnnnnddddd", &FloatingPointCompare.BindSelect, RowTraits.Fp, &BlockTranslator.FpSelect),
        Floating("FMOV (scalar, immediate)", "000111100t1iiiiiiii10000000ddddd", &FloatingPointMove.BindImmediate, &BlockTranslator.FpMoveImmediate),
    ]);

    private static void AddFloatingPointIntegerRows(List<Row> rows) => rows.AddRange(
    [
        Floating("FCVT[NPMZ]S (scalar, integer)", "f00111100t1rr000000000nnnnnddddd", &FloatingPointConvert.BindToInteger, &BlockTranslator.FpToInteger),
        Floating("FCVTAS (scalar, integer)", "f00111100t100100000000nnnnnddddd", &FloatingPointConvert.BindToIntegerAway, &BlockTranslator.FpToInteger),
        Floating("SCVTF (scalar, integer)", "f00111100t100010000000nnnnnddddd", &FloatingPointConvert.BindFromInteger, &BlockTranslator.FpFromInteger),
        Floating("SCVTF (scalar, fixed-point)", "f00111100t000010ssssssnnnnnddddd", &FloatingPointConvert.BindFromFixed, &BlockTranslator.FpFromInteger),
        Floating("FCVTZS (scalar, fixed-point)", "f00111100t011000ssssssnnnnnddddd", &FloatingPointConvert.BindToFixed, &BlockTranslator.FpToInteger),
        Floating("FCVT[NPMZ]U (scalar, integer)", "f00111100t1rr001000000nnnnnddddd", &FloatingPointConvert.BindToInteger, &BlockTranslator.FpToInteger),
        Floating("FCVTAU (scalar, integer)", "f00111100t100101000000nnnnnddddd", &FloatingPointConvert.BindToIntegerAway, &BlockTranslator.FpToInteger),
        Floating("UCVTF (scalar, integer)", "f00111100t100011000000nnnnnddddd", &FloatingPointConvert.BindFromInteger, &BlockTranslator.FpFromInteger),
        Floating("UCVTF (scalar, fixed-point)", "f00111100t000011ssssssnnnnnddddd", &FloatingPointConvert.BindFromFixed, &BlockTranslator.FpFromInteger),
        Floating("FCVTZU (scalar, fixed-point)", "f00111100t011001ssssssnnnnnddddd", &FloatingPointConvert.BindToFixed, &BlockTranslator.FpToInteger),
        Floating("FMOV (to general)", "f00111100t100110000000nnnnnddddd", &FloatingPointMove.BindToGeneral, &BlockTranslator.FpToGeneral),
        Floating("FMOV (from general)", "f00111100t100111000000nnnnnddddd", &FloatingPointMove.BindFromGeneral, &BlockTranslator.FpFromGeneral),
        Floating("FMOV (to general, top half)", "1001111010101110000000nnnnnddddd", &FloatingPointMove.BindToGeneralTop, &BlockTranslator.FpToGeneralTop),
        Floating("FMOV (from general, top half)", "1001111010101111000000nnnnnddddd", &FloatingPointMove.BindFromGeneralTop, &BlockTranslator.FpFromGeneralTop),
    ]);
}
