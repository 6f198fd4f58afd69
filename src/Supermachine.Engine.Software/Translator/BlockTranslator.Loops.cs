namespace Supermachine.Engine.Software;

/// <content>
/// Loops of one block. Most loops that take long use registers that are in memory and leave some alone that are pinned. While such a
/// loop runs, the host registers of the latter are lent to the former: in front of the loop what they have goes to memory, and whoever
/// leaves the block, or has the interpreter run an op of it, first puts everything back to where the rest of the engine looks for it.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>How often a loop has to name a register for a loan to be worth it: each costs two moves before the loop and two after it.</summary>
    private const int WorthALoan = 2;

    private readonly Buffer<Loan> _loans = new();
    private readonly int[] _uses = new int[byte.MaxValue + 1];
    private ulong _head;

    private bool HasLoans => _loans.Count != 0;

    /// <summary>Finds and makes the loans of a block, at its very beginning.</summary>
    private void BeginLoans(int count)
    {
        _loans.Clear();
        Pinning.Hosts.CopyTo(_hosts);
        if (!IsLoop(count - 2)) return;
        CountUses(count - 1);
        foreach (byte idle in Pinning.Slots)
        {
            if (_uses[idle] != 0) continue;
            int borrower = MostUsedInMemory();
            if (borrower < 0) break;
            _loans.Add(new Loan(idle, borrower, _hosts[idle]));
            (_hosts[borrower], _hosts[idle]) = (_hosts[idle], Pinning.None);
        }

        for (int i = 0; i < _loans.Count; i++) Asm.Store(Cpu0, CpuOffset.X(_loans[i].Owner), _loans[i].Host);
        EmitTakeLoans();
        _head = Asm.Here;
    }

    /// <summary>Whether a block's last instruction may go to its first, and those before it do nothing but compute, load and store.</summary>
    private bool IsLoop(int last)
    {
        if (last < 0 || _rows[last] is not { } row || (row.Traits & RowTraits.Conditional) == 0 || _block[last].Imm != _start) return false;
        for (int i = 0; i < last; i++)
            if (_accesses[i].IsBarrier) return false;
        return true;
    }

    /// <summary>How often each slot is named. An op's unused fields count as X0, and V registers as others do: that is as may be, what is lent is right for any choice.</summary>
    private void CountUses(int count)
    {
        Array.Clear(_uses);
        for (int i = 0; i < count; i++)
        {
            Op* op = _block + i;
            _uses[op->Rd]++;
            _uses[op->Rn]++;
            _uses[op->Rm]++;
            _uses[op->Ra]++;
        }
    }

    /// <summary>The slot in memory that most is to be gained from; -1 if there is none.</summary>
    private int MostUsedInMemory()
    {
        int most = -1, uses = WorthALoan - 1;
        for (int slot = 0; slot < Cpu.SP; slot++)
            if (!TryGetHost(slot, out _) && _uses[slot] > uses) (most, uses) = (slot, _uses[slot]);
        return most;
    }

    /// <summary>Loads what borrows host registers. Leaves EFLAGS alone.</summary>
    private void EmitTakeLoans()
    {
        for (int i = 0; i < _loans.Count; i++) Asm.Load(_loans[i].Host, Cpu0, CpuOffset.X(_loans[i].Borrower));
    }

    /// <summary>Has all guest registers where <see cref="Pinning"/> says. Leaves EFLAGS alone.</summary>
    private void EmitReturnLoans()
    {
        for (int i = 0; i < _loans.Count; i++)
        {
            Asm.Store(Cpu0, CpuOffset.X(_loans[i].Borrower), _loans[i].Host);
            Asm.Load(_loans[i].Host, Cpu0, CpuOffset.X(_loans[i].Owner));
        }
    }

    /// <summary>The last branch of a loop with loans: goes round while a condition of EFLAGS holds, there is no signal and the block is not stale.</summary>
    private void EmitLoop(HostCondition condition, Op* op)
    {
        ulong exit = Asm.JumpForward(Opposite(condition));
        if (statistics is not null) EmitCountBlock(_index + 1);
        EmitTestSignals();
        ulong signal = Asm.JumpForward(HostCondition.NE);
        EmitTestStale();
        Asm.Patch(Asm.JumpForward(HostCondition.NE), _head);
        Asm.Bind(signal);
        EmitReturnLoans();
        Asm.Jump(_entry);
        Asm.Bind(exit);
        EmitGoto(op->Offset + 4u);
    }

    /// <summary>NE unless <see cref="MarkStale"/> has been here.</summary>
    private void EmitTestStale()
    {
        Asm.Byte(0x80); // CMP BYTE [RIP + ...], E9
        Asm.ModRm(0, 7, 5);
        Asm.Int32(checked((int)((long)_entry - (long)(Asm.Here + 5))));
        Asm.Byte(0xE9);
    }

    /// <summary>A pinned slot whose host register another slot has for the time of a loop.</summary>
    private readonly record struct Loan(int Owner, int Borrower, HostRegister Host);
}
