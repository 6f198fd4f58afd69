using System.Collections.Frozen;

namespace Supermachine.Engine.Software;

/// <summary>The registers of a captured vCPU, in the order in which they are applied: PSTATE after the stack pointers it banks.</summary>
internal static unsafe class VcpuRegisters
{
    public delegate UInt128 Getter(Cpu* cpu, in CpuInterfaceState gic, in VcpuTimersState timers);

    public delegate void Setter(Cpu* cpu, ref CpuInterfaceState gic, ref VcpuTimersState timers, UInt128 value);

    private static readonly UInt128 Word = ulong.MaxValue;
    private static readonly UInt128 Half = uint.MaxValue;

    public static IReadOnlyList<Entry> All { get; } = [.. General(), .. Vector(), .. System(), .. Interface(), .. Timer()];

    public static FrozenSet<string> Names { get; } = All.Select(register => register.Name).ToFrozenSet(StringComparer.Ordinal);

    private static List<Entry> General()
    {
        List<Entry> entries = [];
        for (int i = 0; i < 31; i++)
        {
            int number = i;
            entries.Add(new($"X{i}", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->X[number],
                (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => cpu->X[number] = (ulong)value));
        }

        entries.Add(new("PC", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->Pc,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => cpu->Pc = (ulong)value));

        // The bank that is in use is in X[31]: reading goes through PSTATE, and writing leaves EL1h so that setting PSTATE picks the right one.
        entries.Add(new("SP_EL0", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => UsesEl0Stack(cpu) ? cpu->X[Cpu.SP] : cpu->Sys.SP_EL0,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) =>
            {
                ProcessState.SetLevel(cpu, 1, 1);
                cpu->Sys.SP_EL0 = (ulong)value;
            }));
        entries.Add(new("SP_EL1", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => UsesEl0Stack(cpu) ? cpu->Sys.SP_EL1 : cpu->X[Cpu.SP],
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => cpu->X[Cpu.SP] = (ulong)value));
        return entries;
    }

    private static bool UsesEl0Stack(Cpu* cpu) => cpu->El == 0 || cpu->SpSel == 0;

    private static List<Entry> Vector()
    {
        List<Entry> entries = [];
        for (int i = 0; i < 32; i++)
        {
            int number = i;
            entries.Add(new($"V{i}", UInt128.MaxValue,
                (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => new UInt128(cpu->V0[(2 * number) + 1], cpu->V0[2 * number]),
                (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) =>
                    (cpu->V0[2 * number], cpu->V0[(2 * number) + 1]) = ((ulong)value, (ulong)(value >> 64))));
        }

        entries.Add(new("FPCR", Half, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->Fpcr,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => cpu->Fpcr = (uint)value));
        entries.Add(new("FPSR", Half, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->Fpsr,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => cpu->Fpsr = (uint)value));
        return entries;
    }

    private static List<Entry> System()
    {
        List<Entry> entries = [];
        foreach ((string name, int offset) in SystemStateFields.All)
        {
            entries.Add(new(name, Word,
                (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => ((ulong*)&cpu->Sys)[offset],
                (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => ((ulong*)&cpu->Sys)[offset] = (ulong)value));
        }

        entries.Add(new("PSTATE", Half, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => ProcessState.Get(cpu),
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, UInt128 value) => ProcessState.Set(cpu, (uint)value),
            value => ProcessState.IsLegal((uint)value)));
        return entries;
    }

    private static List<Entry> Interface() =>
    [
        new("ICC_PMR_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.PMR, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.PMR = (uint)value),
        new("ICC_BPR0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.BPR0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.BPR0 = (uint)value),
        new("ICC_BPR1_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.BPR1, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.BPR1 = (uint)value),
        new("ICC_CTLR_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.CTLR, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.CTLR = (uint)value),
        new("ICC_IGRPEN0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.IGRPEN0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.IGRPEN0 = (uint)value),
        new("ICC_IGRPEN1_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.IGRPEN1, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.IGRPEN1 = (uint)value),
        new("ICC_AP0R0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.AP0R0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.AP0R0 = (uint)value),
        new("ICC_AP1R0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.AP1R0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, UInt128 value) => gic.AP1R0 = (uint)value),
    ];

    private static List<Entry> Timer() =>
    [
        new("CNTP_CTL_EL0", 3, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTP_CTL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, UInt128 value) => timers.CNTP_CTL = (uint)value),
        new("CNTP_CVAL_EL0", Word, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTP_CVAL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, UInt128 value) => timers.CNTP_CVAL = (ulong)value),
        new("CNTV_CTL_EL0", 3, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTV_CTL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, UInt128 value) => timers.CNTV_CTL = (uint)value),
        new("CNTV_CVAL_EL0", Word, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTV_CVAL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, UInt128 value) => timers.CNTV_CVAL = (ulong)value),
        new("CNTVOFF_EL2", Word, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTVOFF, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, UInt128 value) => timers.CNTVOFF = (ulong)value),
    ];

    /// <summary>One register: its name, the largest value it can have, and how to get at it.</summary>
    internal sealed record Entry(string Name, UInt128 Maximum, Getter Get, Setter Set, Predicate<UInt128>? Legal = null)
    {
        public bool Accepts(UInt128 value) => value <= Maximum && (Legal?.Invoke(value) ?? true);
    }
}

/// <summary>The fields of <see cref="SystemState"/> that are captured, with their index in it. The stack pointers are captured with PSTATE's banking.</summary>
internal static class SystemStateFields
{
    public static IReadOnlyList<(string Name, int Index)> All { get; } =
    [
        ..typeof(SystemState).GetFields().Select((field, index) => (field.Name, index)).Where(field => !field.Name.StartsWith("SP_", StringComparison.Ordinal)),
    ];
}
