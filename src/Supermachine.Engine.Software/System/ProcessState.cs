namespace Supermachine.Engine.Software;

/// <summary>PSTATE as a whole, in the layout of SPSR_EL1 (ARM ARM C5.2.19), and what follows from changing it.</summary>
internal static unsafe class ProcessState
{
    public const uint AllMasked = 0x3C0;

    /// <summary>The signals that no DAIF bit masks: every value of <see cref="Cpu.SignalMask"/> has them.</summary>
    public const Signal NeverMasked = Signal.Exit | Signal.Maintenance | Signal.Step;

    private const uint F = 1 << 6, I = 1 << 7, IL = 1 << 20;

    public static uint Get(Cpu* cpu) => cpu->Nzcv | (cpu->IllegalState ? IL : 0) | cpu->Daif | (uint)cpu->El << 2 | cpu->SpSel;

    /// <summary>Sets PSTATE to a value that describes AArch64 at EL0t, EL1t or EL1h.</summary>
    public static void Set(Cpu* cpu, uint value)
    {
        cpu->Nzcv = value;
        cpu->IllegalState = (value & IL) != 0;
        SetLevel(cpu, value >> 2 & 1, value & 1);
        SetDaif(cpu, value & AllMasked);
    }

    /// <summary>Whether SPSR_EL1 describes a state that an exception return from EL1 can go to.</summary>
    public static bool IsLegal(uint spsr) => (spsr & 0x1F) is 0 or 4 or 5;

    /// <summary>Sets PSTATE.DAIF, given as bits 9 to 6.</summary>
    public static void SetDaif(Cpu* cpu, uint daif)
    {
        cpu->Daif = daif;
        Signal mask = NeverMasked;
        if ((daif & I) == 0) mask |= Signal.Irq;
        if ((daif & F) == 0) mask |= Signal.Fiq;
        cpu->SignalMask = (int)mask;
    }

    /// <summary>Changes the exception level and stack pointer selection, banking SP and switching the TLB.</summary>
    public static void SetLevel(Cpu* cpu, uint el, uint spSel)
    {
        Bank(cpu) = cpu->X[Cpu.SP];
        cpu->El = (byte)el;
        cpu->SpSel = (byte)spSel;
        cpu->X[Cpu.SP] = Bank(cpu);
        Tlb.UseLevel(cpu);
        UpdateFp(cpu);
    }

    /// <summary>Recomputes whether FP instructions trap, after CPACR_EL1 or the level changed.</summary>
    public static void UpdateFp(Cpu* cpu)
    {
        uint fpen = (uint)(cpu->Sys.CPACR_EL1 >> 20) & 3;
        cpu->FpEnabled = fpen == 3 || (fpen == 1 && cpu->El == 1);
    }

    private static ref ulong Bank(Cpu* cpu)
    {
        if (cpu->SpSel == 0 || cpu->El == 0) return ref cpu->Sys.SP_EL0;
        return ref cpu->Sys.SP_EL1;
    }
}
