using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>FMUL, FMULX, FMLA, FMLS by element, vector and scalar: Imm is the lane of Vm, Aux the number of lanes.</summary>
internal static unsafe class FloatingPointElement
{
    public static bool Bind2<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint2
    {
        op->Handler = i.Bit(22) ? &Two<Binary64, TOp> : &Two<Binary32, TOp>;
        return Operands(i, op);
    }

    public static bool Bind3<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint3
    {
        op->Handler = i.Bit(22) ? &Three<Binary64, TOp> : &Three<Binary32, TOp>;
        return Operands(i, op);
    }

    // sz:L chooses the index: H:L, or H alone, or reserved. Bit 28 tells the scalar form. M is the top bit of Vm in both.
    private static bool Operands(uint i, Op* op)
    {
        Registers(i, op);
        bool isDouble = i.Bit(22), high = i.Bit(11), low = i.Bit(21);
        if (isDouble && low) return false;
        op->Imm = isDouble ? (high ? 1u : 0) : (high ? 2u : 0) + (low ? 1u : 0);
        op->Aux = i.Bit(28) ? (ushort)1 : Lanes(i);
        return op->Aux != 0;
    }

    private static Op* Two<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint2
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn);
        ulong element = Get<T>(V(cpu, op->Rm), (int)op->Imm);
        for (int lane = 0; lane < op->Aux; lane++)
            Set<T>(d, lane, TOp.Do<T>(Get<T>(n, lane), element, ref Context(cpu)));
        Finish<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Three<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint3
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn);
        ulong element = Get<T>(V(cpu, op->Rm), (int)op->Imm);
        for (int lane = 0; lane < op->Aux; lane++)
            Set<T>(d, lane, TOp.Do<T>(Get<T>(d, lane), Get<T>(n, lane), element, ref Context(cpu)));
        Finish<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    // A scalar leaves zeros above it in the lower half as well.
    private static void Finish<T>(ulong* d, int lanes) where T : struct, IFpFormat
    {
        if (lanes == 1) d[0] = Get<T>(d, 0);
        ClearAbove<T>(d, lanes);
    }
}
