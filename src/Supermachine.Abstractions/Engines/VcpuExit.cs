namespace Supermachine;

/// <summary>Why a vCPU came back.</summary>
public enum VcpuExitKind : byte
{
    /// <summary><see cref="IVcpu.RequestExit"/>, or a spurious return. Resume.</summary>
    Canceled,

    /// <summary>The guest reads an address without memory. Complete with the value, or reject.</summary>
    MmioRead,

    /// <summary>The guest writes an address without memory. Complete, or reject.</summary>
    MmioWrite,

    /// <summary>The guest reads a system register that the engine leaves to the runtime. <see cref="VcpuExit.Address"/> has op0:op1:CRn:CRm:op2. Complete or reject.</summary>
    SystemRegisterRead,

    /// <summary>The guest writes such a system register. Complete or reject.</summary>
    SystemRegisterWrite,

    /// <summary>HVC. <see cref="VcpuExit.Value"/> has the immediate, arguments are in X0 to X17. Complete writes X0; the PC is already past it.</summary>
    FirmwareCall,

    /// <summary>WFI with nothing pending, from an engine that does not sleep by itself. Resume.</summary>
    WaitForInterrupt,

    /// <summary>The virtual timer fired, from an engine that does not deliver it by itself. Resume.</summary>
    VirtualTimer,

    /// <summary>The engine cannot go on. <see cref="VcpuExit.Address"/> has the PC, <see cref="VcpuExit.Value"/> the syndrome.</summary>
    Fault,
}

/// <summary>Why a vCPU came back, as data.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Address">Guest-physical address of an access, or what the kind says.</param>
/// <param name="Width">Width of an access.</param>
/// <param name="Value">Value of a write in the low bytes, or what the kind says.</param>
public readonly record struct VcpuExit(
    VcpuExitKind Kind,
    ulong Address = 0,
    AccessWidth Width = AccessWidth.DoubleWord,
    ulong Value = 0);

/// <summary>How a vCPU goes on.</summary>
/// <param name="Kind">The answer to the last exit.</param>
/// <param name="Value">The value of a completed read or call.</param>
public readonly record struct VcpuEntry(VcpuEntryKind Kind, ulong Value)
{
    /// <summary>Go on; there was nothing to answer.</summary>
    public static VcpuEntry Resume => default;

    /// <summary>The access or call was refused: the guest takes a synchronous external abort at an MMIO access, an UNDEFINED exception at a system register or call.</summary>
    public static VcpuEntry Reject => new(VcpuEntryKind.Reject, 0);

    /// <summary>The access or call took place.</summary>
    /// <param name="value">What a read or a call gives; the engine keeps the low bytes of the access and extends them. Ignored for writes.</param>
    public static VcpuEntry Complete(ulong value = 0) => new(VcpuEntryKind.Complete, value);
}

/// <summary>The kinds of answers to an exit.</summary>
public enum VcpuEntryKind : byte
{
    /// <summary>Nothing to answer.</summary>
    Resume,

    /// <summary>It took place.</summary>
    Complete,

    /// <summary>It was refused.</summary>
    Reject,
}
