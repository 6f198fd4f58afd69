namespace Supermachine.Engine.Software;

/// <summary>Signs of a saturating narrowing: source to destination.</summary>
internal enum NarrowKind
{
    SignedToSigned,
    UnsignedToUnsigned,
    SignedToUnsigned,
}

/// <summary>SQXTN, UQXTN, SQXTUN, SQSHRN, UQSHRN, SQSHRUN and the rounding ones: a right shift of zero or more, then saturation.</summary>
internal static unsafe class SaturatingNarrow
{
    public static bool ExtractSigned(uint i, Op* op) => Extract(i, op, NarrowKind.SignedToSigned);

    public static bool ExtractUnsigned(uint i, Op* op) => Extract(i, op, NarrowKind.UnsignedToUnsigned);

    public static bool ExtractSignedToUnsigned(uint i, Op* op) => Extract(i, op, NarrowKind.SignedToUnsigned);

    public static bool ShiftSigned<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => Shift<TOp>(i, op, NarrowKind.SignedToSigned);

    public static bool ShiftUnsigned<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => Shift<TOp>(i, op, NarrowKind.UnsignedToUnsigned);

    public static bool ShiftSignedToUnsigned<TOp>(uint i, Op* op)
        where TOp : struct, ILaneOp => Shift<TOp>(i, op, NarrowKind.SignedToUnsigned);

    private static bool Extract(uint i, Op* op, NarrowKind kind) => Bind<LaneOps.ShiftRight>(i, op, kind, i.Field(22, 2), 0);

    private static bool Shift<TOp>(uint i, Op* op, NarrowKind kind)
        where TOp : struct, ILaneOp =>
        ShiftImmediate.TryDecode(i, right: true, out uint size, out int amount) && Bind<TOp>(i, op, kind, size, amount);

    /// <summary>Bit 28 is set in the scalar forms; Q there is 1 by the pattern, but does not choose a half.</summary>
    private static bool Bind<TOp>(uint i, Op* op, NarrowKind kind, uint size, int amount)
        where TOp : struct, ILaneOp
    {
        if (size == 3) return false;
        bool scalar = i.Bit(28);
        int lanes = 8 >> (int)size;
        Vectors.Registers(i, op);
        op->Imm = (ulong)amount;
        *Lanes.Shape(op) = new LaneShape { Count = (byte)(scalar ? 1 : lanes), FirstD = (byte)(i.Bit(30) && !scalar ? lanes : 0), StepM = 1 };
        op->Handler = (kind, size) switch
        {
            (NarrowKind.SignedToSigned, 0) => &Lanes.Run<sbyte, short, short, long, TOp, Saturating>,
            (NarrowKind.SignedToSigned, 1) => &Lanes.Run<short, int, int, long, TOp, Saturating>,
            (NarrowKind.SignedToSigned, _) => &Lanes.Run<int, long, long, Int128, TOp, Saturating>,
            (NarrowKind.UnsignedToUnsigned, 0) => &Lanes.Run<byte, ushort, ushort, long, TOp, Saturating>,
            (NarrowKind.UnsignedToUnsigned, 1) => &Lanes.Run<ushort, uint, uint, long, TOp, Saturating>,
            (NarrowKind.UnsignedToUnsigned, _) => &Lanes.Run<uint, ulong, ulong, Int128, TOp, Saturating>,
            (_, 0) => &Lanes.Run<byte, short, short, long, TOp, Saturating>,
            (_, 1) => &Lanes.Run<ushort, int, int, long, TOp, Saturating>,
            (_, _) => &Lanes.Run<uint, long, long, Int128, TOp, Saturating>,
        };
        return true;
    }
}
