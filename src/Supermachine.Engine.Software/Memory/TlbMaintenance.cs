namespace Supermachine.Engine.Software;

/// <summary>What a TLB is to forget.</summary>
internal enum TlbMaintenanceKind
{
    All,

    /// <summary>What is private to an ASID.</summary>
    Asid,

    /// <summary>An address.</summary>
    Page,

    /// <summary>Predicted jumps only: the code that they lead to is going away.</summary>
    Jumps,
}

/// <summary>One act of TLB maintenance, for its own vCPU or posted to others.</summary>
/// <param name="Kind">What.</param>
/// <param name="Operand">The ASID or the address.</param>
internal readonly record struct TlbMaintenance(TlbMaintenanceKind Kind, ulong Operand = 0)
{
    /// <summary>Called on the vCPU's thread, outside blocks or where one ends.</summary>
    public unsafe void Apply(Cpu* cpu)
    {
        switch (Kind)
        {
            case TlbMaintenanceKind.Asid: Tlb.FlushAsid(cpu, Operand); break;
            case TlbMaintenanceKind.Page: Tlb.FlushPage(cpu, Operand); break;
            case TlbMaintenanceKind.Jumps: Tlb.FlushJumps(cpu); break;
            default: Tlb.Flush(cpu); break;
        }
    }
}
