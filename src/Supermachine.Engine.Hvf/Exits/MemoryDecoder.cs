namespace Supermachine.Engine.Hvf;

/// <summary>What a decoder makes of an instruction that touched a device.</summary>
internal enum Decoded : byte
{
    /// <summary>Not a load or store that a device can serve.</summary>
    None,

    /// <summary>A load or store.</summary>
    Access,

    /// <summary>A hint (PRFM), which does nothing.</summary>
    Hint,

    /// <summary>Exclusive or atomic, which devices do not serve (ARM ARM B2.9.2).</summary>
    Exclusive,
}

/// <summary>Loads and stores of A64 (ARM ARM C4.1.94), for exits whose syndrome does not describe the access.</summary>
internal static class MemoryDecoder
{
    public static Decoded Decode(uint i, out MemoryInstruction access)
    {
        access = new MemoryInstruction { Rt = Register(i, 0), Rn = Register(i, 5), Rm = 31, Registers = 1, ElementsPerRegister = 1 };
        if ((i & 0x3b00_0000) == 0x1800_0000) return Literal(i, ref access);
        if ((i & 0x3a00_0000) == 0x2800_0000) return Pair(i, ref access);
        if ((i & 0x3f20_0c00) == 0x1900_0000) return Ordinary(i, ref access, Signed(i >> 12, 9), AddressMode.Offset);
        if ((i & 0x3f00_0000) == 0x0800_0000) return Ordered(i, ref access);
        if ((i & 0x3a00_0000) == 0x3800_0000) return Single(i, ref access);
        if ((i & 0xbfbf_0000) == 0x0c00_0000 || (i & 0xbfa0_0000) == 0x0c80_0000) return Structures(i, ref access);
        if ((i & 0xbf9f_0000) == 0x0d00_0000 || (i & 0xbf80_0000) == 0x0d80_0000) return Structure(i, ref access);
        return Decoded.None;
    }

    /// <summary>LDR (literal), LDRSW (literal), PRFM (literal).</summary>
    private static Decoded Literal(uint i, ref MemoryInstruction access)
    {
        uint opc = i >> 30;
        (access.Mode, access.Offset) = (AddressMode.Literal, Signed(i >> 5, 19) * 4);
        if (Simd(i)) return opc < 3 ? Vector(ref access, 4 << (int)opc) : Decoded.None;
        if (opc == 3) return Decoded.Hint;
        access.ElementSize = (byte)(opc == 1 ? 8 : 4);
        (access.IsSigned, access.Is64Bit) = (opc == 2, opc != 0);
        return Decoded.Access;
    }

    /// <summary>LDP, STP, LDNP, STNP, LDPSW.</summary>
    private static Decoded Pair(uint i, ref MemoryInstruction access)
    {
        uint opc = i >> 30;
        access.Mode = (i >> 23 & 3) switch { 1 => AddressMode.PostIndex, 3 => AddressMode.PreIndex, _ => AddressMode.Offset };
        (access.IsStore, access.Rt2, access.Registers) = (!Bit(i, 22), Register(i, 10), 2);
        int size = Simd(i) ? 4 << (int)opc : opc == 2 ? 8 : 4;
        access.Offset = Signed(i >> 15, 7) * size;
        if (opc == 3) return Decoded.None;
        access.IsPair = true;
        if (Simd(i)) return Vector(ref access, size);
        if (opc == 1 && access.IsStore) return Decoded.None; // STGP
        access.ElementSize = (byte)size;
        (access.IsSigned, access.Is64Bit) = (opc == 1, opc != 0);
        return Decoded.Access;
    }

    /// <summary>LDAR, STLR, LDLAR, STLLR; the exclusive ones and CAS are none for a device.</summary>
    private static Decoded Ordered(uint i, ref MemoryInstruction access)
    {
        if (!Bit(i, 23) || Bit(i, 21)) return Decoded.Exclusive;
        (access.IsStore, access.ElementSize, access.Is64Bit) = (!Bit(i, 22), (byte)(1 << (int)(i >> 30)), i >> 30 == 3);
        return Decoded.Access;
    }

    /// <summary>LDR, STR and their relatives of one register.</summary>
    private static Decoded Single(uint i, ref MemoryInstruction access)
    {
        if (Bit(i, 24)) return Ordinary(i, ref access, (long)(i >> 10 & 0xfff) * SizeOf(i), AddressMode.Offset);
        uint op = i >> 10 & 3;
        if (!Bit(i, 21)) return Ordinary(i, ref access, Signed(i >> 12, 9), op switch { 1 => AddressMode.PostIndex, 3 => AddressMode.PreIndex, _ => AddressMode.Offset });
        if (op == 2)
        {
            (access.Rm, access.Option) = (Register(i, 16), (byte)(i >> 13 & 7));
            access.Shift = Bit(i, 12) ? (byte)int.Log2(SizeOf(i)) : (byte)0;
            return (access.Option & 2) != 0 ? Ordinary(i, ref access, 0, AddressMode.Offset) : Decoded.None;
        }

        if ((i & 0x3fff_fc00) == 0x38bf_c000)
        {
            // LDAPR.
            (access.ElementSize, access.Is64Bit) = (SizeOf(i), i >> 30 == 3);
            return Decoded.Access;
        }

        return op == 0 && !Simd(i) ? Decoded.Exclusive : Decoded.None;
    }

    private static Decoded Ordinary(uint i, ref MemoryInstruction access, long offset, AddressMode mode)
    {
        uint opc = i >> 22 & 3;
        (access.Offset, access.Mode, access.IsStore) = (offset, mode, (opc & 1) == 0);
        if (Simd(i)) return (opc & 2) == 0 || i >> 30 == 0 ? Vector(ref access, SizeOf(i)) : Decoded.None;
        access.IsStore = opc == 0;
        access.ElementSize = SizeOf(i);
        if (opc >= 2 && access.ElementSize == 8) return opc == 2 ? Decoded.Hint : Decoded.None;
        if (opc == 3 && access.ElementSize == 4) return Decoded.None;
        (access.IsSigned, access.Is64Bit) = (opc >= 2, opc == 2 || access.ElementSize == 8);
        return Decoded.Access;
    }

    /// <summary>LD1 to LD4 and ST1 to ST4 of whole registers.</summary>
    private static Decoded Structures(uint i, ref MemoryInstruction access)
    {
        access.ElementSize = (byte)(1 << (int)(i >> 10 & 3));
        access.ElementsPerRegister = (byte)((Bit(i, 30) ? 16 : 8) / access.ElementSize);
        (access.Registers, access.Alternates) = (i >> 12 & 15) switch
        {
            0 => ((byte)4, true),
            2 => ((byte)4, false),
            4 => ((byte)3, true),
            6 => ((byte)3, false),
            7 => ((byte)1, false),
            8 => ((byte)2, true),
            10 => ((byte)2, false),
            _ => ((byte)0, false),
        };
        if (access.Registers == 0) return Decoded.None;
        return StructuresAt(i, ref access);
    }

    /// <summary>LD1 to LD4 and ST1 to ST4 of one element of each register, and LD1R to LD4R.</summary>
    private static Decoded Structure(uint i, ref MemoryInstruction access)
    {
        uint opcode = i >> 13 & 7, size = i >> 10 & 3, scale = opcode >> 1;
        uint index = (i >> 30 & 1) << 3 | (i >> 12 & 1) << 2 | size;
        access.Registers = (byte)(((opcode & 1) << 1 | (i >> 21 & 1)) + 1);
        (access.Alternates, access.Merges) = (true, true);
        switch (scale)
        {
            case 3:
                if (!Bit(i, 22) || Bit(i, 12)) return Decoded.None;
                (access.Merges, access.ReplicateOver, index, scale) = (false, Bit(i, 30) ? (byte)16 : (byte)8, 0, size);
                break;
            case 1 when (size & 1) != 0:
            case 2 when (size & 2) != 0 || (size == 1 && Bit(i, 12)):
                return Decoded.None;
            case 2 when size == 1:
                (index, scale) = (index >> 3, 3);
                break;
            default:
                index >>= (int)scale;
                break;
        }

        (access.ElementSize, access.FirstElement) = ((byte)(1 << (int)scale), (byte)index);
        return StructuresAt(i, ref access);
    }

    /// <summary>The address of structures: the base alone, or moved afterwards by their size or a register.</summary>
    private static Decoded StructuresAt(uint i, ref MemoryInstruction access)
    {
        (access.IsSimd, access.IsStore) = (true, !Bit(i, 22));
        if (!Bit(i, 23)) return Decoded.Access;
        (access.Mode, access.Rm, access.Option) = (AddressMode.PostIndex, Register(i, 16), 3);
        if (access.Rm == 31) access.Offset = access.Count * access.ElementSize;
        return Decoded.Access;
    }

    /// <summary>Whole SIMD registers of 1 to 16 bytes.</summary>
    private static Decoded Vector(ref MemoryInstruction access, int size)
    {
        access.IsSimd = true;
        (access.ElementSize, access.ElementsPerRegister) = size == 16 ? ((byte)8, (byte)2) : ((byte)size, (byte)1);
        return Decoded.Access;
    }

    /// <summary>Bytes of the register of a load or store of one; 16 for Q, which opc tells.</summary>
    private static byte SizeOf(uint i) => (byte)(Simd(i) && (i >> 22 & 2) != 0 ? 16 : 1 << (int)(i >> 30));

    private static bool Simd(uint i) => Bit(i, 26);

    private static byte Register(uint i, int at) => (byte)(i >> at & 31);

    private static bool Bit(uint i, int at) => (i >> at & 1) != 0;

    private static long Signed(uint field, int bits) => (long)((ulong)field << (64 - bits)) >> (64 - bits);
}
