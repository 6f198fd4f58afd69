namespace Supermachine.Engine.Software;

/// <content>Loads and stores: the TLB check in line, everything else in the interpreter.</content>
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
        t.EmitPc(A, op->Imm);
        Access access = t.Check(op, 1 << size, TlbOffset.Read, CpuOffset.Tlb);
        if (vector) t.MoveVector(load: true, op->Rd, size, 0);
        else t.LoadInteger(op->Rd, size, signed: opc == 2, wide: true, 0);
        t.Finish(access);
        return true;
    }

    public static bool LoadStorePair(BlockTranslator t, uint i, Op* op)
    {
        uint opc = i.Field(30, 2), mode = i.Field(23, 2);
        bool vector = i.Bit(26), load = i.Bit(22);
        int size = vector ? 2 + (int)opc : 2 + (int)(opc >> 1), bytes = 1 << size;
        Index index = mode switch { 1 => Index.Post, 3 => Index.Pre, _ => Index.Offset };
        t._keepsHeld = true;
        t.CheckStack(op);
        t.AddressTo(op, index);
        Access access = t.Check(op, 2 * bytes, load ? TlbOffset.Read : TlbOffset.Write, CpuOffset.Tlb);
        if (vector)
        {
            t.MoveVector(load, op->Rd, size, 0);
            t.MoveVector(load, op->Ra, size, bytes);
        }
        else if (load)
        {
            t.LoadInteger(op->Rd, size, opc == 1, wide: true, 0);
            t.LoadInteger(op->Ra, size, opc == 1, wide: true, bytes);
        }
        else
        {
            t.StoreInteger(op->Rd, size, 0);
            t.StoreInteger(op->Ra, size, bytes);
        }

        t.WriteBack(op, index);
        t.Finish(access);
        return true;
    }

    private bool Single(uint i, Op* op, Index index, int tlb = 0)
    {
        if (tlb == 0) tlb = CpuOffset.Tlb;
        uint opc = i.Field(22, 2), size = i.Field(30, 2);
        bool vector = i.Bit(26);
        if (!vector && size == 3 && opc == 2) return true; // PRFM
        int log = vector && (opc & 2) != 0 ? 4 : (int)size;
        bool load = vector ? (opc & 1) != 0 : opc != 0;
        _keepsHeld = true;
        CheckStack(op);
        AddressTo(op, index);
        Access access = Check(op, 1 << log, load ? TlbOffset.Read : TlbOffset.Write, tlb);
        if (vector) MoveVector(load, op->Rd, log, 0);
        else if (load)
        {
            // With write-back the base is written first: a load into the base wins.
            WriteBack(op, index);
            LoadInteger(op->Rd, log, opc >= 2, wide: opc == 2, 0);
            Finish(access);
            return true;
        }
        else StoreInteger(op->Rd, log, 0);

        WriteBack(op, index);
        Finish(access);
        return true;
    }

    /// <summary>An SP that is not aligned is the interpreter's business.</summary>
    private void CheckStack(Op* op)
    {
        _stack = null;
        if (op->Rn != Cpu.SP) return;
        Asm.TestByteConstant(HostRegister.RBX, 15);
        _stack = Asm.JumpForward(HostCondition.NE);
    }

    private ulong? _stack;

    /// <summary>RAX = the address.</summary>
    private void AddressTo(Op* op, Index index)
    {
        HostRegister from = Use(op->Rn, A);
        switch (index)
        {
            case Index.Post:
                if (from != A) Asm.Move(A, from);
                break;
            case Index.Register:
                int option = op->Aux >> 8, amount = op->Aux & 0xFF;
                HostRegister second = B;
                if (option is 0 or 7 && Pinning.TryGet(op->Rm, out HostRegister pinned)) second = pinned;
                else if (op->Rm == Cpu.Zero) Asm.MoveConstant(B, 0);
                else ExtendedTo(B, op->Rm, option == 0 ? 7 : option, 0);
                if (amount > 3)
                {
                    if (second != B) Asm.Move(B, second);
                    Asm.Shift(4, B, amount);
                    (second, amount) = (B, 0);
                }

                Asm.LeaIndexed(A, from, second, amount);
                break;
            default:
                Asm.Lea(A, from, (int)(long)op->Imm);
                break;
        }
    }

    /// <summary>Turns the virtual address in RAX into a host address, or leaves for the interpreter. Takes RCX and RDX.</summary>
    private Access Check(Op* op, int bytes, int tag, int tlb)
    {
        EmitTlbEntry(tlb);
        Asm.Lea(B, A, bytes - 1);
        Asm.AluConstant(AND, B, unchecked((int)0xFFFFF000));
        return EmitHit(op, tag);
    }

    /// <summary>As <see cref="Check"/>, for an access that has to be aligned to its size: the bits below are compared with the tag's zeros.</summary>
    private Access CheckAligned(Op* op, int bytes, int tag)
    {
        EmitTlbEntry(CpuOffset.Tlb);
        Asm.Move(B, A);
        Asm.AluConstant(AND, B, unchecked((int)0xFFFFF000) | (bytes - 1));
        return EmitHit(op, tag);
    }

    /// <summary>RDX = the TLB's entry for the virtual address in RAX.</summary>
    private void EmitTlbEntry(int tlb)
    {
        Asm.Move(D, A, wide: false);
        Asm.Shift(5, D, 7, wide: false);
        Asm.AluMemory(AND, D, Cpu0, tlb + sizeof(ulong), wide: false); // the mask follows the pointer
        Asm.AluMemory(ADD, D, Cpu0, tlb);
    }

    /// <summary>RAX = the host address, if the page in RCX is the entry's.</summary>
    private Access EmitHit(Op* op, int tag)
    {
        Asm.AluMemory(CMP, B, D, tag);
        Clobbered();
        ulong slow = Asm.JumpForward(HostCondition.NE);
        Asm.AluMemory(ADD, A, D, TlbOffset.Addend);
        Access access = new((nint)op, slow, _stack);
        _stack = null;
        return access;
    }

    /// <summary>Where the slow path comes back to.</summary>
    private void Finish(Access access)
    {
        _cold.Add(new ColdPath(access.Slow, Asm.Here, ColdKind.Interpret, access.Op, 0));
        if (access.Stack is { } stack) _cold.Add(new ColdPath(stack, Asm.Here, ColdKind.Interpret, access.Op, 0));
    }

    private void WriteBack(Op* op, Index index)
    {
        if (index is not (Index.Pre or Index.Post)) return;
        HostRegister from = Use(op->Rn, B);
        Asm.Lea(from, from, (int)(long)op->Imm);
        Put(op->Rn, from);
    }

    private void LoadInteger(int rd, int log, bool signed, bool wide, int at)
    {
        HostRegister to = rd != Cpu.Discard && Pinning.TryGet(rd, out HostRegister pinned) ? pinned : B;
        switch (log, signed)
        {
            case (0, false): Asm.RegMem(0xB6, (int)to, A, at, wide: false, escape: true); break;
            case (1, false): Asm.RegMem(0xB7, (int)to, A, at, wide: false, escape: true); break;
            case (2, false): Asm.Load(to, A, at, wide: false); break;
            case (3, _): Asm.Load(to, A, at); break;
            case (0, true): Asm.RegMem(0xBE, (int)to, A, at, wide, escape: true); break;
            case (1, true): Asm.RegMem(0xBF, (int)to, A, at, wide, escape: true); break;
            default: Asm.RegMem(0x63, (int)to, A, at, wide: true); break;
        }

        Put(rd, to);
    }

    private void StoreInteger(int rd, int log, int at) => StoreFrom(Use(rd, B), log, at);

    /// <summary>Loads or stores a V register; a load of less than 16 bytes zeroes the rest.</summary>
    private void MoveVector(bool load, int rd, int log, int at)
    {
        if (load) LoadIntoV(rd, log, at);
        else if (log >= 2 && TryGetHeld(rd, HeldForm.Full, out HostVector held)) StoreHeld(held, log, at);
        else if (log == 4)
        {
            Asm.RegMem(0x10, 0, Cpu0, CpuOffset.V(rd), wide: false, escape: true); // MOVUPS XMM0, memory
            Asm.RegMem(0x11, 0, A, at, wide: false, escape: true);
        }
        else
        {
            Asm.Load(B, Cpu0, CpuOffset.V(rd));
            StoreFrom(B, log, at);
        }
    }

    private void LoadIntoV(int rd, int log, int at)
    {
        if (log == 4)
        {
            Asm.RegMem(0x10, 0, A, at, wide: false, escape: true); // MOVUPS XMM0, memory
        }
        else if (log >= 2)
        {
            Asm.RegMem(0x10, 0, A, at, wide: false, prefix: log == 3 ? 0xF2 : 0xF3, escape: true); // MOVSD, MOVSS: zeros above
        }
        else
        {
            Asm.RegMem(log == 0 ? 0xB6 : 0xB7, (int)B, A, at, wide: false, escape: true);
            Asm.RegReg0F(0x6E, HostRegister.RAX, B, wide: false, prefix: 0x66); // MOVD XMM0, ECX
        }

        Asm.RegMem(0x11, 0, Cpu0, CpuOffset.V(rd), wide: false, escape: true);
        Hold(rd, HostVector.XMM0, log == 4 ? HeldForm.Full : log == 3 ? HeldForm.Half : HeldForm.Single);
    }

    private void StoreHeld(HostVector held, int log, int at) =>
        Asm.Vector(log switch { 2 => Avx.VMOVSSToMemory, 3 => Avx.VMOVSDToMemory, _ => Avx.VMOVUPSToMemory }, held, HostVector.XMM0, A, at);

    private void StoreFrom(HostRegister from, int log, int at)
    {
        switch (log)
        {
            case 0: Asm.RegMem(0x88, (int)from, A, at, wide: false, byteReg: true); break;
            case 1: Asm.RegMem(0x89, (int)from, A, at, wide: false, prefix: 0x66); break;
            default: Asm.Store(A, at, from, wide: log == 3); break;
        }
    }

    private enum Index
    {
        Offset,
        Pre,
        Post,
        Register,
    }

    private readonly record struct Access(nint Op, ulong Slow, ulong? Stack);
}
