namespace Supermachine.Engine.Software;

/// <summary>Bits of SCTLR_EL1 that the engine heeds (ARM ARM D19.2.115).</summary>
internal static class Sctlr
{
    public const ulong M = 1, A = 1 << 1, C = 1 << 2, SA = 1 << 3, SA0 = 1 << 4, UMA = 1 << 9, I = 1 << 12, DZE = 1 << 14, UCT = 1 << 15;
    public const ulong NTWI = 1 << 16, NTWE = 1 << 18, WXN = 1 << 19, E0E = 1 << 24, EE = 1 << 25, UCI = 1 << 26;

    /// <summary>Bits that read as one in Armv8.0.</summary>
    public const ulong RES1 = 1 << 11 | 1 << 20 | 1 << 22 | 1 << 23 | 1 << 28 | 1 << 29;
}

/// <summary>Address translation of the EL1&amp;0 regime, as loads, stores and fetches see it.</summary>
internal static unsafe class Mmu
{
    /// <summary>Translates one access and checks its permission.</summary>
    /// <param name="cpu">Whose registers.</param>
    /// <param name="va">The address.</param>
    /// <param name="kind">The access.</param>
    /// <param name="el0">Use EL0's permissions: the vCPU is at EL0, or the instruction is unprivileged.</param>
    /// <param name="translation">What was found.</param>
    /// <param name="fault">The fault status code (DFSC, IFSC) when the result is false.</param>
    public static bool TryTranslate(Cpu* cpu, ulong va, AccessKind kind, bool el0, out Translation translation, out uint fault)
    {
        WalkResult walk = Walk(cpu, va, el0);
        translation = default;
        fault = walk.FaultCode;
        if (walk.IsFault) return false;
        Permissions read = el0 ? Permissions.El0Read : Permissions.El1Read;
        Permissions write = el0 ? Permissions.El0Write : Permissions.El1Write;
        Permissions execute = el0 ? Permissions.El0Execute : Permissions.El1Execute;
        Permissions wanted = kind switch
        {
            AccessKind.Write => write,
            AccessKind.Fetch => execute,
            _ => read,
        };
        fault = walk.PermissionFault;
        if (!walk.Allows(wanted)) return false;
        bool device = walk.Attribute == WalkResult.NoAttribute
            ? kind != AccessKind.Fetch
            : (cpu->Sys.MAIR_EL1 >> (8 * walk.Attribute) & 0xF0) == 0;
        translation = new Translation(walk.PhysicalAddress, walk.Allows(read), walk.Allows(write), walk.Allows(execute), device, walk.PageBits, walk.IsPrivate);
        return true;
    }

    /// <summary>The walk of an address, for AT as well. Tables of a half that TCR_EL1.E0PDn closes to EL0 are not even looked at for it.</summary>
    public static WalkResult Walk(Cpu* cpu, ulong va, bool el0)
    {
        TranslationRegisters registers = new(cpu->Sys.SCTLR_EL1, cpu->Sys.TCR_EL1, cpu->Sys.TTBR0_EL1, cpu->Sys.TTBR1_EL1);
        if (el0 && registers.IsClosedToEl0(va)) return WalkResult.Faulted(WalkFault.Translation, 0);
        return StageOneWalk.Translate(registers, va, new RamReader(cpu->Owner.Partition.Memory));
    }

    private readonly struct RamReader(PhysicalMap memory) : IDescriptorReader
    {
        public bool TryRead(ulong physicalAddress, out ulong descriptor)
        {
            byte* host = memory.Host(physicalAddress);
            descriptor = host != null ? Volatile.Read(ref *(ulong*)host) : 0;
            return host != null;
        }
    }
}

/// <summary>Fault status codes of ESR_ELx (ARM ARM D19.2.37) that no walk gives.</summary>
internal static class FaultStatus
{
    public const uint ExternalAbort = 0x10, Alignment = 0x21, UnsupportedExclusive = 0x35;

    /// <summary>Whether an abort says that there is no memory: for the access, for an exclusive one, or for the walk's descriptor.</summary>
    public static bool IsExternal(uint fault) => fault is ExternalAbort or UnsupportedExclusive or >= WalkFault.ExternalAbort and < WalkFault.ExternalAbort + 4;
}
