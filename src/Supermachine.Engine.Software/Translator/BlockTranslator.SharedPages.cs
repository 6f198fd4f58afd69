namespace Supermachine.Engine.Software;

/// <content>
/// Lookups that accesses share. Where several in a row have one base, one index if any, and constants near each other, the first looks up
/// the page of all of them and leaves its addend in <see cref="Cpu.SharedPages"/>; the others take it from there. Where they are not all in
/// one page, or it cannot be written and one of them stores, that has a zero, and each looks up for itself. A translation is good until the
/// block ends, as it is for an access that has just been checked: whoever takes it away waits until every vCPU has left its block.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>How far a first access looks for others, in ops and in bytes: objects that lie across pages are to be rare.</summary>
    private const int SharedOps = 24, SharedBytes = 256;

    private readonly PlainAccess[] _accesses = new PlainAccess[BlockBuilder.MaxOps];
    private readonly SharedPage[] _shared = new SharedPage[Cpu.SharedPageCount];
    private readonly Buffer<Lookup> _lookups = new();
    private int _nextShared;

    private void FindAccesses(int count)
    {
        for (int i = 0; i < count; i++) _accesses[i] = PlainAccess.Of(_rows[i], _words[i], _block + i);
        Array.Clear(_shared);
        _lookups.Clear();
    }

    /// <summary>As <see cref="Check(Op*, GuestAddress, int, int, int)"/>, for an access of the current level, with the check of SP.</summary>
    private Access CheckShared(Op* op, GuestAddress address, int bytes, int tag)
    {
        PlainAccess plain = _accesses[_index];
        if (!plain.IsOffset) return CheckStack(op, Check(op, address, bytes, tag, CpuOffset.Tlb));
        if (FindShared(plain) is { } shared) return TakeShared(op, address, bytes, tag, shared);
        return CheckStack(op, TryShare(plain) is { } begun ? BeginShared(op, address, bytes, tag, begun) : Check(op, address, bytes, tag, CpuOffset.Tlb));
    }

    /// <summary>The page that an access before this one has looked up for it.</summary>
    private int? FindShared(PlainAccess access)
    {
        for (int i = 0; i < _shared.Length; i++)
        {
            SharedPage page = _shared[i];
            if (_index <= page.Last && page.Address == access.Address && page.Start <= access.Start && access.End <= page.End && (access.IsLoad || !page.IsLoad)) return i;
        }

        return null;
    }

    /// <summary>A page that accesses after this one can take. One store makes it a page to be written, which can be read as well.</summary>
    private int? TryShare(PlainAccess first)
    {
        if (first.Writes(first.Address)) return null;
        SharedPage page = new(first.Address, first.IsLoad, first.Start, first.End, 0);
        for (int i = _index + 1; i <= _index + SharedOps && !_accesses[i].IsBarrier; i++)
        {
            PlainAccess next = _accesses[i];
            if (next.IsOffset && next.Address == first.Address) page = page.With(next, i);
            if (next.Writes(first.Address)) break;
        }

        if (page.Last == 0) return null;
        int at = _nextShared;
        _nextShared = (_nextShared + 1) % _shared.Length;
        _shared[at] = page;
        return at;
    }

    private Access BeginShared(Op* op, GuestAddress address, int bytes, int tag, int shared)
    {
        SharedPage page = _shared[shared];
        ulong apart = EmitFind(address with { Offset = page.Start }, page.End - page.Start, page.IsLoad ? TlbOffset.Read : TlbOffset.Write);
        Asm.Store(Cpu0, CpuOffset.SharedPage(shared), D);
        Clobbered();
        return Shared(op, address, apart, new Lookup(address, bytes, tag, Asm.Here, shared));
    }

    private Access TakeShared(Op* op, GuestAddress address, int bytes, int tag, int shared)
    {
        Asm.Load(D, Cpu0, CpuOffset.SharedPage(shared));
        if (_flagsInHost && FlagsAreReadSoon())
        {
            Asm.Move(B, D);
            ulong none = Asm.JumpForwardIfRcxIsZero();
            return Shared(op, address, none, new Lookup(address, bytes, tag, Asm.Here, null, KeepsFlags: true));
        }

        Asm.Test(D, D);
        ulong apart = Asm.JumpForward(HostCondition.E);
        Clobbered();
        return Shared(op, address, apart, new Lookup(address, bytes, tag, Asm.Here, null));
    }

    /// <summary>Whether something after this instruction takes the flags from EFLAGS if they are still there: a chain of carries across loads and stores.</summary>
    private bool FlagsAreReadSoon()
    {
        for (int i = _index + 1; _rows[i] is { } row; i++)
        {
            if ((row.Traits & RowTraits.ReadsFlags) != 0) return true;
            if ((row.Traits & RowTraits.WritesFlags) != 0 || !KeepsHostFlags(row.Traits, i)) return false;
        }

        return false;
    }

    private Access Shared(Op* op, GuestAddress address, ulong apart, Lookup lookup)
    {
        _lookups.Add(lookup);
        return new Access((nint)op, apart, null, new HostPlace(D, address.Base, address.Offset), _lookups.Count - 1);
    }

    /// <summary>RDX = the addend of some bytes that lie in one page. Gives the jump where they do not, or the page is not found. Takes RCX.</summary>
    private ulong EmitFind(GuestAddress address, int bytes, int tag)
    {
        EmitTlbEntry(address, CpuOffset.Tlb);
        Offset(B, address.Base, address.Offset + bytes - 1);
        Asm.AluConstant(AND, B, unchecked((int)0xFFFFF000));
        Asm.AluMemory(CMP, B, D, tag);
        ulong missed = Asm.JumpForward(HostCondition.NE);
        Asm.Load(D, D, TlbOffset.Addend);
        return missed;
    }

    /// <summary>Out of line: one access looks up for itself. Gives the jump where it is not found.</summary>
    private ulong EmitLookup(Lookup lookup)
    {
        if (lookup.Begins is { } shared) Asm.StoreConstant(Cpu0, CpuOffset.SharedPage(shared), 0, wide: true);
        ulong slow = EmitFind(lookup.Address, lookup.Bytes, lookup.Tag);
        if (lookup.KeepsFlags)
        {
            Asm.Move(B, A); // which may be the address
            _flagsInHost = false;
            NeedFlags();
            Asm.Move(A, B);
        }

        Asm.Jump(lookup.Return);
        return slow;
    }

    /// <summary>Accesses from <paramref name="Start"/> to <paramref name="End"/> of an address, up to the op <paramref name="Last"/>; of which no op has 0.</summary>
    private readonly record struct SharedPage(AddressRegisters Address, bool IsLoad, int Start, int End, int Last)
    {
        /// <summary>With one more access, if it is near enough.</summary>
        public SharedPage With(PlainAccess access, int at)
        {
            int start = Math.Min(Start, access.Start), end = Math.Max(End, access.End);
            return end - start > SharedBytes ? this : this with { IsLoad = IsLoad && access.IsLoad, Start = start, End = end, Last = at };
        }
    }

    /// <summary>An access's own lookup, the page that begins with it, which has to be marked, and whether EFLAGS are the guest's flags where it returns.</summary>
    private readonly record struct Lookup(GuestAddress Address, int Bytes, int Tag, ulong Return, int? Begins, bool KeepsFlags = false);
}
