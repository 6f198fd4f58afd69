namespace Supermachine.Engine.Software;

/// <summary>Binds instructions done lane by lane whose elements differ: in sign (SUQADD, SQSHLU) or in size (SQXTN, SQDMULL).</summary>
internal static unsafe class MixedLaneBinder
{
    /// <summary>SUQADD: signed and unsigned.</summary>
    public static bool SignedAccumulate(uint i, Op* op) => Vector(i, out uint size) && SignedAccumulate(i, op, size, LaneBinder.Count(i, size));

    public static bool ScalarSignedAccumulate(uint i, Op* op) => SignedAccumulate(i, op, i.Field(22, 2), 1);

    /// <summary>USQADD: unsigned and signed.</summary>
    public static bool UnsignedAccumulate(uint i, Op* op) =>
        Vector(i, out uint size) && FromSigned<LaneOps.Accumulate>(i, op, size, LaneBinder.Count(i, size));

    public static bool ScalarUnsignedAccumulate(uint i, Op* op) => FromSigned<LaneOps.Accumulate>(i, op, i.Field(22, 2), 1);

    /// <summary>SQSHLU.</summary>
    public static bool ShiftLeftUnsigned(uint i, Op* op)
    {
        if (!ShiftImmediate.TryDecode(i, right: false, out uint size, out int amount) || (size == 3 && !i.Bit(30))) return false;
        op->Imm = (ulong)amount;
        return FromSigned<LaneOps.ShiftLeft>(i, op, size, LaneBinder.Count(i, size));
    }

    public static bool ScalarShiftLeftUnsigned(uint i, Op* op)
    {
        if (!ShiftImmediate.TryDecode(i, right: false, out uint size, out int amount)) return false;
        op->Imm = (ulong)amount;
        return FromSigned<LaneOps.ShiftLeft>(i, op, size, 1);
    }

    private static bool Vector(uint i, out uint size)
    {
        size = i.Field(22, 2);
        return size != 3 || i.Bit(30);
    }

    private static bool SignedAccumulate(uint i, Op* op, uint size, int count)
    {
        Vectors.Registers(i, op);
        *Lanes.Shape(op) = new LaneShape { Count = (byte)count, StepM = 1 };
        op->Handler = size switch
        {
            0 => &Lanes.Run<sbyte, byte, byte, long, LaneOps.Accumulate, Saturating>,
            1 => &Lanes.Run<short, ushort, ushort, long, LaneOps.Accumulate, Saturating>,
            2 => &Lanes.Run<int, uint, uint, long, LaneOps.Accumulate, Saturating>,
            _ => &Lanes.Run<long, ulong, ulong, Int128, LaneOps.Accumulate, Saturating>,
        };
        return true;
    }

    private static bool FromSigned<TOp>(uint i, Op* op, uint size, int count)
        where TOp : struct, ILaneOp
    {
        Vectors.Registers(i, op);
        *Lanes.Shape(op) = new LaneShape { Count = (byte)count, StepM = 1 };
        op->Handler = size switch
        {
            0 => &Lanes.Run<byte, sbyte, sbyte, long, TOp, Saturating>,
            1 => &Lanes.Run<ushort, short, short, long, TOp, Saturating>,
            2 => &Lanes.Run<uint, int, int, long, TOp, Saturating>,
            _ => &Lanes.Run<ulong, long, long, Int128, TOp, Saturating>,
        };
        return true;
    }
}
