using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>FADDP, FMAXP, ... (vector) on adjacent lanes of Vm:Vn, and FMAXV, ... across the lanes of Vn.</summary>
internal static unsafe class FloatingPointPairwise
{
    public static bool Bind<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint2
    {
        Registers(i, op);
        op->Aux = Lanes(i);
        op->Handler = op->Aux == 4 ? &Four<TOp> : i.Bit(22) ? &Two<Binary64, TOp> : &Two<Binary32, TOp>;
        return op->Aux != 0;
    }

    /// <summary>FMAXNMV and the like: of four single-precision lanes only.</summary>
    public static bool BindAcross<TOp>(uint i, Op* op) where TOp : struct, IFloatingPoint2
    {
        Registers(i, op);
        op->Handler = &Across<TOp>;
        return true;
    }

    private static Op* Two<T, TOp>(Cpu* cpu, Op* op) where T : struct, IFpFormat where TOp : struct, IFloatingPoint2
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn), m = V(cpu, op->Rm);
        ulong low = TOp.Do<T>(Get<T>(n, 0), Get<T>(n, 1), ref Context(cpu));
        ulong high = TOp.Do<T>(Get<T>(m, 0), Get<T>(m, 1), ref Context(cpu));
        Set<T>(d, 0, low);
        Set<T>(d, 1, high);
        ClearAbove<T>(d, 2);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Four<TOp>(Cpu* cpu, Op* op) where TOp : struct, IFloatingPoint2
    {
        ulong* d = V(cpu, op->Rd), n = V(cpu, op->Rn), m = V(cpu, op->Rm);
        ulong low = Half<TOp>(cpu, n), high = Half<TOp>(cpu, m);
        d[0] = low;
        d[1] = high;
        return op[1].Handler(cpu, op + 1);
    }

    // Reduce() of the ARM ARM: the halves first, then their results.
    private static Op* Across<TOp>(Cpu* cpu, Op* op) where TOp : struct, IFloatingPoint2
    {
        ulong halves = Half<TOp>(cpu, V(cpu, op->Rn));
        SetScalar(cpu, op->Rd, TOp.Do<Binary32>((uint)halves, halves >> 32, ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }

    private static ulong Half<TOp>(Cpu* cpu, ulong* v) where TOp : struct, IFloatingPoint2
    {
        ulong low = TOp.Do<Binary32>(Get<Binary32>(v, 0), Get<Binary32>(v, 1), ref Context(cpu));
        return low | TOp.Do<Binary32>(Get<Binary32>(v, 2), Get<Binary32>(v, 3), ref Context(cpu)) << 32;
    }
}
