namespace Supermachine.Engine.Software;

/// <content>
/// Self-hosted debug (ARM ARM D19.3), as far as a kernel touches it at start: the registers keep what is written, but no
/// breakpoint, watchpoint or software step ever fires, and no external debugger is there.
/// </content>
internal static unsafe partial class SystemRegisters
{
    private static IEnumerable<SystemRegister> Debug() =>
    [
        Plain("MDSCR_EL1", 2, 0, 0, 2, 2, &At->Sys.MDSCR_EL1, 0xFFFF_FFFF),
        Plain("MDCCINT_EL1", 2, 0, 0, 2, 0, &At->Sys.MDCCINT_EL1, 0),
        Plain("OSDTRRX_EL1", 2, 0, 0, 0, 2, &At->Sys.MDCCINT_EL1, 0),
        Plain("OSDTRTX_EL1", 2, 0, 0, 3, 2, &At->Sys.MDCCINT_EL1, 0),
        Plain("OSECCR_EL1", 2, 0, 0, 6, 2, &At->Sys.MDCCINT_EL1, 0),
        new("MDRAR_EL1", SystemRegister.Encode(2, 0, 1, 0, 0)) { Constant = 0 },
        new("OSLAR_EL1", SystemRegister.Encode(2, 0, 1, 0, 4)) { Write = &WriteOslar },
        new("OSLSR_EL1", SystemRegister.Encode(2, 0, 1, 1, 4)) { Read = &ReadOslsr },
        Plain("OSDLR_EL1", 2, 0, 1, 3, 4, &At->Sys.OSDLR_EL1, 1),
        Plain("DBGPRCR_EL1", 2, 0, 1, 4, 4, &At->Sys.MDCCINT_EL1, 0),
        new("DBGCLAIMSET_EL1", SystemRegister.Encode(2, 0, 7, 8, 6)) { Read = &ReadClaimSet, Write = &WriteClaimSet },
        new("DBGCLAIMCLR_EL1", SystemRegister.Encode(2, 0, 7, 9, 6)) { Read = &ReadClaim, Write = &WriteClaimClear },
        new("DBGAUTHSTATUS_EL1", SystemRegister.Encode(2, 0, 7, 14, 6)) { Constant = 0 },
        new("MDCCSR_EL0", SystemRegister.Encode(2, 3, 0, 1, 0)) { Constant = 0, El0Read = El0Access.DebugCommunications },
        Plain("DBGBVR0_EL1", 2, 0, 0, 0, 4, &At->Sys.DBGBVR0_EL1),
        Plain("DBGBCR0_EL1", 2, 0, 0, 0, 5, &At->Sys.DBGBCR0_EL1, uint.MaxValue),
        Plain("DBGBVR1_EL1", 2, 0, 0, 1, 4, &At->Sys.DBGBVR1_EL1),
        Plain("DBGBCR1_EL1", 2, 0, 0, 1, 5, &At->Sys.DBGBCR1_EL1, uint.MaxValue),
        Plain("DBGWVR0_EL1", 2, 0, 0, 0, 6, &At->Sys.DBGWVR0_EL1),
        Plain("DBGWCR0_EL1", 2, 0, 0, 0, 7, &At->Sys.DBGWCR0_EL1, uint.MaxValue),
        Plain("DBGWVR1_EL1", 2, 0, 0, 1, 6, &At->Sys.DBGWVR1_EL1),
        Plain("DBGWCR1_EL1", 2, 0, 0, 1, 7, &At->Sys.DBGWCR1_EL1, uint.MaxValue),
    ];

    private static void WriteOslar(Cpu* cpu, ulong value) => cpu->Sys.OSLAR_EL1 = value & 1;

    /// <summary>OSLM: the lock is implemented; OSLK: whether it is locked.</summary>
    private static ulong ReadOslsr(Cpu* cpu) => 8 | cpu->Sys.OSLAR_EL1 << 1;

    /// <summary>All eight claim tags are implemented, which reading the set register tells.</summary>
    private static ulong ReadClaimSet(Cpu* cpu) => 0xFF;

    private static void WriteClaimSet(Cpu* cpu, ulong value) => cpu->Sys.DBGCLAIM_EL1 |= value & 0xFF;

    private static ulong ReadClaim(Cpu* cpu) => cpu->Sys.DBGCLAIM_EL1;

    private static void WriteClaimClear(Cpu* cpu, ulong value) => cpu->Sys.DBGCLAIM_EL1 &= ~(value & 0xFF);
}
