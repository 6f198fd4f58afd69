namespace Supermachine.Engine.Software;

/// <content>Loads and stores of registers.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool LoadStoreUnsigned(BlockTranslator t, uint i, Op* op) => t.Single(i, op, Index.Offset);

    public static bool LoadStoreUnscaled(BlockTranslator t, uint i, Op* op) => t.Single(i, op, Index.Offset);

    public static bool LoadStorePostIndexed(BlockTranslator t, uint i, Op* op) => t.Single(i, op, Index.Post);

    public static bool LoadStorePreIndexed(BlockTranslator t, uint i, Op* op) => t.Single(i, op, Index.Pre);

    public static bool LoadStoreRegister(BlockTranslator t, uint i, Op* op) => t.Single(i, op, Index.Register);

    public static bool LoadStoreUnprivileged(BlockTranslator t, uint i, Op* op) => t.Single(i, op, Index.Offset, CpuOffset.TlbEl0);

    public static bool LoadLiteral(BlockTranslator t, uint i, Op* op)
    {
        uint opc = i.Field(30, 2);
        bool vector = i.Bit(26);
        if (!vector && opc == 3) return true;
        int size = vector ? 2 + (int)opc : opc == 1 ? 3 : 2;
        t._keepsHeld = true;
        t.Asm.Load(A, Cpu0, CpuOffset.PageVa);
        Access access = t.Check(op, new GuestAddress(A, (int)(long)op->Imm), 1 << size, TlbOffset.Read, CpuOffset.Tlb);
        if (vector) t.LoadIntoV(op->Rd, size, access.Place);
        else t.LoadInteger(op->Rd, size, signed: opc == 2, wide: true, access.Place);
        t.Finish(access);
        return true;
    }

    public static bool LoadStorePair(BlockTranslator t, uint i, Op* op)
    {
        uint opc = i.Field(30, 2), mode = i.Field(23, 2);
        bool vector = i.Bit(26), load = i.Bit(22);
        int size = vector ? 2 + (int)opc : 2 + (int)(opc >> 1), bytes = 1 << size;
        Index index = mode switch { 1 => Index.Post, 3 => Index.Pre, _ => Index.Offset };
        bool overwritesBase = load && !vector && (op->Rd == op->Rn || op->Ra == op->Rn);
        t._keepsHeld = true;
        GuestAddress address = t.AddressOf(op, index, overwritesBase);
        Access access = t.CheckShared(op, address, 2 * bytes, load ? TlbOffset.Read : TlbOffset.Write);
        HostPlace first = access.Place, second = first.Plus(bytes);
        if (overwritesBase) t.WriteBack(op, index);
        if (vector)
        {
            t.MoveVector(load, op->Rd, size, first);
            t.MoveVector(load, op->Ra, size, second);
        }
        else if (load)
        {
            t.LoadInteger(op->Rd, size, opc == 1, wide: true, first);
            t.LoadInteger(op->Ra, size, opc == 1, wide: true, second);
        }
        else
        {
            t.StoreInteger(op->Rd, size, first);
            t.StoreInteger(op->Ra, size, second);
        }

        if (!overwritesBase) t.WriteBack(op, index);
        t.Finish(access);
        return true;
    }

    private bool Single(uint i, Op* op, Index index, int tlb = 0)
    {
        uint opc = i.Field(22, 2), size = i.Field(30, 2);
        bool vector = i.Bit(26);
        if (!vector && size == 3 && opc == 2) return true; // PRFM
        int log = vector && (opc & 2) != 0 ? 4 : (int)size;
        bool load = vector ? (opc & 1) != 0 : opc != 0;
        bool overwritesBase = load && !vector && op->Rd == op->Rn;
        _keepsHeld = true;
        GuestAddress address = AddressOf(op, index, overwritesBase);
        int tag = load ? TlbOffset.Read : TlbOffset.Write;
        Access access = tlb == 0 ? CheckShared(op, address, 1 << log, tag) : CheckStack(op, Check(op, address, 1 << log, tag, tlb));

        // A load into the base wins over its write-back.
        if (overwritesBase) WriteBack(op, index);
        if (vector) MoveVector(load, op->Rd, log, access.Place);
        else if (load) LoadInteger(op->Rd, log, opc >= 2, wide: opc == 2, access.Place);
        else StoreInteger(op->Rd, log, access.Place);
        if (!overwritesBase) WriteBack(op, index);
        Finish(access);
        return true;
    }

    private void LoadInteger(int rd, int log, bool signed, bool wide, HostPlace at)
    {
        HostRegister to = rd != Cpu.Discard && TryGetHost(rd, out HostRegister pinned) ? pinned : B;
        switch (log, signed)
        {
            case (0, false): Asm.RegPlace(0xB6, (int)to, at, wide: false, escape: true); break;
            case (1, false): Asm.RegPlace(0xB7, (int)to, at, wide: false, escape: true); break;
            case (2, false): Asm.RegPlace(0x8B, (int)to, at, wide: false); break;
            case (3, _): Asm.RegPlace(0x8B, (int)to, at, wide: true); break;
            case (0, true): Asm.RegPlace(0xBE, (int)to, at, wide, escape: true); break;
            case (1, true): Asm.RegPlace(0xBF, (int)to, at, wide, escape: true); break;
            default: Asm.RegPlace(0x63, (int)to, at, wide: true); break;
        }

        Put(rd, to);
    }

    private void StoreInteger(int rd, int log, HostPlace at) => StoreFrom(Use(rd, B), log, at);

    /// <summary>Loads or stores a V register; a load of less than 16 bytes zeroes the rest.</summary>
    private void MoveVector(bool load, int rd, int log, HostPlace at)
    {
        if (load)
        {
            LoadIntoV(rd, log, at);
        }
        else if (log >= 2 && TryGetHeld(rd, HeldForm.Full, out HostVector held))
        {
            StoreVectorLow((int)held, log, at);
        }
        else if (log == 4)
        {
            Asm.RegMem(0x10, 0, Cpu0, CpuOffset.V(rd), wide: false, escape: true); // MOVUPS XMM0, memory
            StoreVectorLow(0, log, at);
        }
        else
        {
            Asm.Load(B, Cpu0, CpuOffset.V(rd));
            StoreFrom(B, log, at);
        }
    }

    private void LoadIntoV(int rd, int log, HostPlace at)
    {
        if (log >= 2)
        {
            Asm.RegPlace(0x10, 0, at, wide: false, VectorPrefix(log), escape: true); // MOVUPS, or MOVSD and MOVSS with zeros above
        }
        else
        {
            Asm.RegPlace(log == 0 ? 0xB6 : 0xB7, (int)B, at, wide: false, escape: true);
            Asm.RegReg0F(0x6E, HostRegister.RAX, B, wide: false, prefix: 0x66); // MOVD XMM0, ECX
        }

        Asm.RegMem(0x11, 0, Cpu0, CpuOffset.V(rd), wide: false, escape: true);
        Hold(rd, HostVector.XMM0, log == 4 ? HeldForm.Full : log == 3 ? HeldForm.Half : HeldForm.Single);
    }

    /// <summary>Stores the low 4, 8 or 16 bytes of a vector register.</summary>
    private void StoreVectorLow(int from, int log, HostPlace at) => Asm.RegPlace(0x11, from, at, wide: false, VectorPrefix(log), escape: true);

    /// <summary>What makes MOVUPS a MOVSS or MOVSD.</summary>
    private static int VectorPrefix(int log) => log switch { 2 => 0xF3, 3 => 0xF2, _ => 0 };

    private void StoreFrom(HostRegister from, int log, HostPlace at)
    {
        switch (log)
        {
            case 0: Asm.RegPlace(0x88, (int)from, at, wide: false, byteReg: true); break;
            case 1: Asm.RegPlace(0x89, (int)from, at, wide: false, prefix: 0x66); break;
            default: Asm.RegPlace(0x89, (int)from, at, wide: log == 3); break;
        }
    }
}
