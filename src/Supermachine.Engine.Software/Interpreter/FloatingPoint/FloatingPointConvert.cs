using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>
/// Conversions between a number and a general register, and between precisions.
/// Of an op: Ra the rounding, Aux the fraction bits, Imm the integer's width, Imm2 whether it is unsigned.
/// </summary>
internal static unsafe class FloatingPointConvert
{
    /// <summary>FCVT{N,P,M,Z}{S,U}: rmode in bits 20 and 19, in FPCR.RMode's encoding.</summary>
    public static bool BindToInteger(uint i, Op* op) => ToGeneral(i, op, (FpRounding)i.Field(19, 2), 0);

    /// <summary>FCVTA{S,U}.</summary>
    public static bool BindToIntegerAway(uint i, Op* op) => ToGeneral(i, op, FpRounding.TieAway, 0);

    /// <summary>FCVTZ{S,U} (scalar, fixed-point).</summary>
    public static bool BindToFixed(uint i, Op* op) => IsScale(i) && ToGeneral(i, op, FpRounding.Zero, FractionBits(i));

    /// <summary>SCVTF, UCVTF (scalar, integer).</summary>
    public static bool BindFromInteger(uint i, Op* op) => FromGeneral(i, op, 0);

    /// <summary>SCVTF, UCVTF (scalar, fixed-point).</summary>
    public static bool BindFromFixed(uint i, Op* op) => IsScale(i) && FromGeneral(i, op, FractionBits(i));

    /// <summary>FCVT: from the precision in bits 23 and 22 to the one in bits 16 and 15; 2 is none, and the two differ.</summary>
    public static bool BindPrecision(uint i, Op* op)
    {
        Registers(i, op);
        op->Handler = (i.Field(22, 2), i.Field(15, 2)) switch
        {
            (0, 1) => &Precision<Binary32, Binary64>,
            (0, 3) => &Precision<Binary32, Binary16>,
            (1, 0) => &Precision<Binary64, Binary32>,
            (1, 3) => &Precision<Binary64, Binary16>,
            (3, 0) => &Precision<Binary16, Binary32>,
            (3, 1) => &Precision<Binary16, Binary64>,
            _ => null,
        };
        return op->Handler != null;
    }

    private static bool ToGeneral(uint i, Op* op, FpRounding rounding, ushort fractionBits)
    {
        Describe(i, op, fractionBits);
        op->Ra = (byte)rounding;
        op->Rn = (byte)i.Field(5, 5);
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Handler = i.Bit(22) ? &ToInteger<Binary64> : &ToInteger<Binary32>;
        return true;
    }

    private static bool FromGeneral(uint i, Op* op, ushort fractionBits)
    {
        Describe(i, op, fractionBits);
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = (byte)i.Field(0, 5);
        op->Handler = i.Bit(22) ? &FromInteger<Binary64> : &FromInteger<Binary32>;
        return true;
    }

    private static void Describe(uint i, Op* op, ushort fractionBits)
    {
        op->Aux = fractionBits;
        op->Imm = i.Bit(31) ? 64u : 32u;
        op->Imm2 = i.Field(16, 1);
    }

    // "if sf == '0' && scale<5> == '0' then UNDEFINED": a 32-bit number has no more than 32 bits of fraction.
    private static bool IsScale(uint i) => i.Bit(31) || i.Bit(15);

    private static ushort FractionBits(uint i) => (ushort)(64 - i.Field(10, 6));

    private static Op* ToInteger<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        cpu->X[op->Rd] = FpMath.ToFixed<T>(
            Get<T>(V(cpu, op->Rn), 0), op->Aux, op->Imm2 != 0, (int)op->Imm, (FpRounding)op->Ra, ref Context(cpu));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* FromInteger<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        ref FpContext fp = ref Context(cpu);
        SetScalar(cpu, op->Rd, FpMath.FixedToFP<T>(cpu->X[op->Rn], op->Aux, op->Imm2 != 0, (int)op->Imm, fp.Rounding, ref fp));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Precision<TFrom, TTo>(Cpu* cpu, Op* op) where TFrom : struct, IFpFormat where TTo : struct, IFpFormat
    {
        SetScalar(cpu, op->Rd, FpMath.Convert<TFrom, TTo>(Get<TFrom>(V(cpu, op->Rn), 0), ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }
}
