using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// What one vCPU counts: in slow paths, where it costs nothing to speak of; and, in translated code that was made to count, on the way.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VcpuCounters
{
    /// <summary>Translated blocks entered, with the instructions they begin with, and jumps that the jump cache did not know. Counted only when asked for.</summary>
    public long Blocks, Instructions, JumpMisses;

    /// <summary>Ops that translated code had interpreted.</summary>
    public long Interpreted;

    /// <summary>Blocks that were interpreted because they had not been run often enough.</summary>
    public long InterpretedBlocks;

    /// <summary>Times that the dispatcher entered code, and runs that ended in an exit to the runtime.</summary>
    public long Dispatches, Exits;

    /// <summary>Accesses that the TLB did not answer, and entries made for them.</summary>
    public long TlbMisses, TlbFills;

    /// <summary>Times that all, or one address, was forgotten, that the address space changed, that one was taken up of which nothing was known, and that one got a larger TLB.</summary>
    public long TlbFlushes, TlbPageFlushes, TlbSwitches, TlbNewSets, TlbWidened;

    public void Add(in VcpuCounters other)
    {
        Blocks += other.Blocks;
        Instructions += other.Instructions;
        JumpMisses += other.JumpMisses;
        InterpretedBlocks += other.InterpretedBlocks;
        Dispatches += other.Dispatches;
        Exits += other.Exits;
        TlbMisses += other.TlbMisses;
        TlbFills += other.TlbFills;
        TlbFlushes += other.TlbFlushes;
        TlbPageFlushes += other.TlbPageFlushes;
        TlbSwitches += other.TlbSwitches;
        TlbNewSets += other.TlbNewSets;
        TlbWidened += other.TlbWidened;
    }

    public readonly IEnumerable<EngineCounter> Named() =>
    [
        new("execution", "blocks entered", Blocks),
        new("execution", "guest instructions in them", Instructions),
        new("execution", "jump cache misses", JumpMisses),
        new("execution", "blocks interpreted, not translated yet", InterpretedBlocks),
        new("execution", "dispatches", Dispatches),
        new("execution", "exits", Exits),
        new("TLB", "misses", TlbMisses),
        new("TLB", "fills", TlbFills),
        new("TLB", "flushes", TlbFlushes),
        new("TLB", "flushes of one address", TlbPageFlushes),
        new("TLB", "switches of the address space", TlbSwitches),
        new("TLB", "switches to an unknown one", TlbNewSets),
        new("TLB", "times that one got larger", TlbWidened),
    ];
}
