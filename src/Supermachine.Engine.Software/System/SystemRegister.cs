namespace Supermachine.Engine.Software;

/// <summary>Who may access a register or use a SYS instruction at EL0, and what happens to who may not.</summary>
internal enum El0Access : byte
{
    /// <summary>UNDEFINED at EL0.</summary>
    Undefined,

    Allowed,

    /// <summary>SCTLR_EL1.UCT, else a trap to EL1.</summary>
    CacheType,

    /// <summary>SCTLR_EL1.UMA.</summary>
    InterruptMasks,

    /// <summary>SCTLR_EL1.UCI.</summary>
    CacheMaintenance,

    /// <summary>SCTLR_EL1.DZE.</summary>
    ZeroByVa,

    /// <summary>CNTKCTL_EL1.EL0PCTEN.</summary>
    PhysicalCounter,

    /// <summary>CNTKCTL_EL1.EL0VCTEN.</summary>
    VirtualCounter,

    /// <summary>Either of the counters' bits.</summary>
    CounterFrequency,

    /// <summary>CNTKCTL_EL1.EL0VTEN.</summary>
    VirtualTimer,

    /// <summary>CNTKCTL_EL1.EL0PTEN.</summary>
    PhysicalTimer,

    /// <summary>MDSCR_EL1.TDCC clear.</summary>
    DebugCommunications,
}

/// <summary>
/// A system register, or an operation of SYS, as MRS, MSR and SYS find it by its encoding. What is not in the table is UNDEFINED
/// at every exception level.
/// </summary>
internal sealed unsafe class SystemRegister(string name, uint encoding)
{
    /// <summary>As the ARM ARM spells it.</summary>
    public string Name { get; } = name;

    /// <summary>op0:op1:CRn:CRm:op2 in 2+3+4+4+3 bits.</summary>
    public uint Encoding { get; } = encoding;

    /// <summary>Offset of the field of <see cref="Cpu"/> that is the register, for those that are plain storage.</summary>
    public int? Field { get; init; }

    /// <summary>The bits of <see cref="Field"/> that a write changes; the others stay.</summary>
    public ulong Writable { get; init; } = ulong.MaxValue;

    /// <summary>The value, for those that never change.</summary>
    public ulong? Constant { get; init; }

    /// <summary>Gives the value; null where there is nothing to read.</summary>
    public delegate*<Cpu*, ulong> Read { get; init; }

    /// <summary>Takes a value; null where there is nothing to write.</summary>
    public delegate*<Cpu*, ulong, void> Write { get; init; }

    /// <summary>A write changes translation or what predecoded code relies on: the dispatcher has to look again.</summary>
    public bool ChangesContext { get; init; }

    /// <summary>Traps while CPACR_EL1.FPEN says so.</summary>
    public bool IsFp { get; init; }

    public El0Access El0Read { get; init; }

    public El0Access El0Write { get; init; }

    /// <summary>The value, whoever asks. False where there is nothing to read.</summary>
    public bool TryRead(Cpu* cpu, out ulong value)
    {
        value = Constant ?? 0;
        if (Field is { } field) value = *(ulong*)((byte*)cpu + field);
        else if (Read != null) value = Read(cpu);
        else return Constant is not null;
        return true;
    }

    /// <summary>Writes the value, whoever asks. False where there is nothing to write.</summary>
    public bool TryWrite(Cpu* cpu, ulong value)
    {
        if (Field is { } field)
        {
            ref ulong storage = ref *(ulong*)((byte*)cpu + field);
            storage = storage & ~Writable | value & Writable;
            return true;
        }

        if (Write == null) return false;
        Write(cpu, value);
        return true;
    }

    /// <summary>The encoding of a register.</summary>
    public static uint Encode(uint op0, uint op1, uint crn, uint crm, uint op2) => op0 << 14 | op1 << 11 | crn << 7 | crm << 3 | op2;
}
