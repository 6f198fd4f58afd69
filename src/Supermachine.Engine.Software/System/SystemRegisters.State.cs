namespace Supermachine.Engine.Software;

/// <content>PSTATE by its fields, the registers of exception entry and return, and FPCR and FPSR (ARM ARM C5.2).</content>
internal static unsafe partial class SystemRegisters
{
    /// <summary>AHP, DN, FZ, RMode: Armv8.0 has no half-precision arithmetic, and no trapped exceptions are implemented.</summary>
    private const uint FpcrWritable = 0x07C0_0000;

    /// <summary>QC, IDC and the five IEEE flags.</summary>
    private const uint FpsrWritable = 0x0800_009F;

    private static IEnumerable<SystemRegister> State() =>
    [
        Plain("SPSR_EL1", 3, 0, 4, 0, 0, &At->Sys.SPSR_EL1, uint.MaxValue),
        Plain("ELR_EL1", 3, 0, 4, 0, 1, &At->Sys.ELR_EL1),
        new("SP_EL0", SP_EL0) { Field = OffsetOf(&At->Sys.SP_EL0) },
        new("SPSel", SystemRegister.Encode(3, 0, 4, 2, 0)) { Read = &ReadSpSel, Write = &WriteSpSel },
        new("CurrentEL", CurrentEL) { Read = &ReadCurrentEl },
        new("NZCV", NZCV) { Read = &ReadNzcv, Write = &WriteNzcv, El0Read = El0Access.Allowed, El0Write = El0Access.Allowed },
        new("DAIF", DAIF) { Read = &ReadDaif, Write = &WriteDaif, El0Read = El0Access.InterruptMasks, El0Write = El0Access.InterruptMasks },
        new("FPCR", SystemRegister.Encode(3, 3, 4, 4, 0)) { Read = &ReadFpcr, Write = &WriteFpcr, IsFp = true, El0Read = El0Access.Allowed, El0Write = El0Access.Allowed },
        new("FPSR", SystemRegister.Encode(3, 3, 4, 4, 1)) { Read = &ReadFpsr, Write = &WriteFpsr, IsFp = true, El0Read = El0Access.Allowed, El0Write = El0Access.Allowed },
    ];

    private static ulong ReadSpSel(Cpu* cpu) => cpu->SpSel;

    private static void WriteSpSel(Cpu* cpu, ulong value) => ProcessState.SetLevel(cpu, 1, (uint)value & 1);

    private static ulong ReadCurrentEl(Cpu* cpu) => (ulong)cpu->El << 2;

    private static ulong ReadNzcv(Cpu* cpu) => cpu->Nzcv;

    private static void WriteNzcv(Cpu* cpu, ulong value) => cpu->Nzcv = (uint)value;

    private static ulong ReadDaif(Cpu* cpu) => cpu->Daif;

    private static void WriteDaif(Cpu* cpu, ulong value) => ProcessState.SetDaif(cpu, (uint)value & ProcessState.AllMasked);

    private static ulong ReadFpcr(Cpu* cpu) => cpu->Fpcr;

    private static void WriteFpcr(Cpu* cpu, ulong value) => cpu->Fpcr = (uint)value & FpcrWritable;

    private static ulong ReadFpsr(Cpu* cpu) => cpu->Fpsr;

    private static void WriteFpsr(Cpu* cpu, ulong value) => cpu->Fpsr = (uint)value & FpsrWritable;
}
