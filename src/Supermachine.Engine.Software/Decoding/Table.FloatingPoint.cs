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

    private static Row Floating(string name, string pattern, delegate*<uint, Op*, bool> bind) => new(name, pattern, bind, RowTraits.Fp);

    private static void AddScalarFloatingPointRows(List<Row> rows) => rows.AddRange(
    [
        Floating("FMOV (register)", "000111100t100000010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Move>),
        Floating("FABS (scalar)", "000111100t100000110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Abs>),
        Floating("FNEG (scalar)", "000111100t100001010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Neg>),
        Floating("FSQRT (scalar)", "000111100t100001110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.Sqrt>),
        Floating("FRINTN (scalar)", "000111100t100100010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundN>),
        Floating("FRINTP (scalar)", "000111100t100100110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundP>),
        Floating("FRINTM (scalar)", "000111100t100101010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundM>),
        Floating("FRINTZ (scalar)", "000111100t100101110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundZ>),
        Floating("FRINTA (scalar)", "000111100t100110010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundA>),
        Floating("FRINTX (scalar)", "000111100t100111010000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundX>),
        Floating("FRINTI (scalar)", "000111100t100111110000nnnnnddddd", &FloatingPointScalar.Bind1<FloatingPoint1.RoundI>),
        Floating("FCVT", "00011110tt10001oo10000nnnnnddddd", &FloatingPointConvert.BindPrecision),

        Floating("FMUL (scalar)", "000111100t1mmmmm000010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Mul>),
        Floating("FDIV (scalar)", "000111100t1mmmmm000110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Div>),
        Floating("FADD (scalar)", "000111100t1mmmmm001010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Add>),
        Floating("FSUB (scalar)", "000111100t1mmmmm001110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Sub>),
        Floating("FMAX (scalar)", "000111100t1mmmmm010010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Max>),
        Floating("FMIN (scalar)", "000111100t1mmmmm010110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.Min>),
        Floating("FMAXNM (scalar)", "000111100t1mmmmm011010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.MaxNum>),
        Floating("FMINNM (scalar)", "000111100t1mmmmm011110nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.MinNum>),
        Floating("FNMUL (scalar)", "000111100t1mmmmm100010nnnnnddddd", &FloatingPointScalar.Bind2<FloatingPoint2.NegatedMul>),

        Floating("FMADD", "000111110t0mmmmm0aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.MulAdd>),
        Floating("FMSUB", "000111110t0mmmmm1aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.MulSub>),
        Floating("FNMADD", "000111110t1mmmmm0aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.NegatedMulAdd>),
        Floating("FNMSUB", "000111110t1mmmmm1aaaaannnnnddddd", &FloatingPointScalar.Bind3<FloatingPoint3.NegatedMulSub>),

        Floating("FCMP, FCMPE (register)", "000111100t1mmmmm001000nnnnne0000", &FloatingPointCompare.BindRegisters),
        Floating("FCMP, FCMPE (zero)", "000111100t1mmmmm001000nnnnne1000", &FloatingPointCompare.BindZero),
        Floating("FCCMP, FCCMPE", "000111100t1mmmmmcccc01nnnnnevvvv", &FloatingPointCompare.BindConditional),
        Floating("FCSEL", "000111100t1mmmmmcccc11nnnnnddddd", &FloatingPointCompare.BindSelect),
        Floating("FMOV (scalar, immediate)", "000111100t1iiiiiiii10000000ddddd", &FloatingPointMove.BindImmediate),
    ]);

    private static void AddFloatingPointIntegerRows(List<Row> rows) => rows.AddRange(
    [
        Floating("FCVT[NPMZ]S (scalar, integer)", "f00111100t1rr000000000nnnnnddddd", &FloatingPointConvert.BindToInteger),
        Floating("FCVTAS (scalar, integer)", "f00111100t100100000000nnnnnddddd", &FloatingPointConvert.BindToIntegerAway),
        Floating("SCVTF (scalar, integer)", "f00111100t100010000000nnnnnddddd", &FloatingPointConvert.BindFromInteger),
        Floating("SCVTF (scalar, fixed-point)", "f00111100t000010ssssssnnnnnddddd", &FloatingPointConvert.BindFromFixed),
        Floating("FCVTZS (scalar, fixed-point)", "f00111100t011000ssssssnnnnnddddd", &FloatingPointConvert.BindToFixed),
        Floating("FCVT[NPMZ]U (scalar, integer)", "f00111100t1rr001000000nnnnnddddd", &FloatingPointConvert.BindToInteger),
        Floating("FCVTAU (scalar, integer)", "f00111100t100101000000nnnnnddddd", &FloatingPointConvert.BindToIntegerAway),
        Floating("UCVTF (scalar, integer)", "f00111100t100011000000nnnnnddddd", &FloatingPointConvert.BindFromInteger),
        Floating("UCVTF (scalar, fixed-point)", "f00111100t000011ssssssnnnnnddddd", &FloatingPointConvert.BindFromFixed),
        Floating("FCVTZU (scalar, fixed-point)", "f00111100t011001ssssssnnnnnddddd", &FloatingPointConvert.BindToFixed),
        Floating("FMOV (to general)", "f00111100t100110000000nnnnnddddd", &FloatingPointMove.BindToGeneral),
        Floating("FMOV (from general)", "f00111100t100111000000nnnnnddddd", &FloatingPointMove.BindFromGeneral),
        Floating("FMOV (to general, top half)", "1001111010101110000000nnnnnddddd", &FloatingPointMove.BindToGeneralTop),
        Floating("FMOV (from general, top half)", "1001111010101111000000nnnnnddddd", &FloatingPointMove.BindFromGeneralTop),
    ]);
}
