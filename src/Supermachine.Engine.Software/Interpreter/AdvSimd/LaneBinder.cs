namespace Supermachine.Engine.Software;

/// <summary>Binds instructions done lane by lane whose elements are all of one size.</summary>
internal static unsafe class LaneBinder
{
    /// <summary>Vector, sizes 8 to 64.</summary>
    public static bool AllSizes<TOp, TSign, TFit>(uint i, Op* op)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
        where TFit : struct, IFit
    {
        uint size = i.Field(22, 2);
        return (size != 3 || i.Bit(30)) && Same<TOp, TSign, TFit>(i, op, size, Count(i, size));
    }

    /// <summary>Vector, sizes 8, 16 and 32.</summary>
    public static bool UpTo32<TOp, TSign, TFit>(uint i, Op* op)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
        where TFit : struct, IFit => i.Field(22, 2) != 3 && AllSizes<TOp, TSign, TFit>(i, op);

    /// <summary>Scalar of any size.</summary>
    public static bool Scalar<TOp, TSign, TFit>(uint i, Op* op)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
        where TFit : struct, IFit => Same<TOp, TSign, TFit>(i, op, i.Field(22, 2), 1);

    /// <summary>Scalar of 64 bits alone.</summary>
    public static bool Scalar64<TOp, TSign, TFit>(uint i, Op* op)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
        where TFit : struct, IFit => i.Field(22, 2) == 3 && Same<TOp, TSign, TFit>(i, op, 3, 1);

    /// <summary>SQDMULH, SQRDMULH: 16 and 32 bits, signed.</summary>
    public static bool MultiplyHigh<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => i.Field(22, 2) is 1 or 2 && AllSizes<TOp, Signed, Saturating>(i, op);

    public static bool ScalarMultiplyHigh<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => i.Field(22, 2) is 1 or 2 && Scalar<TOp, Signed, Saturating>(i, op);

    public static bool MultiplyHighByElement<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => MultiplyHigh<TOp>(i, op) && ByElement(i, op);

    public static bool ScalarMultiplyHighByElement<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => ScalarMultiplyHigh<TOp>(i, op) && ByElement(i, op);

    /// <summary>Shift by immediate to the left, saturating.</summary>
    public static bool ShiftLeft<TOp, TSign>(uint i, Op* op)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
    {
        if (!ShiftImmediate.TryDecode(i, right: false, out uint size, out int amount) || (size == 3 && !i.Bit(30))) return false;
        op->Imm = (ulong)amount;
        return Same<TOp, TSign, Saturating>(i, op, size, Count(i, size));
    }

    public static bool ScalarShiftLeft<TOp, TSign>(uint i, Op* op)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
    {
        if (!ShiftImmediate.TryDecode(i, right: false, out uint size, out int amount)) return false;
        op->Imm = (ulong)amount;
        return Same<TOp, TSign, Saturating>(i, op, size, 1);
    }

    /// <summary>Makes Rm the element of a by-element instruction. Always true for its sizes.</summary>
    public static bool ByElement(uint i, Op* op)
    {
        if (!VectorBinder.Element(i, op)) return false;
        LaneShape* shape = Lanes.Shape(op);
        (shape->FirstM, shape->StepM) = (op->Ra, 0);
        return true;
    }

    /// <summary>How many elements of a size Q allows.</summary>
    public static int Count(uint i, uint size) => (i.Bit(30) ? 16 : 8) >> (int)size;

    private static bool Same<TOp, TSign, TFit>(uint i, Op* op, uint size, int count)
        where TOp : struct, ILaneOp
        where TSign : struct, ISign
        where TFit : struct, IFit
    {
        Vectors.Registers(i, op);
        *Lanes.Shape(op) = new LaneShape { Count = (byte)count, StepM = 1 };
        op->Handler = (TSign.IsSigned, size) switch
        {
            (false, 0) => &Lanes.Run<byte, byte, byte, long, TOp, TFit>,
            (false, 1) => &Lanes.Run<ushort, ushort, ushort, long, TOp, TFit>,
            (false, 2) => &Lanes.Run<uint, uint, uint, long, TOp, TFit>,
            (false, _) => &Lanes.Run<ulong, ulong, ulong, Int128, TOp, TFit>,
            (true, 0) => &Lanes.Run<sbyte, sbyte, sbyte, long, TOp, TFit>,
            (true, 1) => &Lanes.Run<short, short, short, long, TOp, TFit>,
            (true, 2) => &Lanes.Run<int, int, int, long, TOp, TFit>,
            (true, _) => &Lanes.Run<long, long, long, Int128, TOp, TFit>,
        };
        return true;
    }
}
