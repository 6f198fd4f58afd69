using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.FloatingPointLane;

namespace Supermachine.Engine.Software;

/// <summary>FCVTL, FCVTN, FCVTXN: vectors to twice or half the precision; Q (Aux) chooses the half of the narrow register.</summary>
internal static unsafe class FloatingPointWidth
{
    public static bool BindLong(uint i, Op* op)
    {
        Registers(i, op);
        op->Aux = (ushort)i.Field(30, 1);
        op->Handler = i.Bit(22) ? &LongDouble : &LongSingle;
        return true;
    }

    public static bool BindNarrow(uint i, Op* op)
    {
        Registers(i, op);
        op->Aux = (ushort)i.Field(30, 1);
        op->Ra = RoundByFpcr;
        op->Handler = i.Bit(22) ? &NarrowDouble : &NarrowSingle;
        return true;
    }

    /// <summary>FCVTXN (vector): to odd, so that a second rounding does no harm.</summary>
    public static bool BindNarrowOdd(uint i, Op* op)
    {
        Registers(i, op);
        op->Aux = (ushort)i.Field(30, 1);
        op->Ra = (byte)FpRounding.Odd;
        op->Handler = &NarrowDouble;
        return true;
    }

    /// <summary>FCVTXN (scalar).</summary>
    public static bool BindNarrowOddScalar(uint i, Op* op)
    {
        Registers(i, op);
        op->Ra = (byte)FpRounding.Odd;
        op->Handler = &NarrowScalar;
        return true;
    }

    private static Op* LongDouble(Cpu* cpu, Op* op)
    {
        ulong* d = V(cpu, op->Rd);
        ulong half = V(cpu, op->Rn)[op->Aux];
        d[0] = FpMath.Convert<Binary32, Binary64>((uint)half, ref Context(cpu));
        d[1] = FpMath.Convert<Binary32, Binary64>(half >> 32, ref Context(cpu));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* LongSingle(Cpu* cpu, Op* op)
    {
        ulong* d = V(cpu, op->Rd);
        ulong half = V(cpu, op->Rn)[op->Aux];
        for (int lane = 0; lane < 4; lane++, half >>= 16)
            Set<Binary32>(d, lane, FpMath.Convert<Binary16, Binary32>((ushort)half, ref Context(cpu)));
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* NarrowDouble(Cpu* cpu, Op* op)
    {
        ulong* n = V(cpu, op->Rn);
        ulong half = FpMath.Convert<Binary64, Binary32>(n[0], ref Context(cpu), Rounding(cpu, op));
        half |= FpMath.Convert<Binary64, Binary32>(n[1], ref Context(cpu), Rounding(cpu, op)) << 32;
        SetHalf(cpu, op, half);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* NarrowSingle(Cpu* cpu, Op* op)
    {
        ulong* n = V(cpu, op->Rn);
        ulong half = 0;
        for (int lane = 0; lane < 4; lane++)
            half |= FpMath.Convert<Binary32, Binary16>(Get<Binary32>(n, lane), ref Context(cpu)) << (16 * lane);
        SetHalf(cpu, op, half);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* NarrowScalar(Cpu* cpu, Op* op)
    {
        SetScalar(cpu, op->Rd, FpMath.Convert<Binary64, Binary32>(*V(cpu, op->Rn), ref Context(cpu), FpRounding.Odd));
        return op[1].Handler(cpu, op + 1);
    }

    // Vpart: the lower half clears the upper one, the upper half keeps the lower one.
    private static void SetHalf(Cpu* cpu, Op* op, ulong half)
    {
        ulong* d = V(cpu, op->Rd);
        d[op->Aux] = half;
        if (op->Aux == 0) d[1] = 0;
    }
}
