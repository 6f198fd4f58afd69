using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>
/// Conversions within V registers between numbers and integers or fixed-point numbers of the same width, vector and scalar.
/// Of an op: Ra the rounding, Rm whether the integer is unsigned, Imm the fraction bits, Aux the lanes, 0 for a scalar.
/// </summary>
internal static unsafe class FloatingPointVectorConvert
{
    /// <summary>FCVT{N,P,M,Z}{S,U}: the rounding is o2:o1, bits 23 and 12, in FPCR.RMode's encoding.</summary>
    public static bool BindToInteger(uint i, Op* op) =>
        BindInteger(i, op, toInteger: true, (byte)(i.Field(23, 1) | i.Field(12, 1) << 1));

    /// <summary>FCVTA{S,U}.</summary>
    public static bool BindToIntegerAway(uint i, Op* op) =>
        BindInteger(i, op, toInteger: true, (byte)FpRounding.TieAway);

    /// <summary>SCVTF, UCVTF (integer).</summary>
    public static bool BindFromInteger(uint i, Op* op) => BindInteger(i, op, toInteger: false, RoundByFpcr);

    /// <summary>FCVTZ{S,U} (fixed-point).</summary>
    public static bool BindToFixed(uint i, Op* op) => BindFixed(i, op, toInteger: true, (byte)FpRounding.Zero);

    /// <summary>SCVTF, UCVTF (fixed-point).</summary>
    public static bool BindFromFixed(uint i, Op* op) => BindFixed(i, op, toInteger: false, RoundByFpcr);

    private static bool BindInteger(uint i, Op* op, bool toInteger, byte rounding)
    {
        Bind(i, op, toInteger, rounding);
        return BindLanes(i, op);
    }

    private static bool BindFixed(uint i, Op* op, bool toInteger, byte rounding)
    {
        Bind(i, op, toInteger, rounding);
        op->Imm = (i.Bit(22) ? 128u : 64u) - i.Field(16, 7);
        return BindLanes(i, op);
    }

    private static void Bind(uint i, Op* op, bool toInteger, byte rounding)
    {
        Registers(i, op);
        op->Ra = rounding;
        op->Rm = (byte)i.Field(29, 1);
        op->Handler = toInteger ? (i.Bit(22) ? &ToInteger<Binary64> : &ToInteger<Binary32>)
            : i.Bit(22) ? &FromInteger<Binary64> : &FromInteger<Binary32>;
    }

    // Bit 28 tells the scalar form.
    private static bool BindLanes(uint i, Op* op)
    {
        op->Aux = i.Bit(28) ? (ushort)0 : Lanes(i);
        return i.Bit(28) || op->Aux != 0;
    }

    private static Op* ToInteger<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn);
        if (op->Aux == 0) SetScalar(cpu, op->Rd, ToInteger<T>(cpu, op, Get<T>(n, 0)));
        for (int lane = 0; lane < op->Aux; lane++) Set<T>(d, lane, ToInteger<T>(cpu, op, Get<T>(n, lane)));
        ClearAbove<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* FromInteger<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn);
        if (op->Aux == 0) SetScalar(cpu, op->Rd, FromInteger<T>(cpu, op, Get<T>(n, 0)));
        for (int lane = 0; lane < op->Aux; lane++) Set<T>(d, lane, FromInteger<T>(cpu, op, Get<T>(n, lane)));
        ClearAbove<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    private static ulong ToInteger<T>(Cpu* cpu, Op* op, ulong value) where T : struct, IFpFormat =>
        FpMath.ToFixed<T>(value, (int)op->Imm, op->Rm != 0, FpFormat<T>.Width, (FpRounding)op->Ra, ref Context(cpu));

    private static ulong FromInteger<T>(Cpu* cpu, Op* op, ulong value) where T : struct, IFpFormat =>
        FpMath.FixedToFP<T>(value, (int)op->Imm, op->Rm != 0, FpFormat<T>.Width, Rounding(cpu, op), ref Context(cpu));
}
