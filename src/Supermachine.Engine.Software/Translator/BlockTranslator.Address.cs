namespace Supermachine.Engine.Software;

/// <content>Addresses of loads and stores: the TLB check in line, everything else in the interpreter.</content>
internal sealed unsafe partial class BlockTranslator
{
    private ulong? _stack;

    /// <summary>An SP that is not aligned is the interpreter's business.</summary>
    private void CheckStack(Op* op)
    {
        _stack = null;
        if (op->Rn != Cpu.SP) return;
        Asm.TestByteConstant(HostRegister.RBX, 15);
        _stack = Asm.JumpForward(HostCondition.NE);
    }

    /// <summary>The same after the lookup.</summary>
    private Access CheckStack(Op* op, Access access)
    {
        CheckStack(op);
        (access, _stack) = (access with { Stack = _stack }, null);
        return access;
    }

    /// <summary>The address of an access: Rn itself where it is pinned and keeps its value until the access, RAX otherwise.</summary>
    private GuestAddress AddressOf(Op* op, Index index, bool overwritesBase)
    {
        if (index is Index.Pre or Index.Register)
        {
            AddressTo(op, index);
            return new GuestAddress(A, 0);
        }

        HostRegister from = Use(op->Rn, A);
        if (overwritesBase && from != A)
        {
            Asm.Move(A, from);
            from = A;
        }

        return new GuestAddress(from, index == Index.Post ? 0 : (int)(long)op->Imm);
    }

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
                if (option is 0 or 7 && TryGetHost(op->Rm, out HostRegister pinned)) second = pinned;
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

    /// <summary>Finds where an address lies in the host's memory, or leaves for the interpreter. Takes RCX and RDX; RDX is part of the place.</summary>
    private Access Check(Op* op, GuestAddress address, int bytes, int tag, int tlb)
    {
        EmitTlbEntry(address, tlb);
        Offset(B, address.Base, address.Offset + bytes - 1);
        Asm.AluConstant(AND, B, unchecked((int)0xFFFFF000));
        Access access = EmitHit(op, tag);
        Asm.Load(D, D, TlbOffset.Addend);
        return access with { Place = new HostPlace(D, address.Base, address.Offset) };
    }

    /// <summary>Turns the virtual address in RAX into a host address, or leaves for the interpreter. Takes RCX and RDX.</summary>
    private Access Check(Op* op, int bytes, int tag)
    {
        EmitTlbEntry(new GuestAddress(A, 0), CpuOffset.Tlb);
        Offset(B, A, bytes - 1);
        Asm.AluConstant(AND, B, unchecked((int)0xFFFFF000));
        Access access = EmitHit(op, tag);
        Asm.AluMemory(ADD, A, D, TlbOffset.Addend);
        return access;
    }

    /// <summary>As the one above, for an access that has to be aligned to its size: the bits below are compared with the tag's zeros.</summary>
    private Access CheckAligned(Op* op, int bytes, int tag)
    {
        EmitTlbEntry(new GuestAddress(A, 0), CpuOffset.Tlb);
        Asm.Move(B, A);
        Asm.AluConstant(AND, B, unchecked((int)0xFFFFF000) | (bytes - 1));
        Access access = EmitHit(op, tag);
        Asm.AluMemory(ADD, A, D, TlbOffset.Addend);
        return access;
    }

    /// <summary>RDX = the TLB's entry for an address.</summary>
    private void EmitTlbEntry(GuestAddress address, int tlb)
    {
        const int IndexShift = 7;
        if (address.Offset == 0 && HostFeatures.Bmi2)
        {
            Asm.RotateRightX(D, address.Base, IndexShift); // the mask is of fewer than 25 bits
        }
        else
        {
            Offset(D, address.Base, address.Offset, wide: false);
            Asm.Shift(5, D, IndexShift, wide: false);
        }

        Asm.AluMemory(AND, D, Cpu0, tlb + sizeof(ulong), wide: false); // the mask follows the pointer
        Asm.AluMemory(ADD, D, Cpu0, tlb);
    }

    /// <summary>Goes on if the page in RCX is that of the entry in RDX.</summary>
    private Access EmitHit(Op* op, int tag)
    {
        Asm.AluMemory(CMP, B, D, tag);
        Clobbered();
        Access access = new((nint)op, Asm.JumpForward(HostCondition.NE), _stack, default);
        _stack = null;
        return access;
    }

    /// <summary>Where the slow path comes back to.</summary>
    private void Finish(Access access)
    {
        _cold.Add(new ColdPath(access.Slow, Asm.Here, access.Lookup < 0 ? ColdKind.Interpret : ColdKind.Lookup, access.Op, (ulong)access.Lookup));
        if (access.Stack is { } stack) _cold.Add(new ColdPath(stack, Asm.Here, ColdKind.Interpret, access.Op, 0));
    }

    /// <summary>A pre-indexed address is in RAX. Takes RCX.</summary>
    private void WriteBack(Op* op, Index index)
    {
        if (index == Index.Pre)
        {
            Put(op->Rn, A);
        }
        else if (index == Index.Post)
        {
            HostRegister from = Use(op->Rn, B);
            Asm.Lea(from, from, (int)(long)op->Imm);
            Put(op->Rn, from);
        }
    }

    /// <summary>A register = another plus a constant. Leaves EFLAGS alone.</summary>
    private void Offset(HostRegister to, HostRegister from, int offset, bool wide = true)
    {
        if (offset == 0) Asm.Move(to, from, wide);
        else Asm.Lea(to, from, offset, wide);
    }

    private enum Index
    {
        Offset,
        Pre,
        Post,
        Register,
    }

    private readonly record struct GuestAddress(HostRegister Base, int Offset);

    private readonly record struct Access(nint Op, ulong Slow, ulong? Stack, HostPlace Place, int Lookup = -1);
}
