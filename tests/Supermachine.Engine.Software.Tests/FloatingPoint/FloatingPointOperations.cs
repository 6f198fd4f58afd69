using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software.Tests.FloatingPoint;

/// <summary>The operations that were recorded, by name.</summary>
internal static class FloatingPointOperations
{
    /// <summary>In the order of record.c.</summary>
    public static readonly string[] Names = [
        .. Each("FADD FSUB FMUL FMULX FDIV FMAX FMIN FMAXNM FMINNM FRECPS FRSQRTS FCMEQ FCMGE FCMGT FMADD FCMP FCMPE", "S D"),
        .. Each("FSQRT FRECPE FRSQRTE FRECPX FRINTN FRINTP FRINTM FRINTZ FRINTA FRINTX FRINTI", "S D"),
        .. Each("FCVTNS FCVTNU FCVTZS FCVTZU FCVTAS FCVTPU FCVTMS", "SW SX DW DX"), "FCVTZS_SW7", "FCVTZU_DX40",
        .. Each("SCVTF UCVTF", "WS XS WD XD"), "SCVTF_WS7", "UCVTF_XD40",
        "FCVT_HS", "FCVT_HD", "FCVT_SH", "FCVT_SD", "FCVT_DH", "FCVT_DS", "FCVTXN", "URECPE", "URSQRTE",
    ];

    /// <summary>The result of the vector's operation on our arithmetic; for compares NZCV.</summary>
    public static ulong Run(in FloatingPointVector v, ref FpContext fp)
    {
        string[] name = Names[v.Operation].Split('_');
        string suffix = name.Length > 1 ? name[1] : "";
        return suffix switch
        {
            "S" => Arithmetic<Binary32>(name[0], v, ref fp),
            "D" => Arithmetic<Binary64>(name[0], v, ref fp),
            _ => name[0] == "FCVT" || suffix.Length == 0 ? Convert(Names[v.Operation], v, ref fp) : Integer(name[0], suffix, v, ref fp),
        };
    }

    private static IEnumerable<string> Each(string names, string suffixes) =>
        from name in names.Split(' ') from suffix in suffixes.Split(' ') select $"{name}_{suffix}";

    private static ulong Arithmetic<T>(string name, in FloatingPointVector v, ref FpContext fp) where T : struct, IFpFormat => name switch
    {
        "FADD" => FpMath.Add<T>(v.A, v.B, ref fp),
        "FSUB" => FpMath.Sub<T>(v.A, v.B, ref fp),
        "FMUL" => FpMath.Mul<T>(v.A, v.B, ref fp),
        "FMULX" => FpMath.MulX<T>(v.A, v.B, ref fp),
        "FDIV" => FpMath.Div<T>(v.A, v.B, ref fp),
        "FMAX" => FpMath.Max<T>(v.A, v.B, ref fp),
        "FMIN" => FpMath.Min<T>(v.A, v.B, ref fp),
        "FMAXNM" => FpMath.MaxNum<T>(v.A, v.B, ref fp),
        "FMINNM" => FpMath.MinNum<T>(v.A, v.B, ref fp),
        "FRECPS" => FpMath.RecipStepFused<T>(v.A, v.B, ref fp),
        "FRSQRTS" => FpMath.RSqrtStepFused<T>(v.A, v.B, ref fp),
        "FCMEQ" => Mask<T>(FpMath.CompareEQ<T>(v.A, v.B, ref fp)),
        "FCMGE" => Mask<T>(FpMath.CompareGE<T>(v.A, v.B, ref fp)),
        "FCMGT" => Mask<T>(FpMath.CompareGT<T>(v.A, v.B, ref fp)),
        "FMADD" => FpMath.MulAdd<T>(v.C, v.A, v.B, ref fp),
        "FCMP" => FpMath.Compare<T>(v.A, v.B, signalNaNs: false, ref fp),
        "FCMPE" => FpMath.Compare<T>(v.A, v.B, signalNaNs: true, ref fp),
        _ => Unary<T>(name, v.A, ref fp),
    };

    private static ulong Unary<T>(string name, ulong op, ref FpContext fp) where T : struct, IFpFormat => name switch
    {
        "FSQRT" => FpMath.Sqrt<T>(op, ref fp),
        "FRECPE" => FpMath.RecipEstimate<T>(op, ref fp),
        "FRSQRTE" => FpMath.RSqrtEstimate<T>(op, ref fp),
        "FRECPX" => FpMath.RecpX<T>(op, ref fp),
        "FRINTX" => FpMath.RoundInt<T>(op, fp.Rounding, exact: true, ref fp),
        "FRINTI" => FpMath.RoundInt<T>(op, fp.Rounding, exact: false, ref fp),
        _ => FpMath.RoundInt<T>(op, Rounding(name[^1]), exact: false, ref fp),
    };

    private static ulong Integer(string name, string suffix, in FloatingPointVector v, ref FpContext fp)
    {
        int fraction = suffix.Length > 2 ? int.Parse(suffix[2..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        int width = suffix.Contains('W', StringComparison.Ordinal) ? 32 : 64;
        bool single = suffix.Contains('S', StringComparison.Ordinal), unsigned = name[0] == 'U' || name[^1] == 'U';
        if (name is "SCVTF" or "UCVTF")
        {
            return single ? FpMath.FixedToFP<Binary32>(v.A, fraction, unsigned, width, fp.Rounding, ref fp)
                : FpMath.FixedToFP<Binary64>(v.A, fraction, unsigned, width, fp.Rounding, ref fp);
        }
        return single ? FpMath.ToFixed<Binary32>(v.A, fraction, unsigned, width, Rounding(name[^2]), ref fp)
            : FpMath.ToFixed<Binary64>(v.A, fraction, unsigned, width, Rounding(name[^2]), ref fp);
    }

    private static ulong Convert(string name, in FloatingPointVector v, ref FpContext fp) => name switch
    {
        "FCVT_HS" => FpMath.Convert<Binary16, Binary32>(v.A, ref fp),
        "FCVT_HD" => FpMath.Convert<Binary16, Binary64>(v.A, ref fp),
        "FCVT_SH" => FpMath.Convert<Binary32, Binary16>(v.A, ref fp),
        "FCVT_SD" => FpMath.Convert<Binary32, Binary64>(v.A, ref fp),
        "FCVT_DH" => FpMath.Convert<Binary64, Binary16>(v.A, ref fp),
        "FCVT_DS" => FpMath.Convert<Binary64, Binary32>(v.A, ref fp),
        "FCVTXN" => FpMath.Convert<Binary64, Binary32>(v.A, ref fp, FpRounding.Odd),
        "URECPE" => FpMath.UnsignedRecipEstimate((uint)v.A),
        _ => FpMath.UnsignedRSqrtEstimate((uint)v.A),
    };

    private static FpRounding Rounding(char letter) => letter switch
    {
        'N' => FpRounding.TieEven,
        'P' => FpRounding.PosInf,
        'M' => FpRounding.NegInf,
        'Z' => FpRounding.Zero,
        _ => FpRounding.TieAway,
    };

    private static ulong Mask<T>(bool condition) where T : struct, IFpFormat =>
        condition ? FpFormat<T>.SignMask | FpFormat<T>.MagnitudeMask : 0;
}
