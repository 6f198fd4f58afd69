using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>FMOV between register files, and of an immediate.</summary>
internal static unsafe class FloatingPointMove
{
    /// <summary>FMOV (scalar, immediate).</summary>
    public static bool BindImmediate(uint i, Op* op)
    {
        Registers(i, op);
        op->Imm = i.Bit(22) ? ExpandImmediate<Binary64>(i.Field(13, 8)) : ExpandImmediate<Binary32>(i.Field(13, 8));
        op->Handler = &Immediate;
        return true;
    }

    /// <summary>FMOV Wd, Sn and Xd, Dn.</summary>
    public static bool BindToGeneral(uint i, Op* op)
    {
        if (i.Bit(31) != i.Bit(22)) return false;
        op->Rn = (byte)i.Field(5, 5);
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Handler = i.Bit(31) ? &ToX : &ToW;
        return true;
    }

    /// <summary>FMOV Sd, Wn and Dd, Xn.</summary>
    public static bool BindFromGeneral(uint i, Op* op)
    {
        if (i.Bit(31) != i.Bit(22)) return false;
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = (byte)i.Field(0, 5);
        op->Handler = i.Bit(31) ? &FromX : &FromW;
        return true;
    }

    /// <summary>FMOV Xd, Vn.D[1].</summary>
    public static bool BindToGeneralTop(uint i, Op* op)
    {
        op->Rn = (byte)i.Field(5, 5);
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Handler = &ToXTop;
        return true;
    }

    /// <summary>FMOV Vd.D[1], Xn: the lower half stays.</summary>
    public static bool BindFromGeneralTop(uint i, Op* op)
    {
        op->Rn = Bits.Source(i.Field(5, 5));
        op->Rd = (byte)i.Field(0, 5);
        op->Handler = &FromXTop;
        return true;
    }

    /// <summary>VFPExpandImm: sign, an exponent of three bits with its top one spread, four bits of fraction.</summary>
    public static ulong ExpandImmediate<T>(uint imm8) where T : struct, IFpFormat
    {
        ulong exponent = (ulong)(imm8.Bit(6) ? FpFormat<T>.Bias - 3 : FpFormat<T>.Bias + 1) + imm8.Field(4, 2);
        return FpFormat<T>.Zero(imm8.Bit(7)) | (exponent << T.FractionBits) | ((ulong)imm8.Field(0, 4) << (T.FractionBits - 4));
    }

    private static Op* Immediate(Cpu* cpu, Op* op)
    {
        SetScalar(cpu, op->Rd, op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ToX(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = *V(cpu, op->Rn);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ToW(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = (uint)*V(cpu, op->Rn);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* FromX(Cpu* cpu, Op* op)
    {
        SetScalar(cpu, op->Rd, cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* FromW(Cpu* cpu, Op* op)
    {
        SetScalar(cpu, op->Rd, (uint)cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ToXTop(Cpu* cpu, Op* op)
    {
        cpu->X[op->Rd] = V(cpu, op->Rn)[1];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* FromXTop(Cpu* cpu, Op* op)
    {
        V(cpu, op->Rd)[1] = cpu->X[op->Rn];
        return op[1].Handler(cpu, op + 1);
    }
}
