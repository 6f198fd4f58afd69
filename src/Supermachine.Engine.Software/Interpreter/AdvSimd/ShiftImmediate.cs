using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>Shifts by immediate (ARM ARM C4.1, Advanced SIMD shift by immediate): the highest one of immh is the size, the rest of immh:immb the amount.</summary>
internal static unsafe class ShiftImmediate
{
    /// <summary>Size (log2 of bytes) and amount. False where immh is zero.</summary>
    public static bool TryDecode(uint i, bool right, out uint size, out int amount)
    {
        (size, amount) = (0, 0);
        uint immh = i.Field(19, 4);
        if (immh == 0) return false;
        size = (uint)BitOperations.Log2(immh);
        int bits = 8 << (int)size, value = (int)i.Field(16, 7);
        amount = right ? (2 * bits) - value : value - bits;
        return true;
    }

    public static bool Left<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp => Vector<TOp, Unsigned>(i, op, right: false);

    public static bool Right<TOp, TSign>(uint i, Op* op)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign => Vector<TOp, TSign>(i, op, right: true);

    public static bool ScalarLeft<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp => Scalar<TOp, Unsigned>(i, op, right: false);

    public static bool ScalarRight<TOp, TSign>(uint i, Op* op)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign => Scalar<TOp, TSign>(i, op, right: true);

    private static bool Vector<TOp, TSign>(uint i, Op* op, bool right)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign
    {
        if (!TryDecode(i, right, out uint size, out int amount) || (size == 3 && !i.Bit(30))) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)amount;
        op->Handler = Vectors.Choose<TOp, TSign>(size, i.Bit(30));
        return true;
    }

    private static bool Scalar<TOp, TSign>(uint i, Op* op, bool right)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign
    {
        if (!TryDecode(i, right, out uint size, out int amount) || size != 3) return false;
        Vectors.Registers(i, op);
        op->Aux = (ushort)amount;
        op->Handler = Vectors.Choose<TOp, TSign, HalfWidth>(3);
        return true;
    }
}
