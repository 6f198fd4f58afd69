namespace Supermachine.Engine.Software;

/// <summary>Displacements of <see cref="Cpu"/>'s fields from RBP in translated code.</summary>
internal static unsafe class CpuOffset
{
    public static readonly int Signals, SignalMask, FpEnabled, El, SpSel, Pc, PageVa, Tlb, TlbMask, TlbEl0, Jumps, JumpGeneration, HostFlags, Daif, MaintenancePosted, LinkSite, LinkPage, Fpsr;
    public static readonly int ExclusiveAddress, ExclusiveLow, ExclusiveSize;
    public static readonly int HostFp;
    public static readonly int SP_EL0, SP_EL1, ELR_EL1, SPSR_EL1, ESR_EL1, VBAR_EL1, CPACR_EL1, SetEl0, SetEl1;

    /// <summary>Offsets in a <see cref="TlbSet"/>.</summary>
    public static readonly int SetEntries, SetMask, SetJumps, SetGeneration;
    public static readonly int Blocks, Instructions, JumpMisses;
    private static readonly int Vectors, SharedPages;

    static CpuOffset()
    {
        // Not Marshal.OffsetOf, which knows another layout of bool.
        Cpu cpu = default;
        byte* origin = (byte*)&cpu + Pinning.Bias;
        Signals = (int)((byte*)&cpu.Signals - origin);
        SignalMask = (int)((byte*)&cpu.SignalMask - origin);
        FpEnabled = (int)((byte*)&cpu.FpEnabled - origin);
        El = (int)(&cpu.El - origin);
        SpSel = (int)(&cpu.SpSel - origin);
        Pc = (int)((byte*)&cpu.Pc - origin);
        PageVa = (int)((byte*)&cpu.PageVa - origin);
        Tlb = (int)((byte*)&cpu.Tlb - origin);
        TlbMask = (int)((byte*)&cpu.TlbMask - origin);
        TlbEl0 = (int)((byte*)&cpu.TlbEl0 - origin);
        Jumps = (int)((byte*)&cpu.Jumps - origin);
        JumpGeneration = (int)((byte*)&cpu.JumpGeneration - origin);
        HostFlags = (int)((byte*)&cpu.HostFlags - origin);
        HostFp = (int)((byte*)&cpu.HostFp - origin);
        Daif = (int)((byte*)&cpu.Daif - origin);
        MaintenancePosted = (int)((byte*)&cpu.MaintenancePosted - origin);
        LinkSite = (int)((byte*)&cpu.LinkSite - origin);
        LinkPage = (int)((byte*)&cpu.LinkPage - origin);
        ExclusiveAddress = (int)((byte*)&cpu.ExclusiveAddress - origin);
        ExclusiveLow = (int)((byte*)&cpu.ExclusiveLow - origin);
        ExclusiveSize = (int)((byte*)&cpu.ExclusiveSize - origin);
        SP_EL0 = (int)((byte*)&cpu.Sys.SP_EL0 - origin);
        SP_EL1 = (int)((byte*)&cpu.Sys.SP_EL1 - origin);
        ELR_EL1 = (int)((byte*)&cpu.Sys.ELR_EL1 - origin);
        SPSR_EL1 = (int)((byte*)&cpu.Sys.SPSR_EL1 - origin);
        ESR_EL1 = (int)((byte*)&cpu.Sys.ESR_EL1 - origin);
        VBAR_EL1 = (int)((byte*)&cpu.Sys.VBAR_EL1 - origin);
        CPACR_EL1 = (int)((byte*)&cpu.Sys.CPACR_EL1 - origin);
        SetEl0 = (int)((byte*)&cpu.SetEl0 - origin);
        SetEl1 = (int)((byte*)&cpu.SetEl1 - origin);
        TlbSet set = default;
        SetEntries = (int)((byte*)&set.Entries - (byte*)&set);
        SetMask = (int)((byte*)&set.Mask - (byte*)&set);
        SetJumps = (int)((byte*)&set.Jumps - (byte*)&set);
        SetGeneration = (int)((byte*)&set.Generation - (byte*)&set);
        Blocks = (int)((byte*)&cpu.Counters.Blocks - origin);
        Instructions = (int)((byte*)&cpu.Counters.Instructions - origin);
        JumpMisses = (int)((byte*)&cpu.Counters.JumpMisses - origin);
        Fpsr = (int)((byte*)&cpu.Fpsr - origin);
        SharedPages = (int)((byte*)cpu.SharedPages - origin);
        Vectors = (int)((byte*)cpu.V0 - origin);
    }

    /// <summary>A slot of <see cref="Cpu.X"/>.</summary>
    public static int X(int slot) => (8 * slot) - Pinning.Bias;

    /// <summary>An element of <see cref="Cpu.SharedPages"/>.</summary>
    public static int SharedPage(int index) => SharedPages + (8 * index);

    /// <summary>A V register.</summary>
    public static int V(int number) => Vectors + (16 * number);
}

/// <summary>Offsets in a jump cache entry.</summary>
internal static class JumpOffset
{
    public const int Va = 0, Op = 8, Generation = 16, Code = 24;
}

/// <summary>Offsets in a TLB entry.</summary>
internal static class TlbOffset
{
    public const int Read = 0, Write = 8, Addend = 24;
}
