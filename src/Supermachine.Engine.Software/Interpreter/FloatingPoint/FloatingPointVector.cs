using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>Vector arithmetic lane by lane; Aux is the number of lanes.</summary>
internal static unsafe class FloatingPointVector
{
    public static bool Bind1<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint1
    {
        Registers(i, op);
        op->Aux = Lanes(i);
        op->Handler = i.Bit(22) ? &One<Binary64, TOp> : &One<Binary32, TOp>;
        return op->Aux != 0;
    }

    public static bool Bind2<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint2
    {
        Registers(i, op);
        op->Aux = Lanes(i);
        op->Handler = i.Bit(22) ? &Two<Binary64, TOp> : &Two<Binary32, TOp>;
        return op->Aux != 0;
    }

    /// <summary>FMLA, FMLS (vector): the destination is the addend.</summary>
    public static bool Bind3<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint3
    {
        Registers(i, op);
        op->Aux = Lanes(i);
        op->Handler = i.Bit(22) ? &Three<Binary64, TOp> : &Three<Binary32, TOp>;
        return op->Aux != 0;
    }

    private static Op* One<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint1
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn);
        for (int lane = 0; lane < op->Aux; lane++) Set<T>(d, lane, TOp.Do<T>(Get<T>(n, lane), ref Context(cpu)));
        ClearAbove<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Two<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint2
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn), m = V(cpu, op->Rm);
        for (int lane = 0; lane < op->Aux; lane++)
            Set<T>(d, lane, TOp.Do<T>(Get<T>(n, lane), Get<T>(m, lane), ref Context(cpu)));
        ClearAbove<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Three<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint3
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn), m = V(cpu, op->Rm);
        for (int lane = 0; lane < op->Aux; lane++)
            Set<T>(d, lane, TOp.Do<T>(Get<T>(d, lane), Get<T>(n, lane), Get<T>(m, lane), ref Context(cpu)));
        ClearAbove<T>(d, op->Aux);
        return op[1].Handler(cpu, op + 1);
    }
}
