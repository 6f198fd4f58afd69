namespace Supermachine.Engine.Hvf;

/// <summary>Has a guest take a synchronous exception to EL1 (ARM ARM D1.3): the framework has no call for it.</summary>
internal static class GuestException
{
    /// <summary>PSTATE.M of EL1 with SP_EL1.</summary>
    public const ulong EL1h = 5;

    private const ulong EL1t = 4, DAIF = 0x3c0, PAN = 1 << 22, SSBS = 1 << 12;

    /// <summary>What an exception leaves of PSTATE: the conditions, TCO, DIT and PAN.</summary>
    private const ulong Kept = 0xf000_0000 | 1 << 25 | 1 << 24 | PAN;

    // SCTLR_EL1.
    private const ulong SPAN = 1 << 23, DSSBS = 1ul << 44;

    /// <summary>Takes it. The vCPU is between two runs.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="exceptionClass">As from EL0; one more is set where the level is EL1 and the class tells the two apart.</param>
    /// <param name="iss">ISS; IL is always set.</param>
    /// <param name="pc">The preferred return address.</param>
    /// <param name="far">FAR_EL1; null to leave it.</param>
    public static void Take(VcpuHandle vcpu, ExceptionClass exceptionClass, uint iss, ulong pc, ulong? far = null)
    {
        ulong pstate = vcpu[HV_REG_CPSR], sctlr = vcpu[HV_SYS_REG_SCTLR_EL1];
        bool fromEl0 = (pstate & 0xc) == 0;
        uint ec = (uint)exceptionClass;
        if (!fromEl0 && exceptionClass is >= ExceptionClass.InstructionAbortLower and <= ExceptionClass.WatchpointSame) ec |= 1;
        vcpu[HV_SYS_REG_ESR_EL1] = ec << 26 | 1u << 25 | iss;
        if (far is { } address) vcpu[HV_SYS_REG_FAR_EL1] = address;
        vcpu[HV_SYS_REG_SPSR_EL1] = pstate;
        vcpu[HV_SYS_REG_ELR_EL1] = pc;
        vcpu[HV_REG_CPSR] = (pstate & Kept) | EL1h | DAIF | ((sctlr & SPAN) == 0 ? PAN : 0) | ((sctlr & DSSBS) != 0 ? SSBS : 0);
        vcpu[HV_REG_PC] = vcpu[HV_SYS_REG_VBAR_EL1] + (fromEl0 ? 0x400ul : (pstate & 0xf) == EL1t ? 0 : 0x200ul);
    }

    /// <summary>An UNDEFINED instruction at an address.</summary>
    public static void Undefined(VcpuHandle vcpu, ulong pc) => Take(vcpu, ExceptionClass.Unknown, 0, pc);
}
