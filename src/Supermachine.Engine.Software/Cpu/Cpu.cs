using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// The whole state of one vCPU that guest code can reach, in unmanaged memory so that handlers address it without the garbage
/// collector. Owned by the vCPU's thread, but for <see cref="Signals"/>.
/// </summary>
/// <remarks>
/// Register operands are slots of <see cref="X"/>, chosen when an instruction is predecoded: 31 is the current stack pointer,
/// <see cref="Zero"/> reads as zero and is never written, <see cref="Discard"/> takes what is written to XZR and is never read.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Cpu
{
    public const int SP = 31;
    public const int Zero = 32;
    public const int Discard = 33;
    public const int SlotCount = 34;

    /// <summary>X0 to X30, then the slots named above.</summary>
    public fixed ulong X[SlotCount];

    /// <summary>V0 to V31, low half first. 16-byte aligned, as the slots before it are even in number.</summary>
    public fixed ulong V0[64];

    /// <summary>PSTATE.N is the sign of this.</summary>
    public long N;

    /// <summary>PSTATE.Z is set when this is zero. Apart from <see cref="N"/>, because MSR NZCV can set both.</summary>
    public ulong Z;

    /// <summary>PSTATE.C, 0 or 1.</summary>
    public ulong C;

    /// <summary>PSTATE.V is the sign of this.</summary>
    public long V;

    /// <summary>Virtual address of the page that the running block lies in; the PC is this plus <see cref="Op.Offset"/>.</summary>
    public ulong PageVa;

    /// <summary>The PC whenever no block is running.</summary>
    public ulong Pc;

    /// <summary>TLB of the current exception level.</summary>
    public TlbEntry* Tlb;

    /// <summary>The offset of its last entry. Translated code knows that it follows.</summary>
    public ulong TlbMask;

    /// <summary>Jump cache of the current exception level.</summary>
    public JumpEntry* Jumps;

    /// <summary>Entries of the jump caches with another generation are void. Never zero.</summary>
    public ulong JumpGeneration;

    /// <summary>What other threads want of this vCPU: <see cref="Signal"/> bits. Written with interlocked operations only.</summary>
    public int Signals;

    /// <summary>The signals that end a run of blocks: PSTATE.I and F mask theirs.</summary>
    public int SignalMask;

    /// <summary>Set by a slow path that took an exception or needs an exit: the handler returns null at once.</summary>
    public bool Aborted;

    /// <summary>TLB maintenance was posted to other vCPUs: the next DSB waits until they have seen it.</summary>
    public bool MaintenancePosted;

    /// <summary>PSTATE.EL: 0 or 1.</summary>
    public byte El;

    /// <summary>PSTATE.SP: 0 uses SP_EL0, 1 uses SP_EL1.</summary>
    public byte SpSel;

    /// <summary>Whether FP and AdvSIMD instructions run at the current EL (CPACR_EL1.FPEN).</summary>
    public bool FpEnabled;

    /// <summary>PSTATE.D, A, I, F as bits 9 to 6, as in SPSR_EL1.</summary>
    public uint Daif;

    /// <summary>PSTATE.IL.</summary>
    public bool IllegalState;

    /// <summary>The exclusive monitor: address of the last load-exclusive, or <see cref="NoReservation"/>.</summary>
    public ulong ExclusiveAddress;

    /// <summary>What the load-exclusive saw, low and high half; side by side.</summary>
    public ulong ExclusiveLow;
    public ulong ExclusiveHigh;
    public int ExclusiveSize;

    public const ulong NoReservation = ulong.MaxValue;

    public uint Fpcr;
    public uint Fpsr;

    /// <summary>System registers that are plain storage, or nearly.</summary>
    public SystemState Sys;

    /// <summary>TLB for accesses with EL0's permissions.</summary>
    public TlbEntry* TlbEl0;
    public ulong TlbEl0Mask;

    /// <summary>The sets of TLBs and jump caches that the vCPU keeps for each level, and those in use.</summary>
    public TlbSet* SetsEl0, SetsEl1, SetEl0, SetEl1;

    /// <summary>How often a set was chosen, how many generations of jumps there were, and how often those of all sets became void.</summary>
    public ulong SetUses, Generations, JumpEpoch;
    /// <summary>The flags while translated code runs: see <see cref="Software.HostFlags"/>.</summary>
    public ushort HostFlags;

    /// <summary>What FPCR and FPSR leave to the host while translated code runs.</summary>
    public HostFp HostFp;

    /// <summary>Addends of pages that several accesses of the running block share, or 0.</summary>
    public fixed ulong SharedPages[SharedPageCount];

    public const int SharedPageCount = 4;

    /// <summary>Whether the one op that translated code had interpreted ran to its end.</summary>
    public bool StepDone;

    /// <summary>Room for that op and the one after it.</summary>
    public Op* Step;

    /// <summary>Where translated code left through a branch that is not linked yet, or 0, and the physical page that it lies in.</summary>
    public ulong LinkSite;
    public uint LinkPage;

    /// <summary>What is counted for <see cref="ExecutionStatistics"/>.</summary>
    public VcpuCounters Counters;

    /// <summary>GCHandle of the <see cref="SoftwareVcpu"/>, for slow paths.</summary>
    public nint Self;

    /// <summary>PSTATE.NZCV in bits 31 to 28.</summary>
    public uint Nzcv
    {
        readonly get => (N < 0 ? 1u << 31 : 0) | (Z == 0 ? 1u << 30 : 0) | (uint)C << 29 | (V < 0 ? 1u << 28 : 0);
        set
        {
            N = (long)((ulong)value << 32);
            Z = (value >> 30 & 1) ^ 1;
            C = value >> 29 & 1;
            V = (long)((ulong)value << 35);
        }
    }

    /// <summary>The vCPU object. Only for slow paths.</summary>
    public readonly SoftwareVcpu Owner => (SoftwareVcpu)GCHandle.FromIntPtr(Self).Target!;

    /// <summary>The address of the instruction that <paramref name="op"/> was decoded from.</summary>
    public readonly ulong PcOf(Op* op) => PageVa + op->Offset;
}

/// <summary>System registers with no effect beyond the walks and exceptions that read them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SystemState
{
    public ulong SP_EL0, SP_EL1, ELR_EL1, SPSR_EL1, ESR_EL1, FAR_EL1, VBAR_EL1, PAR_EL1;
    public ulong SCTLR_EL1, ACTLR_EL1, CPACR_EL1, TCR_EL1, TTBR0_EL1, TTBR1_EL1, MAIR_EL1, AMAIR_EL1;
    public ulong AFSR0_EL1, AFSR1_EL1, CONTEXTIDR_EL1, TPIDR_EL0, TPIDRRO_EL0, TPIDR_EL1, CNTKCTL_EL1, CSSELR_EL1;
    public ulong MDSCR_EL1, OSDLR_EL1, OSLAR_EL1, MPIDR_EL1;
    public ulong MDCCINT_EL1, DBGCLAIM_EL1, DBGBVR0_EL1, DBGBCR0_EL1, DBGBVR1_EL1, DBGBCR1_EL1;
    public ulong DBGWVR0_EL1, DBGWCR0_EL1, DBGWVR1_EL1, DBGWCR1_EL1;
}

/// <summary>What other threads want of a vCPU.</summary>
[Flags]
internal enum Signal
{
    None = 0,

    /// <summary>The interrupt controller asserts IRQ.</summary>
    Irq = 1,

    /// <summary>The interrupt controller asserts FIQ.</summary>
    Fiq = 2,

    /// <summary><see cref="IVcpu.RequestExit"/>. Sticky until a run returns for it.</summary>
    Exit = 4,

    /// <summary>Another vCPU asks for TLB or code maintenance.</summary>
    Maintenance = 8,

    /// <summary>Every block is to come back to the dispatcher: raised for good where there is a <see cref="BlockVerifier"/>.</summary>
    Step = 16,
}
