namespace Supermachine.Engine.Hvf;

/// <summary>ESR_EL2 of an exit (ARM ARM D19.2.37). Bits 63 to 32 (ISS2) are of no interest here and cut off.</summary>
internal readonly struct Syndrome(ulong value)
{
    public uint Value { get; } = (uint)value;

    /// <summary>EC.</summary>
    public ExceptionClass Class => (ExceptionClass)(Value >> 26);

    /// <summary>ISS.</summary>
    public uint Iss => Value & 0x1ff_ffff;

    /// <summary>The immediate of HVC and SMC.</summary>
    public ushort Immediate => (ushort)Value;

    // Data aborts. ISV, SAS, SSE, SRT and SF describe the instruction; without ISV they say nothing.
    public bool ISV => Bit(24);

    public int AccessSize => 1 << (int)(Value >> 22 & 3);

    public bool SSE => Bit(21);

    public int SRT => (int)(Value >> 16 & 31);

    public bool SF => Bit(15);

    public bool CM => Bit(8);

    public bool S1PTW => Bit(7);

    public bool WnR => Bit(6);

    /// <summary>Level of the walk that a fault with <see cref="S1PTW"/> happened at.</summary>
    public uint Level => Value & 3;

    // WFI and WFE.
    public WaitKind TI => (WaitKind)(Value & 3);

    // MSR, MRS and SYS.
    public bool IsRead => Bit(0);

    public int Rt => (int)(Value >> 5 & 31);

    /// <summary>op0:op1:CRn:CRm:op2 in 2+3+4+4+3 bits, as <see cref="hv_sys_reg_t"/> numbers registers.</summary>
    public uint SystemRegister => (Value >> 20 & 3) << 14 | (Value >> 14 & 7) << 11 | (Value >> 10 & 15) << 7 | (Value >> 1 & 15) << 3 | (Value >> 17 & 7);

    private bool Bit(int number) => (Value >> number & 1) != 0;
}

/// <summary>Exception classes (ARM ARM D19.2.37). "Lower" is from EL0 when taken to EL1.</summary>
internal enum ExceptionClass : byte
{
    Unknown = 0x00,
    Wait = 0x01,
    Hvc64 = 0x16,
    Smc64 = 0x17,
    SystemRegister = 0x18,
    Sve = 0x19,
    Sme = 0x1d,
    InstructionAbortLower = 0x20,
    DataAbortLower = 0x24,
    BreakpointLower = 0x30,
    WatchpointSame = 0x35,
    Brk64 = 0x3c,
}

/// <summary>The instruction that waits.</summary>
internal enum WaitKind : byte
{
    WFI = 0,
    WFE = 1,
    WFIT = 2,
    WFET = 3,
}

/// <summary>Fault status codes of aborts (ARM ARM D19.2.37, DFSC).</summary>
internal static class FaultStatus
{
    public const uint AddressSize = 0x00, Translation = 0x04, AccessFlag = 0x08, Permission = 0x0c, External = 0x10, ExternalOnWalk = 0x14, UnsupportedExclusive = 0x35;
}
