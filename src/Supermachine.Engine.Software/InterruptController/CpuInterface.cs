using System.Numerics;

namespace Supermachine.Engine.Software;

/// <summary>
/// The state of one vCPU's CPU interface (IHI 0069 4.8, 12.2): priorities, masks and what is being handled. Not thread-safe: the
/// GIC holds its lock around every call.
/// </summary>
internal sealed class CpuInterface
{
    public const uint CBPR = 1 << 0;
    public const uint EOImode = 1 << 1;

    /// <summary>With five priority bits the group priority of BPR0 is at least [7:3], and that of BPR1 one bit off (IHI 0069 4.8.5).</summary>
    public const uint MinimumBpr0 = 2;
    public const uint MinimumBpr1 = 3;

    public CpuInterfaceState State = CpuInterfaceState.AtReset;

    /// <summary>The highest priority pending interrupt of the groups that are enabled here and in the distributor.</summary>
    public PendingInterrupt Highest = PendingInterrupt.None;

    /// <summary>The levels last given to the sink.</summary>
    public bool Irq, Fiq;

    /// <summary>ICC_RPR_EL1: the group priority being handled, 0xFF when idle.</summary>
    public int RunningPriority
    {
        get
        {
            uint active = State.AP0R0 | State.AP1R0;
            return active == 0 ? 0xFF : BitOperations.TrailingZeroCount(active) << 3;
        }
    }

    /// <summary>The group that the running priority belongs to; null when idle.</summary>
    public bool? RunningIsGroup1 => (State.AP0R0, State.AP1R0) switch
    {
        (0, 0) => null,
        var (group0, group1) => group0 == 0 || group1 != 0 && BitOperations.TrailingZeroCount(group1) < BitOperations.TrailingZeroCount(group0),
    };

    /// <summary>Whether the highest pending interrupt is to be signalled: it passes the mask and preempts what runs (IHI 0069 4.8.4).</summary>
    public bool Signals => Highest.Exists
        && Highest.Priority < (int)State.PMR
        && GroupPriority(Highest.Priority, Highest.IsGroup1) < RunningPriority;

    /// <summary>The highest pending interrupt becomes the running one. Its caller has checked <see cref="Signals"/>.</summary>
    public void RaisePriority()
    {
        uint bit = 1u << (GroupPriority(Highest.Priority, Highest.IsGroup1) >> 3);
        if (Highest.IsGroup1) State.AP1R0 |= bit;
        else State.AP0R0 |= bit;
    }

    /// <summary>Priority drop for a write of ICC_EOIRn: ignored unless the running priority belongs to that group.</summary>
    public bool TryDropPriority(bool group1)
    {
        if (RunningIsGroup1 != group1) return false;
        if (group1) State.AP1R0 &= State.AP1R0 - 1;
        else State.AP0R0 &= State.AP0R0 - 1;
        return true;
    }

    /// <summary>The part of a priority that decides on preemption (IHI 0069 4.8.5): BPR0 = n keeps [7:n+1], BPR1 = n keeps [7:n].</summary>
    private int GroupPriority(int priority, bool group1)
    {
        int shift = group1 && (State.CTLR & CBPR) == 0 ? (int)State.BPR1 : (int)State.BPR0 + 1;
        return priority >> shift << shift;
    }
}

/// <summary>The CPU interface's registers that belong to a vCPU's state.</summary>
internal record struct CpuInterfaceState(uint PMR, uint BPR0, uint BPR1, uint CTLR, uint IGRPEN0, uint IGRPEN1, uint AP0R0, uint AP1R0)
{
    public static CpuInterfaceState AtReset => new(0, CpuInterface.MinimumBpr0, CpuInterface.MinimumBpr1, 0, 0, 0, 0, 0);

    /// <summary>Whether every register has only bits that it keeps.</summary>
    public readonly bool IsValid =>
        (PMR & ~(uint)InterruptBank.PriorityMask) == 0
        && BPR0 is >= CpuInterface.MinimumBpr0 and <= 7
        && BPR1 is >= CpuInterface.MinimumBpr1 and <= 7
        && (CTLR & ~(CpuInterface.CBPR | CpuInterface.EOImode)) == 0
        && IGRPEN0 <= 1 && IGRPEN1 <= 1;
}
