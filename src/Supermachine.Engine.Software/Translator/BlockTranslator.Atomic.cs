namespace Supermachine.Engine.Software;

/// <content>FEAT_LSE by the host's locked instructions, which are as strong as the strongest of its forms; a vCPU that is alone needs no lock.</content>
internal sealed unsafe partial class BlockTranslator
{
    private const uint LDADD = 0, LDCLR = 1, LDEOR = 2, LDSET = 3, SWP = 8;

    /// <summary>CAS.</summary>
    public static bool CompareAndSwap(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginAtomic(op, TlbOffset.Write);
        t.Asm.Move(D, A);
        t.Get(A, op->Rm, wide: op->Aux == 8);
        t.Get(B, op->Rd, wide: true);
        t.CompareExchange(op->Aux);
        t.Asm.ZeroExtend(A, op->Aux);
        t.Put(op->Ra, A);
        t.Finish(access);
        return true;
    }

    /// <summary>CASP of two X registers; two W registers are rare.</summary>
    public static bool CompareAndSwapPair(BlockTranslator t, uint i, Op* op)
    {
        if (op->Aux != 16 || !HostAtomics.HasPairs) return false;
        Access access = t.BeginAtomic(op, TlbOffset.Write);
        t.BeginPairSwap(op->Rd, op->Rd == 30 ? Cpu.Zero : op->Rd + 1);
        t.GetWaiting(A, op->Rm);
        t.GetWaiting(D, op->Rm == 30 ? Cpu.Zero : op->Rm + 1);
        t.EndPairSwap();
        t.Put(op->Rm, A);
        t.Put(op->Rm == 30 ? Cpu.Discard : op->Rm + 1, D);
        t.Finish(access);
        return true;
    }

    /// <summary>LDADD to LDUMIN, SWP.</summary>
    public static bool MemoryOperation(BlockTranslator t, uint i, Op* op)
    {
        Access access = t.BeginAtomic(op, TlbOffset.Write);
        uint operation = i.Bit(15) ? SWP : i.Field(12, 3);
        if (!t.Asm.Locks) t.ModifyAlone(op, operation);
        else if (operation == SWP) t.Swap(op);
        else if (operation == LDADD) t.FetchAdd(op);
        else if (operation <= LDSET && op->Rd == Cpu.Discard) t.ModifyInPlace(op, operation);
        else t.ModifyByCompareAndSwap(op, operation);
        t.Finish(access);
        return true;
    }

    private void Swap(Op* op)
    {
        Get(B, op->Rm, wide: true);
        Asm.Exchange(B, A, op->Aux);
        Asm.ZeroExtend(B, op->Aux);
        Put(op->Rd, B);
    }

    private void FetchAdd(Op* op)
    {
        Get(B, op->Rm, wide: true);
        Asm.Locked(0xC0, B, A, op->Aux, escape: true); // XADD
        Asm.ZeroExtend(B, op->Aux);
        Put(op->Rd, B);
    }

    /// <summary>STCLR, STEOR, STSET: nobody asks what was there.</summary>
    private void ModifyInPlace(Op* op, uint operation)
    {
        HostRegister operand = Use(op->Rm, B);
        if (operation == LDCLR)
        {
            if (operand != B) Asm.Move(B, operand);
            Asm.Unary(2, B);
            operand = B;
        }

        int alu = operation switch { LDCLR => AND, LDEOR => XOR, _ => OR };
        Asm.Locked(alu << 3, operand, A, op->Aux, escape: false);
    }

    /// <summary>Where no other vCPU can come between load and store.</summary>
    private void ModifyAlone(Op* op, uint operation)
    {
        Asm.Move(D, A);
        Asm.LoadZeroExtended(A, D, op->Aux);
        Modify(op, operation);
        Asm.Store(D, 0, B, op->Aux);
        Put(op->Rd, A);
    }

    /// <summary>
    /// CMPXCHG [RDX], RCX of 8, 4, 2 or 1 bytes: ZF and RAX tell. Without other vCPUs the same in steps, which hosts take in less time.
    /// </summary>
    private void CompareExchange(int bytes)
    {
        if (Asm.Locks)
        {
            Asm.Locked(0xB0, B, D, bytes, escape: true);
            return;
        }

        Asm.CompareMemory(A, D, bytes);
        ulong differs = Asm.JumpForward(HostCondition.NE);
        Asm.Store(D, 0, B, bytes);
        ulong done = Asm.JumpForward();
        Asm.Bind(differs);
        Asm.LoadZeroExtended(A, D, bytes);
        Asm.Bind(done);
    }

    private void ModifyByCompareAndSwap(Op* op, uint operation)
    {
        Asm.Move(D, A);
        Asm.LoadZeroExtended(A, D, op->Aux);
        ulong again = Asm.Here;
        Modify(op, operation);
        Asm.Locked(0xB0, B, D, op->Aux, escape: true); // CMPXCHG
        Asm.Jump(HostCondition.NE, again);
        Put(op->Rd, A);
    }

    /// <summary>RCX = what the old value in RAX becomes.</summary>
    private void Modify(Op* op, uint operation)
    {
        Get(B, op->Rm, wide: true);
        switch (operation)
        {
            case SWP:
                break;
            case LDADD:
                Asm.Alu(ADD, B, A);
                break;
            case LDCLR:
                Asm.Unary(2, B);
                Asm.Alu(AND, B, A);
                break;
            case LDEOR:
                Asm.Alu(XOR, B, A);
                break;
            case LDSET:
                Asm.Alu(OR, B, A);
                break;
            default:
                // LDSMAX 4, LDSMIN 5, LDUMAX 6, LDUMIN 7: CMP of the old value with the operand, then the old value if it wins.
                Asm.Compare(A, B, op->Aux);
                HostCondition wins = operation switch { 4 => HostCondition.G, 5 => HostCondition.L, 6 => HostCondition.A, _ => HostCondition.B };
                Asm.RegReg0F(0x40 + (int)wins, B, A, wide: true);
                break;
        }
    }
}
