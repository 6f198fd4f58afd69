using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>Scalar arithmetic of one, two and three numbers, in floating-point and AdvSIMD scalar encodings; bit 22 is the precision in all.</summary>
internal static unsafe class FloatingPointScalar
{
    public static bool Bind1<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint1
    {
        Registers(i, op);
        op->Handler = i.Bit(22) ? &One<Binary64, TOp> : &One<Binary32, TOp>;
        return true;
    }

    public static bool Bind2<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint2
    {
        Registers(i, op);
        op->Handler = i.Bit(22) ? &Two<Binary64, TOp> : &Two<Binary32, TOp>;
        return true;
    }

    public static bool Bind3<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint3
    {
        Registers(i, op);
        op->Handler = i.Bit(22) ? &Three<Binary64, TOp> : &Three<Binary32, TOp>;
        return true;
    }

    /// <summary>FADDP and the like (scalar): the two lanes of Vn.</summary>
    public static bool BindPair<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint2
    {
        Registers(i, op);
        op->Handler = i.Bit(22) ? &Pair<Binary64, TOp> : &Pair<Binary32, TOp>;
        return true;
    }

    private static Op* One<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint1
    {
        SetScalar(cpu, op->Rd, TOp.Do<T>(Get<T>(V(cpu, op->Rn), 0), ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Two<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint2
    {
        SetScalar(cpu, op->Rd, TOp.Do<T>(Get<T>(V(cpu, op->Rn), 0), Get<T>(V(cpu, op->Rm), 0), ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Three<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint3
    {
        ulong addend = Get<T>(V(cpu, op->Ra), 0);
        SetScalar(cpu, op->Rd, TOp.Do<T>(addend, Get<T>(V(cpu, op->Rn), 0), Get<T>(V(cpu, op->Rm), 0), ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Pair<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint2
    {
        ulong* n = V(cpu, op->Rn);
        SetScalar(cpu, op->Rd, TOp.Do<T>(Get<T>(n, 0), Get<T>(n, 1), ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }
}
