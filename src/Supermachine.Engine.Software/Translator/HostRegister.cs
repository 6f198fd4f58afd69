using static Supermachine.Engine.Software.HostRegister;

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

    /// <summary>The guest slots that are pinned.</summary>
    public static ReadOnlySpan<byte> Slots => [0, 1, 2, 3, 4, 5, 19, 20, 21, 30, Cpu.SP];

    /// <summary>By slot; <see cref="None"/> where it is in memory.</summary>
    public static ReadOnlySpan<HostRegister> Hosts =>
    [
        RSI, RDI, R8, R9, R10, R11, None, None, None, None, None, None, None, None, None, None, None, None, None,
        R12, R13, R14, None, None, None, None, None, None, None, None, R15, RBX, None, None,
    ];

    /// <summary>No host register.</summary>
    public const HostRegister None = (HostRegister)0xFF;
}
