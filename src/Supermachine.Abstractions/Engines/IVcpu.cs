namespace Supermachine;

/// <summary>
/// A virtual CPU. All members but <see cref="RequestExit"/> belong to the thread that created it. Between two calls of
/// <see cref="Run"/> the vCPU is always consistent: the answer to an exit is the argument of the next entry.
/// </summary>
public interface IVcpu : IDisposable
{
    /// <summary>Runs guest code until something needs the runtime.</summary>
    /// <param name="entry">The answer to the last exit; <see cref="VcpuEntry.Resume"/> at first.</param>
    /// <remarks>
    /// Completing an access advances the PC and writes the register here, not before. An access in progress is always completed,
    /// even when an exit has been requested meanwhile. Allocates nothing.
    /// </remarks>
    VcpuExit Run(VcpuEntry entry);

    /// <summary>Reads a register, between runs.</summary>
    ulong ReadRegister(VcpuRegister register);

    /// <summary>Writes a register, between runs. Writing the PC abandons an access in progress.</summary>
    void WriteRegister(VcpuRegister register, ulong value);

    /// <summary>The whole state, between runs, with no access in progress.</summary>
    VcpuState Capture();

    /// <summary>Replaces the whole state, between runs.</summary>
    /// <exception cref="InvalidDataException">A register is missing, unknown or has an impossible value; nothing was applied.</exception>
    void Apply(VcpuState state);

    /// <summary>
    /// Makes the current or the next <see cref="Run"/> return <see cref="VcpuExitKind.Canceled"/> soon. Any thread; sticky until one does.
    /// </summary>
    void RequestExit();
}

/// <summary>The registers that a runtime needs to start a guest and to answer its calls.</summary>
public enum VcpuRegister : byte
{
    /// <summary>X0; X1 to X30 follow by number: <c>VcpuRegister.X0 + n</c>.</summary>
    X0 = 0,

    /// <summary>X1.</summary>
    X1 = 1,

    /// <summary>X2.</summary>
    X2 = 2,

    /// <summary>X3.</summary>
    X3 = 3,

    /// <summary>X30, the link register.</summary>
    X30 = 30,

    /// <summary>The program counter.</summary>
    PC = 32,

    /// <summary>PSTATE in the layout of SPSR_EL1.</summary>
    PSTATE = 33,

    /// <summary>The stack pointer of EL1.</summary>
    SP_EL1 = 34,

    /// <summary>ESR_EL1, for messages about a guest in trouble.</summary>
    ESR_EL1 = 35,

    /// <summary>FAR_EL1.</summary>
    FAR_EL1 = 36,

    /// <summary>ELR_EL1.</summary>
    ELR_EL1 = 37,
}

/// <summary>A vCPU's registers by name, in the engine's own order.</summary>
/// <param name="Registers">Names as the ARM ARM spells them; the upper half is zero for all but V0 to V31.</param>
public sealed record VcpuState(IReadOnlyList<KeyValuePair<string, UInt128>> Registers);
