namespace Supermachine.Engine.Software;

/// <summary>What an instruction of a block means for lookups that several accesses share.</summary>
/// <param name="IsBarrier">It may change translations or the level, or is not known: nothing is shared across it.</param>
/// <param name="IsOffset">It loads or stores at an address and a constant.</param>
/// <param name="IsLoad">Whether it loads.</param>
/// <param name="Address">The registers of the address.</param>
/// <param name="Start">The constant.</param>
/// <param name="End">The constant and the bytes that are accessed.</param>
/// <param name="Written">A bit for each slot that it may write; some may be V registers.</param>
internal readonly record struct PlainAccess(bool IsBarrier, bool IsOffset, bool IsLoad, AddressRegisters Address, int Start, int End, ulong Written)
{
    private const uint Class = 0x3A00_0000, Single = 0x3800_0000, Pair = 0x2800_0000;

    public static PlainAccess Barrier => new(true, false, false, default, 0, 0, 0);

    /// <summary>Whether an address may be another after it.</summary>
    public bool Writes(AddressRegisters address) => (Written & address.Slots) != 0;

    public static unsafe PlainAccess Of(Row? row, uint i, Op* op)
    {
        if (i is BlockBuilder.FpCheck or BlockBuilder.FallThrough) return Computes(0);
        if (row is null || i == BlockBuilder.NoInstruction) return Barrier;
        if ((row.Traits & RowTraits.Conditional) != 0) return Computes(0);
        if ((row.Traits & (RowTraits.System | RowTraits.EndsBlock)) != 0) return Barrier;
        if ((row.Traits & RowTraits.Memory) == 0) return Computes(Bit(op->Rd));
        if ((i & Class) == Single) return OfSingle(i, op);
        return (i & Class) == Pair ? OfPair(i, op) : Barrier;
    }

    /// <summary>size 111 V 0u ..., as <see cref="LoadStoreBinder"/> has them.</summary>
    private static unsafe PlainAccess OfSingle(uint i, Op* op)
    {
        uint opc = i.Field(22, 2), size = i.Field(30, 2);
        bool vector = i.Bit(26), load = vector ? i.Bit(22) : opc != 0, isUnsigned = i.Bit(24);
        if (!vector && size == 3 && opc == 2) return Computes(0); // PRFM
        ulong written = load && !vector ? Bit(op->Rd) : 0;
        int bytes = vector && (opc & 2) != 0 ? 16 : 1 << (int)size, start = (int)(long)op->Imm;
        uint form = i.Field(10, 2);
        if (!isUnsigned && i.Bit(21)) return form == 2 ? new PlainAccess(false, true, load, AddressRegisters.Indexed(op), 0, bytes, written) : Barrier; // the others are atomics
        if (!isUnsigned && form != 0) return form == 2 ? Barrier : Computes(written | Bit(op->Rn));
        return new PlainAccess(false, true, load, AddressRegisters.Of(op), start, start + bytes, written);
    }

    /// <summary>opc 101 V 0 mode L ...</summary>
    private static unsafe PlainAccess OfPair(uint i, Op* op)
    {
        uint opc = i.Field(30, 2), mode = i.Field(23, 2);
        bool vector = i.Bit(26), load = i.Bit(22);
        ulong written = load && !vector ? Bit(op->Rd) | Bit(op->Ra) : 0;
        if (mode is 1 or 3) return Computes(written | Bit(op->Rn));
        int bytes = vector ? 8 << (int)opc : 8 << (int)(opc >> 1), start = (int)(long)op->Imm;
        return new PlainAccess(false, true, load, AddressRegisters.Of(op), start, start + bytes, written);
    }

    private static PlainAccess Computes(ulong written) => new(false, false, false, default, 0, 0, written);

    private static ulong Bit(int slot) => 1UL << slot;
}

/// <summary>Which registers an address is made of.</summary>
/// <param name="Base">The slot of the base.</param>
/// <param name="Index">The slot of the index; that of the base where there is none.</param>
/// <param name="Extension">How the index is extended and shifted, as its op has it; -1 where there is none.</param>
internal readonly record struct AddressRegisters(byte Base, byte Index, int Extension)
{
    /// <summary>A bit for each.</summary>
    public ulong Slots => 1UL << Base | 1UL << Index;

    public static unsafe AddressRegisters Of(Op* op) => new(op->Rn, op->Rn, -1);

    public static unsafe AddressRegisters Indexed(Op* op) => new(op->Rn, op->Rm, op->Aux);
}
