namespace Supermachine.Engine.Software;

/// <content>
/// Exclusives, and loads and stores with acquire or release semantics. The monitor is the interpreter's, <see cref="Cpu.ExclusiveAddress"/>
/// and its kin, so that one of a pair may take a slow path. Which host sequence an access needs is in docs/decisions.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>LDXR, LDAXR.</summary>
    public static bool LoadExclusive(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginAtomic(op, TlbOffset.Read);
        t.Reserve(op);
        t.Asm.LoadZeroExtended(B, A, op->Aux);
        t.Asm.Store(Cpu0, CpuOffset.ExclusiveLow, B);
        t.Put(op->Rd, B);
        t.Finish(access);
        return true;
    }

    /// <summary>LDXP, LDAXP. A pair of 16 bytes takes an aligned vector load, which is one access on hosts with AVX (Intel SDM 3, 9.1.1).</summary>
    public static bool LoadExclusivePair(BlockTranslator t, uint i, Op* op)
    {
        if (op->Aux == 16 && !HostAtomics.HasPairs) return false;
        Access access = t.BeginAtomic(op, TlbOffset.Read);
        t.Reserve(op);
        if (op->Aux == 8)
        {
            t.Asm.Load(B, A, 0);
            t.Asm.Store(Cpu0, CpuOffset.ExclusiveLow, B);
            t.Asm.Move(A, B, wide: false);
            t.Asm.Shift(5, B, 32);
        }
        else
        {
            t.Asm.VectorLoadAligned(HostVector.XMM0, A, 0);
            t.Asm.VectorStore(Cpu0, CpuOffset.ExclusiveLow, HostVector.XMM0);
            t.Asm.Load(A, Cpu0, CpuOffset.ExclusiveLow);
            t.Asm.Load(B, Cpu0, CpuOffset.ExclusiveLow + 8);
        }

        t.Put(op->Rd, A);
        t.Put(op->Ra, B);
        t.Finish(access);
        return true;
    }

    /// <summary>STXR, STLXR.</summary>
    public static bool StoreExclusive(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginAtomic(op, TlbOffset.Write);
        (ulong address, ulong size) = t.CompareReservation(op);
        t.Asm.Move(D, A);
        t.Asm.Load(A, Cpu0, CpuOffset.ExclusiveLow);
        t.Get(B, op->Rd, wide: true);
        t.CompareExchange(op->Aux);
        t.FinishStoreExclusive(op, access, address, size);
        return true;
    }

    /// <summary>STXP, STLXP.</summary>
    public static bool StoreExclusivePair(BlockTranslator t, uint i, Op* op)
    {
        if (op->Aux == 16 && !HostAtomics.HasPairs) return false;
        Access access = t.BeginAtomic(op, TlbOffset.Write);
        (ulong address, ulong size) = t.CompareReservation(op);
        if (op->Aux == 8)
        {
            t.Asm.Move(D, A);
            t.Get(B, op->Ra, wide: true);
            t.Asm.Shift(4, B, 32);
            t.Get(A, op->Rd, wide: false);
            t.Asm.Alu(OR, B, A);
            t.Asm.Load(A, Cpu0, CpuOffset.ExclusiveLow);
            t.CompareExchange(8);
        }
        else
        {
            t.BeginPairSwap(op->Rd, op->Ra);
            t.Asm.Load(A, Cpu0, CpuOffset.ExclusiveLow);
            t.Asm.Load(D, Cpu0, CpuOffset.ExclusiveLow + 8);
            t.EndPairSwap();
        }

        t.FinishStoreExclusive(op, access, address, size);
        return true;
    }

    /// <summary>LDAR: any load of the host acquires.</summary>
    public static bool LoadAcquire(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginAtomic(op, TlbOffset.Read);
        t.Asm.LoadZeroExtended(B, A, op->Aux);
        t.Put(op->Rd, B);
        t.Finish(access);
        return true;
    }

    /// <summary>STLR: XCHG, because a later LDAR must not go before it where another vCPU could tell.</summary>
    public static bool StoreRelease(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginAtomic(op, TlbOffset.Write);
        t.Get(B, op->Rd, wide: true);
        if (t.Asm.Locks) t.Asm.Exchange(B, A, op->Aux);
        else t.Asm.Store(A, 0, B, op->Aux);
        t.Finish(access);
        return true;
    }

    /// <summary>RAX = the host's address of Rn, which is aligned to the size in Aux; RCX and RDX are free.</summary>
    private Access BeginAtomic(Op* op, int tag)
    {
        CheckStack(op);
        Get(A, op->Rn, wide: true);
        return CheckAligned(op, op->Aux, tag);
    }

    /// <summary>Sets the monitor but for the value. Takes RDX.</summary>
    private void Reserve(Op* op)
    {
        Asm.Store(Cpu0, CpuOffset.ExclusiveAddress, Use(op->Rn, D));
        Asm.RegMem(0xC7, 0, Cpu0, CpuOffset.ExclusiveSize, wide: false);
        Asm.Int32(op->Aux);
    }

    /// <summary>Jumps, with ZF clear, where the monitor is not set for this access. Takes RDX.</summary>
    private (ulong Address, ulong Size) CompareReservation(Op* op)
    {
        Asm.AluMemory(CMP, Use(op->Rn, D), Cpu0, CpuOffset.ExclusiveAddress);
        ulong address = Asm.JumpForward(HostCondition.NE);
        Asm.RegMem(0x83, CMP, Cpu0, CpuOffset.ExclusiveSize, wide: false);
        Asm.Byte(op->Aux);
        return (address, Asm.JumpForward(HostCondition.NE));
    }

    /// <summary>ZF says whether it was stored.</summary>
    private void FinishStoreExclusive(Op* op, Access access, ulong address, ulong size)
    {
        Asm.Bind(address);
        Asm.Bind(size);
        Asm.RegReg0F(0x95, 0, B, wide: false); // SETNE CL
        Asm.RegReg0F(0xB6, B, B, wide: false); // MOVZX ECX, CL
        EmitClearMonitor();
        Put(op->Rm, B);
        Finish(access);
    }

    /// <summary>Readies CMPXCHG16B [RSI], from the host address in RAX: the new value in RCX:RBX. RSI and RBX, X0 and SP, wait in memory.</summary>
    private void BeginPairSwap(int low, int high)
    {
        Asm.Store(Cpu0, CpuOffset.X(0), HostRegister.RSI);
        Asm.Store(Cpu0, CpuOffset.X(Cpu.SP), HostRegister.RBX);
        Asm.Move(HostRegister.RSI, A);
        GetWaiting(HostRegister.RBX, low);
        GetWaiting(HostRegister.RCX, high);
    }

    /// <summary>RDX:RAX = what is there; if that was in RDX:RAX before, the new value is stored and ZF set. Then RSI and RBX are the guest's again.</summary>
    private void EndPairSwap()
    {
        Asm.Lock();
        Asm.RegMem(0xC7, 1, HostRegister.RSI, 0, wide: true, escape: true);
        Asm.Load(HostRegister.RSI, Cpu0, CpuOffset.X(0));
        Asm.Load(HostRegister.RBX, Cpu0, CpuOffset.X(Cpu.SP));
    }

    /// <summary>As <see cref="Get"/>, while X0 is in memory.</summary>
    private void GetWaiting(HostRegister to, int slot)
    {
        if (slot == 0) Asm.Load(to, Cpu0, CpuOffset.X(0));
        else Get(to, slot, wide: true);
    }
}
