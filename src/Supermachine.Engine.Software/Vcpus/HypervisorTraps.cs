namespace Supermachine.Engine.Software;

/// <summary>
/// What of a guest's doings goes to a hypervisor at EL2 instead of the runtime or the guest itself, for whoever presents a vCPU as a
/// processor under one. Named after the control bits of HCR_EL2, MDCR_EL2 and ICH_HCR_EL2 that do it on hardware.
/// </summary>
[Flags]
internal enum HypervisorTraps
{
    /// <summary>Nothing: devices are exits of their own, and what has no memory behind it is the guest's external abort.</summary>
    None = 0,

    /// <summary>An access to an address without memory, or without permission for it, is a stage 2 abort.</summary>
    VM = 1,

    /// <summary>WFI.</summary>
    TWI = 2,

    /// <summary>SMC.</summary>
    TSC = 4,

    /// <summary>The OS lock's registers.</summary>
    TDOSA = 8,

    /// <summary>Every other debug register.</summary>
    TDA = 16,

    /// <summary>BRK.</summary>
    TDE = 32,

    /// <summary>The performance monitors' registers.</summary>
    TPM = 64,

    /// <summary>The GIC's CPU interface (TALL0, TALL1, TC).</summary>
    TALL = 128,
}

/// <summary>An exception that a hypervisor takes, with the PC at the instruction.</summary>
/// <param name="Syndrome">ESR_EL2, without the instruction syndrome of a data abort (ISV is 0).</param>
/// <param name="Instruction">The instruction; zero for one that could not be fetched.</param>
/// <param name="VirtualAddress">FAR_EL2 of an abort.</param>
/// <param name="PhysicalAddress">The intermediate physical address of an abort, down to the byte.</param>
internal readonly record struct HypervisorTrap(uint Syndrome, uint Instruction, ulong VirtualAddress, ulong PhysicalAddress);
