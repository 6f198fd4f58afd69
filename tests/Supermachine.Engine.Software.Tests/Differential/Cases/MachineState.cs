namespace Supermachine.Engine.Software.Differential;

/// <summary>What EL0 sees of a CPU, as an array of words in the order that <c>struct state</c> of the runner has.</summary>
internal sealed class MachineState
{
    public const int SP = 31, PC = 32, NZCV = 33, V0 = 34, FPCR = 98, FPSR = 99, Count = 100;

    /// <summary>In the word of NZCV, for our engine alone: the case runs at EL1h.</summary>
    public const ulong EL1h = 5;

    public ulong[] Words { get; } = new ulong[Count];

    public ref ulong this[int index] => ref Words[index];

    public static string Name(int index) => index switch
    {
        < SP => $"X{index}",
        SP => "SP",
        PC => "PC",
        NZCV => "NZCV",
        < FPCR => $"V{(index - V0) / 2}.D[{(index - V0) & 1}]",
        FPCR => "FPCR",
        _ => "FPSR",
    };
}
