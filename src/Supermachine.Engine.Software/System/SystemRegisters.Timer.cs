namespace Supermachine.Engine.Software;

/// <content>The generic timer (ARM ARM D19.12). CNTFRQ_EL0 is the firmware's to write, as it is under a hypervisor.</content>
internal static unsafe partial class SystemRegisters
{
    private static IEnumerable<SystemRegister> Timer() =>
    [
        new("CNTFRQ_EL0", SystemRegister.Encode(3, 3, 14, 0, 0)) { Read = &ReadFrequency, El0Read = El0Access.CounterFrequency },
        new("CNTPCT_EL0", SystemRegister.Encode(3, 3, 14, 0, 1)) { Read = &ReadPhysicalCount, El0Read = El0Access.PhysicalCounter },
        new("CNTVCT_EL0", SystemRegister.Encode(3, 3, 14, 0, 2)) { Read = &ReadVirtualCount, El0Read = El0Access.VirtualCounter },
        Plain("CNTKCTL_EL1", 3, 0, 14, 1, 0, &At->Sys.CNTKCTL_EL1, 0x3FF),
        OfTimer("CNTP_TVAL_EL0", 2, 0, &ReadTval<Physical>, &WriteTval<Physical>, El0Access.PhysicalTimer),
        OfTimer("CNTP_CTL_EL0", 2, 1, &ReadCtl<Physical>, &WriteCtl<Physical>, El0Access.PhysicalTimer),
        OfTimer("CNTP_CVAL_EL0", 2, 2, &ReadCval<Physical>, &WriteCval<Physical>, El0Access.PhysicalTimer),
        OfTimer("CNTV_TVAL_EL0", 3, 0, &ReadTval<Virtual>, &WriteTval<Virtual>, El0Access.VirtualTimer),
        OfTimer("CNTV_CTL_EL0", 3, 1, &ReadCtl<Virtual>, &WriteCtl<Virtual>, El0Access.VirtualTimer),
        OfTimer("CNTV_CVAL_EL0", 3, 2, &ReadCval<Virtual>, &WriteCval<Virtual>, El0Access.VirtualTimer),
    ];

    private static SystemRegister OfTimer(string name, uint crm, uint op2, delegate*<Cpu*, ulong> read, delegate*<Cpu*, ulong, void> write, El0Access el0) =>
        new(name, SystemRegister.Encode(3, 3, 14, crm, op2)) { Read = read, Write = write, El0Read = el0, El0Write = el0 };

    private static ulong ReadFrequency(Cpu* cpu) => cpu->Owner.Partition.Counter.Frequency;

    private static ulong ReadPhysicalCount(Cpu* cpu) => cpu->Owner.Timers.PhysicalCount;

    private static ulong ReadVirtualCount(Cpu* cpu) => cpu->Owner.Timers.VirtualCount;

    private static ulong ReadTval<T>(Cpu* cpu)
        where T : struct, IWhichTimer => cpu->Owner.Timers.ReadTval(T.IsVirtual);

    private static void WriteTval<T>(Cpu* cpu, ulong value)
        where T : struct, IWhichTimer => cpu->Owner.Timers.WriteTval(T.IsVirtual, value);

    private static ulong ReadCtl<T>(Cpu* cpu)
        where T : struct, IWhichTimer => cpu->Owner.Timers.ReadCtl(T.IsVirtual);

    private static void WriteCtl<T>(Cpu* cpu, ulong value)
        where T : struct, IWhichTimer => cpu->Owner.Timers.WriteCtl(T.IsVirtual, value);

    private static ulong ReadCval<T>(Cpu* cpu)
        where T : struct, IWhichTimer => cpu->Owner.Timers.ReadCval(T.IsVirtual);

    private static void WriteCval<T>(Cpu* cpu, ulong value)
        where T : struct, IWhichTimer => cpu->Owner.Timers.WriteCval(T.IsVirtual, value);

    private interface IWhichTimer
    {
        static abstract bool IsVirtual { get; }
    }

    private readonly struct Physical : IWhichTimer
    {
        public static bool IsVirtual => false;
    }

    private readonly struct Virtual : IWhichTimer
    {
        public static bool IsVirtual => true;
    }
}
