namespace Supermachine.Engine.Software;

/// <content>Translation, exceptions and the other control registers of EL1.</content>
internal static unsafe partial class SystemRegisters
{
    /// <summary>The bits of SCTLR_EL1 that Armv8.0 has, without the big-endian ones: ID_AA64MMFR0_EL1.BigEnd is 0.</summary>
    private const ulong SctlrWritable = Sctlr.M | Sctlr.A | Sctlr.C | Sctlr.SA | Sctlr.SA0 | Sctlr.UMA | Sctlr.I | Sctlr.DZE
        | Sctlr.UCT | Sctlr.NTWI | Sctlr.NTWE | Sctlr.WXN | Sctlr.UCI;

    private static IEnumerable<SystemRegister> Control() =>
    [
        new("SCTLR_EL1", SystemRegister.Encode(3, 0, 1, 0, 0)) { Read = &ReadSctlr, Write = &WriteSctlr, ChangesContext = true },
        Plain("ACTLR_EL1", 3, 0, 1, 0, 1, &At->Sys.ACTLR_EL1, 0),
        new("CPACR_EL1", SystemRegister.Encode(3, 0, 1, 0, 2)) { Read = &ReadCpacr, Write = &WriteCpacr, ChangesContext = true },
        new("TTBR0_EL1", SystemRegister.Encode(3, 0, 2, 0, 0)) { Read = &ReadTtbr0, Write = &WriteTtbr0, ChangesContext = true },
        new("TTBR1_EL1", SystemRegister.Encode(3, 0, 2, 0, 1)) { Read = &ReadTtbr1, Write = &WriteTtbr1, ChangesContext = true },
        new("TCR_EL1", SystemRegister.Encode(3, 0, 2, 0, 2)) { Read = &ReadTcr, Write = &WriteTcr, ChangesContext = true },
        new("MAIR_EL1", SystemRegister.Encode(3, 0, 10, 2, 0)) { Read = &ReadMair, Write = &WriteMair, ChangesContext = true },
        Plain("AMAIR_EL1", 3, 0, 10, 3, 0, &At->Sys.AMAIR_EL1, 0),
        Plain("AFSR0_EL1", 3, 0, 5, 1, 0, &At->Sys.AFSR0_EL1, 0),
        Plain("AFSR1_EL1", 3, 0, 5, 1, 1, &At->Sys.AFSR1_EL1, 0),
        Plain("ESR_EL1", 3, 0, 5, 2, 0, &At->Sys.ESR_EL1, uint.MaxValue),
        Plain("FAR_EL1", 3, 0, 6, 0, 0, &At->Sys.FAR_EL1),
        Plain("PAR_EL1", 3, 0, 7, 4, 0, &At->Sys.PAR_EL1),
        Plain("VBAR_EL1", 3, 0, 12, 0, 0, &At->Sys.VBAR_EL1, ~0x7FFul),
        Constant("RVBAR_EL1", 0, 12, 0, 1, 0),
        Plain("CONTEXTIDR_EL1", 3, 0, 13, 0, 1, &At->Sys.CONTEXTIDR_EL1, uint.MaxValue),
        Plain("TPIDR_EL1", 3, 0, 13, 0, 4, &At->Sys.TPIDR_EL1),
        new("TPIDR_EL0", SystemRegister.Encode(3, 3, 13, 0, 2)) { Field = OffsetOf(&At->Sys.TPIDR_EL0), El0Read = El0Access.Allowed, El0Write = El0Access.Allowed },
        new("TPIDRRO_EL0", SystemRegister.Encode(3, 3, 13, 0, 3)) { Field = OffsetOf(&At->Sys.TPIDRRO_EL0), El0Read = El0Access.Allowed },
        new("ISR_EL1", SystemRegister.Encode(3, 0, 12, 1, 0)) { Read = &ReadIsr },
    ];

    private static ulong ReadSctlr(Cpu* cpu) => cpu->Sys.SCTLR_EL1;

    private static void WriteSctlr(Cpu* cpu, ulong value)
    {
        cpu->Sys.SCTLR_EL1 = value & SctlrWritable | Sctlr.RES1;
        Tlb.Flush(cpu);
    }

    private static ulong ReadCpacr(Cpu* cpu) => cpu->Sys.CPACR_EL1;

    private static void WriteCpacr(Cpu* cpu, ulong value)
    {
        cpu->Sys.CPACR_EL1 = value & 3 << 20; // FPEN; there is no trace unit for TTA
        ProcessState.UpdateFp(cpu);
    }

    private static ulong ReadTtbr0(Cpu* cpu) => cpu->Sys.TTBR0_EL1;

    private static void WriteTtbr0(Cpu* cpu, ulong value)
    {
        if (cpu->Sys.TTBR0_EL1 == value) return;
        cpu->Sys.TTBR0_EL1 = value;
        Tlb.Switch(cpu);
    }

    private static ulong ReadTtbr1(Cpu* cpu) => cpu->Sys.TTBR1_EL1;

    private static void WriteTtbr1(Cpu* cpu, ulong value)
    {
        if (cpu->Sys.TTBR1_EL1 == value) return;
        cpu->Sys.TTBR1_EL1 = value;
        Tlb.Switch(cpu);
    }

    private static ulong ReadTcr(Cpu* cpu) => cpu->Sys.TCR_EL1;

    private static void WriteTcr(Cpu* cpu, ulong value)
    {
        cpu->Sys.TCR_EL1 = value & (0x7F_FFFF_FFFF | 3ul << 55); // up to TBI1, and E0PDn: the others belong to extensions that are not announced
        Tlb.Flush(cpu);
    }

    private static ulong ReadMair(Cpu* cpu) => cpu->Sys.MAIR_EL1;

    private static void WriteMair(Cpu* cpu, ulong value)
    {
        cpu->Sys.MAIR_EL1 = value;
        Tlb.Flush(cpu);
    }

    /// <summary>What is pending, whether masked or not.</summary>
    private static ulong ReadIsr(Cpu* cpu)
    {
        Signal signals = (Signal)Volatile.Read(ref cpu->Signals);
        return ((signals & Signal.Irq) != 0 ? 1ul << 7 : 0) | ((signals & Signal.Fiq) != 0 ? 1ul << 6 : 0);
    }
}
