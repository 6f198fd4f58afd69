using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>FCMP, FCMPE, FCCMP, FCCMPE, FCSEL.</summary>
internal static unsafe class FloatingPointCompare
{
    /// <summary>Compares two registers; bit 4 makes quiet NaNs signal.</summary>
    public static bool BindRegisters(uint i, Op* op)
    {
        Registers(i, op);
        op->Aux = (ushort)i.Field(4, 1);
        op->Handler = i.Bit(22) ? &WithRegister<Binary64> : &WithRegister<Binary32>;
        return true;
    }

    /// <summary>Compares a register with +0.0. Rm should be zero and is ignored.</summary>
    public static bool BindZero(uint i, Op* op)
    {
        Registers(i, op);
        op->Aux = (ushort)i.Field(4, 1);
        op->Handler = i.Bit(22) ? &WithZero<Binary64> : &WithZero<Binary32>;
        return true;
    }

    /// <summary>FCCMP, FCCMPE: the condition in Imm, the flags when it fails in Imm2.</summary>
    public static bool BindConditional(uint i, Op* op)
    {
        Registers(i, op);
        op->Aux = (ushort)i.Field(4, 1);
        op->Imm = i.Field(12, 4);
        op->Imm2 = i.Field(0, 4) << 28;
        op->Handler = i.Bit(22) ? &Conditionally<Binary64> : &Conditionally<Binary32>;
        return true;
    }

    /// <summary>FCSEL: bits are copied, FPSR and FPCR have no part.</summary>
    public static bool BindSelect(uint i, Op* op)
    {
        Registers(i, op);
        op->Imm = i.Field(12, 4);
        op->Handler = i.Bit(22) ? &Select<Binary64> : &Select<Binary32>;
        return true;
    }

    private static Op* WithRegister<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        Compare<T>(cpu, op, Get<T>(V(cpu, op->Rm), 0));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WithZero<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        Compare<T>(cpu, op, 0);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Conditionally<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        if (Condition.Holds(cpu, (uint)op->Imm)) Compare<T>(cpu, op, Get<T>(V(cpu, op->Rm), 0));
        else cpu->Nzcv = (uint)op->Imm2;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Select<T>(Cpu* cpu, Op* op) where T : struct, IFpFormat
    {
        uint source = Condition.Holds(cpu, (uint)op->Imm) ? op->Rn : op->Rm;
        SetScalar(cpu, op->Rd, Get<T>(V(cpu, source), 0));
        return op[1].Handler(cpu, op + 1);
    }

    private static void Compare<T>(Cpu* cpu, Op* op, ulong other) where T : struct, IFpFormat =>
        cpu->Nzcv = FpMath.Compare<T>(Get<T>(V(cpu, op->Rn), 0), other, op->Aux != 0, ref Context(cpu)) << 28;
}
