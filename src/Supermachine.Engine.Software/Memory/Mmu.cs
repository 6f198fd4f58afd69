namespace Supermachine.Engine.Software;

/// <summary>Bits of SCTLR_EL1 that the engine heeds (ARM ARM D19.2.115).</summary>
internal static class Sctlr
{
    public const ulong M = 1, A = 1 << 1, C = 1 << 2, SA = 1 << 3, SA0 = 1 << 4, UMA = 1 << 9, I = 1 << 12, DZE = 1 << 14, UCT = 1 << 15;
    public const ulong NTWI = 1 << 16, NTWE = 1 << 18, WXN = 1 << 19, E0E = 1 << 24, EE = 1 << 25, UCI = 1 << 26;

    /// <summary>Bits that read as one in Armv8.0.</summary>
    public const ulong RES1 = 1 << 11 | 1 << 20 | 1 << 22 | 1 << 23 | 1 << 28 | 1 << 29;
}

/// <summary>Address translation of the EL1&amp;0 regime.</summary>
internal static unsafe class Mmu
{
    /// <summary>Translates one access and checks its permission.</summary>
    /// <param name="el0">Use EL0's permissions: the vCPU is at EL0, or the instruction is unprivileged.</param>
    /// <param name="fault">The fault status code (DFSC, IFSC) when the result is false.</param>
    public static bool TryTranslate(Cpu* cpu, ulong va, AccessKind kind, bool el0, out Translation translation, out uint fault)
    {
        fault = 0;
        if ((cpu->Sys.SCTLR_EL1 & Sctlr.M) == 0)
        {
            // Stage 1 off: flat, data is Device-nGnRnE, an address too wide is an address size fault at level 0 (D8.2.9).
            translation = new Translation(va & 0x00FF_FFFF_FFFF_FFFF, true, true, true, kind != AccessKind.Fetch);
            if (translation.Pa >> PhysicalMap.AddressBits != 0) fault = FaultStatus.AddressSize;
            return fault == 0;
        }

        translation = default;
        fault = FaultStatus.Translation;
        return false;
    }
}

/// <summary>Fault status codes of ESR_ELx (ARM ARM D19.2.37); levels are added to the first four.</summary>
internal static class FaultStatus
{
    public const uint AddressSize = 0x00, Translation = 0x04, AccessFlag = 0x08, Permission = 0x0C;
    public const uint ExternalAbort = 0x10, ExternalAbortOnWalk = 0x14, Alignment = 0x21, UnsupportedExclusive = 0x35;
}
