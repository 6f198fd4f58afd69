namespace Supermachine.Engine.Software;

/// <summary>
/// Binds vector instructions of the forms Q, size, Rm, Rn, Rd; the methods differ in which sizes are allocated. Rm is meaningless
/// where there is none.
/// </summary>
internal static unsafe class VectorBinder
{
    /// <summary>Sizes 8 to 64, but no vector of one 64-bit element.</summary>
    public static bool AllSizes<TOp, TSign>(uint i, Op* op)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign
    {
        uint size = i.Field(22, 2);
        if (size == 3 && !i.Bit(30)) return false;
        Vectors.Registers(i, op);
        op->Handler = Vectors.Choose<TOp, TSign>(size, i.Bit(30));
        return true;
    }

    /// <summary>Sizes 8, 16 and 32.</summary>
    public static bool UpTo32<TOp, TSign>(uint i, Op* op)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign => i.Field(22, 2) != 3 && AllSizes<TOp, TSign>(i, op);

    /// <summary>Size 8 alone, which may stand for no size at all.</summary>
    public static bool Bytes<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp => i.Field(22, 2) == 0 && BitString<TOp>(i, op);

    /// <summary>Where the size field selects the operation, or is fixed in the pattern.</summary>
    public static bool BitString<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp
    {
        Vectors.Registers(i, op);
        op->Handler = Vectors.Choose<TOp, Unsigned>(0, i.Bit(30));
        return true;
    }

    /// <summary>The scalar form that exists for 64 bits alone.</summary>
    public static bool Scalar64<TOp, TSign>(uint i, Op* op)
        where TOp : struct, IVectorOp
        where TSign : struct, ISign
    {
        if (i.Field(22, 2) != 3) return false;
        Vectors.Registers(i, op);
        op->Handler = Vectors.Choose<TOp, TSign, HalfWidth>(3);
        return true;
    }

    /// <summary>By element: size L M Rm opcode H; 16 and 32 bits (ARM ARM C4.1, Advanced SIMD vector x indexed element).</summary>
    public static bool ByElement<TOp>(uint i, Op* op)
        where TOp : struct, IVectorOp
    {
        if (!Element(i, op)) return false;
        op->Handler = Vectors.Choose<TOp, Unsigned>(i.Field(22, 2), i.Bit(30));
        return true;
    }

    /// <summary>The operands of a by-element instruction: <see cref="Op.Ra"/> has the index.</summary>
    public static bool Element(uint i, Op* op)
    {
        Vectors.Registers(i, op);
        uint h = i.Field(11, 1), l = i.Field(21, 1), m = i.Field(20, 1);
        switch (i.Field(22, 2))
        {
            case 1:
                op->Rm &= 15;
                op->Ra = (byte)(h << 2 | l << 1 | m);
                return true;
            case 2:
                op->Ra = (byte)(h << 1 | l);
                return true;
            default:
                return false;
        }
    }
}
