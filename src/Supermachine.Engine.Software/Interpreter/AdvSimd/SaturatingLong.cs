namespace Supermachine.Engine.Software;

/// <summary>SQDMULL, SQDMLAL, SQDMLSL: sources of 16 and 32 bits, vector, scalar and by element.</summary>
internal static unsafe class SaturatingLong
{
    public static bool Bind<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp
    {
        uint size = i.Field(22, 2);
        if (size is 0 or 3) return false;
        bool scalar = i.Bit(28);
        int lanes = 8 >> (int)size, first = i.Bit(30) && !scalar ? lanes : 0;
        Vectors.Registers(i, op);
        *Lanes.Shape(op) = new LaneShape { Count = (byte)(scalar ? 1 : lanes), FirstN = (byte)first, FirstM = (byte)first, StepM = 1 };
        op->Handler = size == 1 ? &Lanes.Run<int, short, short, long, TOp, Saturating> : &Lanes.Run<long, int, int, Int128, TOp, Saturating>;
        return true;
    }

    public static bool BindByElement<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => Bind<TOp>(i, op) && LaneBinder.ByElement(i, op);
}
