using System.Reflection;

namespace Supermachine.Engine.Software;

/// <summary>The registers of a captured vCPU, in the order in which they are applied: PSTATE after the stack pointers it banks.</summary>
internal static unsafe class VcpuRegisters
{
    public delegate RegisterValue Getter(Cpu* cpu, in CpuInterfaceState gic, in VcpuTimersState timers);

    public delegate void Setter(Cpu* cpu, ref CpuInterfaceState gic, ref VcpuTimersState timers, RegisterValue value);

    private static readonly RegisterValue Word = ulong.MaxValue;
    private static readonly RegisterValue Half = uint.MaxValue;
    private static readonly RegisterValue Quad = new(ulong.MaxValue, ulong.MaxValue);

    public static IReadOnlyList<Entry> All { get; } = [.. General(), .. Vector(), .. System(), .. Interface(), .. Timer()];

    public static HashSet<string> Names { get; } = All.Select(register => register.Name).ToHashSet(StringComparer.Ordinal);

    private static List<Entry> General()
    {
        List<Entry> entries = [];
        for (int i = 0; i < 31; i++)
        {
            int number = i;
            entries.Add(new($"X{i}", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->X[number],
                (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => cpu->X[number] = value.Low));
        }

        entries.Add(new("PC", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->Pc,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => cpu->Pc = value.Low));

        // The bank that is in use is in X[31]: reading goes through PSTATE, and writing leaves EL1h so that setting PSTATE picks the right one.
        entries.Add(new("SP_EL0", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => UsesEl0Stack(cpu) ? cpu->X[Cpu.SP] : cpu->Sys.SP_EL0,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) =>
            {
                ProcessState.SetLevel(cpu, 1, 1);
                cpu->Sys.SP_EL0 = value.Low;
            }));
        entries.Add(new("SP_EL1", Word, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => UsesEl0Stack(cpu) ? cpu->Sys.SP_EL1 : cpu->X[Cpu.SP],
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => cpu->X[Cpu.SP] = value.Low));
        return entries;
    }

    private static bool UsesEl0Stack(Cpu* cpu) => cpu->El == 0 || cpu->SpSel == 0;

    private static List<Entry> Vector()
    {
        List<Entry> entries = [];
        for (int i = 0; i < 32; i++)
        {
            int number = i;
            entries.Add(new($"V{i}", Quad,
                (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => new RegisterValue(cpu->V0[2 * number], cpu->V0[(2 * number) + 1]),
                (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) =>
                    (cpu->V0[2 * number], cpu->V0[(2 * number) + 1]) = (value.Low, value.High)));
        }

        entries.Add(new("FPCR", Half, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->Fpcr,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => cpu->Fpcr = (uint)value.Low));
        entries.Add(new("FPSR", Half, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => cpu->Fpsr,
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => cpu->Fpsr = (uint)value.Low));
        return entries;
    }

    private static List<Entry> System()
    {
        List<Entry> entries = [];
        foreach ((string name, int offset) in SystemStateFields.All)
        {
            entries.Add(new(name, Word,
                (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => ((ulong*)&cpu->Sys)[offset],
                (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => ((ulong*)&cpu->Sys)[offset] = value.Low));
        }

        entries.Add(new("PSTATE", Half, (Cpu* cpu, in CpuInterfaceState _, in VcpuTimersState _) => ProcessState.Get(cpu),
            (Cpu* cpu, ref CpuInterfaceState _, ref VcpuTimersState _, RegisterValue value) => ProcessState.Set(cpu, (uint)value.Low),
            value => ProcessState.IsLegal((uint)value.Low)));
        return entries;
    }

    private static List<Entry> Interface() =>
    [
        new("ICC_PMR_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.PMR, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.PMR = (uint)value.Low),
        new("ICC_BPR0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.BPR0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.BPR0 = (uint)value.Low),
        new("ICC_BPR1_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.BPR1, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.BPR1 = (uint)value.Low),
        new("ICC_CTLR_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.CTLR, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.CTLR = (uint)value.Low),
        new("ICC_IGRPEN0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.IGRPEN0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.IGRPEN0 = (uint)value.Low),
        new("ICC_IGRPEN1_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.IGRPEN1, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.IGRPEN1 = (uint)value.Low),
        new("ICC_AP0R0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.AP0R0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.AP0R0 = (uint)value.Low),
        new("ICC_AP1R0_EL1", Half, (Cpu* _, in CpuInterfaceState gic, in VcpuTimersState _) => gic.AP1R0, (Cpu* _, ref CpuInterfaceState gic, ref VcpuTimersState _, RegisterValue value) => gic.AP1R0 = (uint)value.Low),
    ];

    private static List<Entry> Timer() =>
    [
        new("CNTP_CTL_EL0", 3, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTP_CTL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, RegisterValue value) => timers.CNTP_CTL = (uint)value.Low),
        new("CNTP_CVAL_EL0", Word, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTP_CVAL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, RegisterValue value) => timers.CNTP_CVAL = value.Low),
        new("CNTV_CTL_EL0", 3, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTV_CTL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, RegisterValue value) => timers.CNTV_CTL = (uint)value.Low),
        new("CNTV_CVAL_EL0", Word, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTV_CVAL, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, RegisterValue value) => timers.CNTV_CVAL = value.Low),
        new("CNTVOFF_EL2", Word, (Cpu* _, in CpuInterfaceState _, in VcpuTimersState timers) => timers.CNTVOFF, (Cpu* _, ref CpuInterfaceState _, ref VcpuTimersState timers, RegisterValue value) => timers.CNTVOFF = value.Low),
    ];

    /// <summary>One register: its name, the largest value it can have, and how to get at it.</summary>
    internal sealed record Entry(string Name, RegisterValue Maximum, Getter Get, Setter Set, Predicate<RegisterValue>? Legal = null)
    {
        public bool Accepts(RegisterValue value) => value.IsAtMost(Maximum) && (Legal?.Invoke(value) ?? true);
    }
}

/// <summary>What a register holds. Not a <see cref="UInt128"/> because code that takes one is not compiled ahead of time, and every start captures a state.</summary>
internal readonly record struct RegisterValue(ulong Low, ulong High)
{
    public static implicit operator RegisterValue(ulong value) => new(value, 0);

    public static explicit operator RegisterValue(UInt128 value) => new((ulong)value, (ulong)(value >> 64));

    public bool IsAtMost(RegisterValue limit) => High < limit.High || (High == limit.High && Low <= limit.Low);
}

/// <summary>The fields of <see cref="SystemState"/> that are captured, with their index in it. The stack pointers are captured with PSTATE's banking.</summary>
internal static class SystemStateFields
{
    public static IReadOnlyList<(string Name, int Index)> All { get; } = Find();

    private static List<(string Name, int Index)> Find()
    {
        List<(string, int)> captured = [];
        FieldInfo[] fields = typeof(SystemState).GetFields();
        for (int i = 0; i < fields.Length; i++)
        {
            if (!fields[i].Name.StartsWith("SP_", StringComparison.Ordinal)) captured.Add((fields[i].Name, i));
        }

        return captured;
    }
}
