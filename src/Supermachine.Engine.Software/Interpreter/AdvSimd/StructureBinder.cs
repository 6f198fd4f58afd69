namespace Supermachine.Engine.Software;

/// <summary>Binds loads and stores of structures (ARM ARM C4.1, Advanced SIMD load/store structures).</summary>
internal static unsafe class StructureBinder
{
    /// <summary>LD1, ST1 (multiple structures): opcode 0111, 1010, 0110, 0010 for one to four registers.</summary>
    public static bool Whole(uint i, Op* op)
    {
        int registers = i.Field(12, 4) switch { 0b0111 => 1, 0b1010 => 2, 0b0110 => 3, _ => 4 };
        int width = i.Bit(30) ? 16 : 8;
        Operands(i, op, new StructureShape
        {
            Bytes = (byte)(registers * width),
            ElementSize = (byte)(1 << (int)i.Field(10, 2)),
            Registers = (byte)registers,
            Elements = (byte)width,
            Full = i.Bit(30),
        });
        if (registers == 1 && i.Bit(30)) op->Handler = i.Bit(22) ? &Structures.Load<OneQuad> : &Structures.Store<OneQuad>;
        else op->Handler = i.Bit(22) ? &Structures.Load<WholeRegisters> : &Structures.Store<WholeRegisters>;
        return true;
    }

    /// <summary>LD2 to LD4, ST2 to ST4 (multiple structures): opcode 1000, 0100, 0000.</summary>
    public static bool Multiple(uint i, Op* op)
    {
        uint size = i.Field(10, 2);
        if (size == 3 && !i.Bit(30)) return false;
        int registers = i.Field(12, 4) switch { 0b1000 => 2, 0b0100 => 3, _ => 4 };
        int width = i.Bit(30) ? 16 : 8;
        Operands(i, op, new StructureShape
        {
            Bytes = (byte)(registers * width),
            ElementSize = (byte)(1 << (int)size),
            Registers = (byte)registers,
            Elements = (byte)(width >> (int)size),
            Full = i.Bit(30),
        });
        bool load = i.Bit(22);
        op->Handler = size switch
        {
            0 => load ? &Structures.Load<Interleaved<byte>> : &Structures.Store<Interleaved<byte>>,
            1 => load ? &Structures.Load<Interleaved<ushort>> : &Structures.Store<Interleaved<ushort>>,
            2 => load ? &Structures.Load<Interleaved<uint>> : &Structures.Store<Interleaved<uint>>,
            _ => load ? &Structures.Load<Interleaved<ulong>> : &Structures.Store<Interleaved<ulong>>,
        };
        return true;
    }

    /// <summary>Single structure: opcode is scale and the high bit of the number of registers, R the low one; Q:S:size hold the index.</summary>
    public static bool Single(uint i, Op* op)
    {
        uint position = i.Field(30, 1) << 3 | i.Field(10, 3), scale = i.Field(14, 2);
        if (scale == 1 && (position & 1) != 0) return false;
        if (scale == 2 && (position & 3) == 1) scale = (position & 4) == 0 ? 3u : 4;
        if ((scale == 2 && (position & 3) != 0) || scale > 3) return false;
        SingleOperands(i, op, scale, position >> (int)scale);
        bool load = i.Bit(22);
        op->Handler = scale switch
        {
            0 => load ? &Structures.Load<OneElement<byte>> : &Structures.Store<OneElement<byte>>,
            1 => load ? &Structures.Load<OneElement<ushort>> : &Structures.Store<OneElement<ushort>>,
            2 => load ? &Structures.Load<OneElement<uint>> : &Structures.Store<OneElement<uint>>,
            _ => load ? &Structures.Load<OneElement<ulong>> : &Structures.Store<OneElement<ulong>>,
        };
        return true;
    }

    public static bool Replicate(uint i, Op* op)
    {
        uint scale = i.Field(10, 2);
        SingleOperands(i, op, scale, 0);
        op->Handler = scale switch
        {
            0 => &Structures.Load<Replicated<byte>>,
            1 => &Structures.Load<Replicated<ushort>>,
            2 => &Structures.Load<Replicated<uint>>,
            _ => &Structures.Load<Replicated<ulong>>,
        };
        return true;
    }

    private static void SingleOperands(uint i, Op* op, uint scale, uint index)
    {
        uint registers = (i.Field(13, 1) << 1 | i.Field(21, 1)) + 1;
        Operands(i, op, new StructureShape
        {
            Bytes = (byte)(registers << (int)scale),
            ElementSize = (byte)(1 << (int)scale),
            Registers = (byte)registers,
            Index = (byte)index,
            Full = i.Bit(30),
        });
    }

    /// <summary>Bit 23: post-index, by Rm, or where that is 31 by the bytes transferred. Without it the base becomes what it was.</summary>
    private static void Operands(uint i, Op* op, StructureShape shape)
    {
        bool post = i.Bit(23);
        uint rm = post ? i.Field(16, 5) : 31;
        op->Rd = (byte)i.Field(0, 5);
        op->Rn = (byte)i.Field(5, 5);
        op->Rm = Bits.Source(rm);
        op->Imm = post && rm == 31 ? shape.Bytes : 0UL;
        *Structures.Shape(op) = shape;
    }
}
