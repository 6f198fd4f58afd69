namespace Supermachine.Engine.Software;

/// <summary>General registers of x86-64, by encoding.</summary>
internal enum HostRegister : byte
{
    RAX = 0, RCX = 1, RDX = 2, RBX = 3, RSP = 4, RBP = 5, RSI = 6, RDI = 7,
    R8 = 8, R9 = 9, R10 = 10, R11 = 11, R12 = 12, R13 = 13, R14 = 14, R15 = 15,
}

/// <summary>Memory at base plus index plus displacement.</summary>
internal readonly record struct HostPlace(HostRegister Base, HostRegister Index, int Displacement)
{
    /// <summary>So many bytes further.</summary>
    public HostPlace Plus(int bytes) => this with { Displacement = Displacement + bytes };
}

/// <summary>Condition codes of Jcc, SETcc and CMOVcc.</summary>
internal enum HostCondition : byte
{
    O = 0, NO = 1, B = 2, AE = 3, E = 4, NE = 5, BE = 6, A = 7, S = 8, NS = 9, P = 10, NP = 11, L = 12, GE = 13, LE = 14, G = 15,
}

/// <summary>
/// Which guest registers live in host registers while translated code runs: those that make four fifths of all references in a
/// kernel. RBP has the <see cref="Cpu"/>, RSP the host's stack; RAX, RCX and RDX are scratch. The others are in memory.
/// </summary>
internal static class Pinning
{
    /// <summary>RBP points this far into the <see cref="Cpu"/>, so that X0 to X31 are within reach of an 8-bit displacement.</summary>
    public const int Bias = 128;

    /// <summary>Guest slot and host register.</summary>
    public static ReadOnlySpan<(byte Slot, HostRegister Host)> All => Pinned;

    private static readonly (byte Slot, HostRegister Host)[] Pinned =
    [
        (0, HostRegister.RSI), (1, HostRegister.RDI), (2, HostRegister.R8), (3, HostRegister.R9), (4, HostRegister.R10), (5, HostRegister.R11),
        (19, HostRegister.R12), (20, HostRegister.R13), (21, HostRegister.R14), (30, HostRegister.R15), (Cpu.SP, HostRegister.RBX),
    ];

    private static readonly sbyte[] BySlot = [.. Enumerable.Range(0, Cpu.SlotCount).Select(Host)];

    /// <summary>The host register of a slot, if it has one.</summary>
    public static bool TryGet(int slot, out HostRegister host)
    {
        host = (HostRegister)BySlot[slot];
        return BySlot[slot] >= 0;
    }

    private static sbyte Host(int slot)
    {
        foreach ((byte pinned, HostRegister host) in Pinned)
            if (pinned == slot) return (sbyte)host;
        return -1;
    }
}
