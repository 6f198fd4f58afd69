namespace Supermachine.Engine.Software;

/// <content>
/// Accesses to devices. An access ends the run; its answer comes with the next one, which runs the same instruction again with
/// the answers so far at hand. So an instruction of several accesses (LDP, LD4, one across pages) needs no state of its own, and
/// the vCPU is at an instruction boundary whenever a run returns. The GIC answers at once, and again in a replay.
/// </content>
internal sealed unsafe partial class SoftwareVcpu
{
    /// <summary>LD4 of sixteen registers' bytes, each on its own, is the most one instruction can ask for.</summary>
    private const int MaxAccesses = 64;

    private readonly ulong[] _answers = new ulong[MaxAccesses];
    private int _answered;
    private int _replayed;
    private bool _rejected;
    private VcpuExitKind _pending = VcpuExitKind.Canceled;

    /// <summary>A load from an address without memory. See <see cref="DataAccess"/> for how it ends.</summary>
    public ulong DeviceRead(Op* op, ulong va, ulong pa, int size)
    {
        if (Shadow is not null) return AbandonComparison();
        if (Partition.TryReadController(pa, size, out ulong value)) return value;
        if (_replayed < _answered) return _answers[_replayed++];
        Ask(op, va, AccessKind.Read, new VcpuExit(VcpuExitKind.MmioRead, pa, (AccessWidth)size));
        return 0;
    }

    /// <summary>A store to an address without memory.</summary>
    public void DeviceWrite(Op* op, ulong va, ulong pa, int size, ulong value)
    {
        if (Shadow is not null)
        {
            AbandonComparison();
            return;
        }

        ulong masked = size == 8 ? value : value & ((1UL << (8 * size)) - 1);
        if (Partition.TryWriteController(pa, size, masked)) return;
        if (_replayed < _answered) _replayed++;
        else Ask(op, va, AccessKind.Write, new VcpuExit(VcpuExitKind.MmioWrite, pa, (AccessWidth)size, masked));
    }

    private ulong AbandonComparison()
    {
        Shadow?.Abandon();
        Cpu->Aborted = true;
        return 0;
    }

    /// <summary>Takes the answer to the last exit. True when an instruction was run for it, which may have ended in another exit.</summary>
    private bool Answer(VcpuEntry entry)
    {
        VcpuExitKind pending = _pending;
        _pending = VcpuExitKind.Canceled;
        switch (pending)
        {
            case VcpuExitKind.MmioRead or VcpuExitKind.MmioWrite:
                if (entry.Kind == VcpuEntryKind.Reject) _rejected = true;
                else _answers[_answered++] = entry.Value;
                Step();
                return true;
            case VcpuExitKind.FirmwareCall when entry.Kind == VcpuEntryKind.Reject:
                Exceptions.Take(Cpu, Cpu->Pc - 4, ExceptionClass.Unknown, 0);
                Cpu->Aborted = false;
                return false;
            case VcpuExitKind.FirmwareCall when entry.Kind == VcpuEntryKind.Complete:
                Cpu->X[0] = entry.Value;
                return false;
            default:
                return false;
        }
    }

    /// <summary>Runs the instruction at the PC with the answers so far, and forgets them if it ended otherwise than by asking again.</summary>
    private void Step()
    {
        _replayed = 0;
        _isInGuest = true;
        Interlocked.MemoryBarrier();

        // What was posted while the access was out is attended to before the instruction uses any translation again.
        if ((Cpu->Signals & (int)Signal.Maintenance) != 0) ServiceMaintenance();
        byte* host = Fetch(Cpu->Pc);
        if (host != null)
        {
            BlockBuilder.BuildStep(Volatile.Read(ref *(uint*)host), (uint)Cpu->Pc & 0xFFF, _step);
            Cpu->PageVa = Cpu->Pc & TlbEntry.PageMask;
            _step->Handler(Cpu, _step);
        }

        _isInGuest = false;
        Volatile.Write(ref _passes, _passes + 1);
        Cpu->Aborted = false;
        if (Exit is null) ForgetAccess();
    }

    private void Ask(Op* op, ulong va, AccessKind kind, VcpuExit exit)
    {
        if (_rejected)
        {
            Exceptions.DataAbort(Cpu, op, va, kind, FaultStatus.ExternalAbort);
            return;
        }

        if (TryTrapAbort(Cpu->PcOf(op), va, kind)) return;
        Cpu->Pc = Cpu->PcOf(op);
        Cpu->Aborted = true;
        Exit = exit;
    }

    private void ForgetAccess()
    {
        (_answered, _replayed, _rejected) = (0, 0, false);
        _pending = VcpuExitKind.Canceled;
    }
}
