namespace Supermachine.Engine.Software;

/// <summary>What a walk reads descriptors from: RAM by physical address. A struct, so that the walk is compiled for it without calls.</summary>
internal interface IDescriptorReader
{
    /// <summary>Loads an aligned 64-bit descriptor, single-copy atomic.</summary>
    /// <returns>False when there is no RAM: an external abort.</returns>
    bool TryRead(ulong physicalAddress, out ulong descriptor);
}

/// <summary>The registers that a stage 1 EL1&amp;0 translation depends on, as of one moment.</summary>
/// <param name="SCTLR">SCTLR_EL1: M and WXN matter.</param>
/// <param name="TCR">TCR_EL1.</param>
/// <param name="TTBR0">TTBR0_EL1.</param>
/// <param name="TTBR1">TTBR1_EL1.</param>
internal readonly record struct TranslationRegisters(ulong SCTLR, ulong TCR, ulong TTBR0, ulong TTBR1)
{
    /// <summary>SCTLR_EL1.M.</summary>
    public bool IsEnabled => (SCTLR & 1) != 0;

    /// <summary>SCTLR_EL1.WXN.</summary>
    public bool WXN => (SCTLR >> 19 & 1) != 0;

    /// <summary>TCR_EL1.E0PD0 or E0PD1, for the half that an address lies in (FEAT_E0PD, ARM ARM D19.2.139).</summary>
    public bool IsClosedToEl0(ulong va) => IsEnabled && (TCR >> ((va >> 55 & 1) != 0 ? 56 : 55) & 1) != 0;
}

/// <summary>What a page allows, for EL1 and EL0.</summary>
[Flags]
internal enum Permissions : byte
{
    None = 0,
    El1Read = 1,
    El1Write = 2,
    El1Execute = 4,
    El0Read = 8,
    El0Write = 16,
    El0Execute = 32,
    All = 63,
}

/// <summary>A translation, or why there is none.</summary>
internal readonly record struct WalkResult
{
    /// <summary>Whether there is no translation.</summary>
    public bool IsFault { get; private init; }

    /// <summary>Why not: the fault status code of ESR_ELx (DFSC, IFSC) and PAR_EL1.FST. Zero is one of them.</summary>
    public byte FaultCode { get; private init; }

    /// <summary>The level of the leaf, for a permission fault.</summary>
    public byte Level { get; init; }

    /// <summary>Log2 of the bytes that one entry maps: 12 to 30. With the MMU off, 12.</summary>
    public byte PageBits { get; init; }

    public Permissions Permissions { get; init; }

    /// <summary>The entry belongs to the current ASID alone (nG).</summary>
    public bool IsPrivate { get; init; }

    /// <summary>AttrIndx: which byte of MAIR_EL1; <see cref="NoAttribute"/> with the MMU off.</summary>
    public byte Attribute { get; init; }

    /// <summary>SH.</summary>
    public byte Shareability { get; init; }

    /// <summary>The physical address of the virtual address asked for, or of the descriptor that could not be read.</summary>
    public ulong PhysicalAddress { get; init; }

    /// <summary>No AttrIndx: data is Device-nGnRnE and instructions are Normal (ARM ARM D8.2.10).</summary>
    public const byte NoAttribute = 0xFF;

    /// <summary>A fault with a code of <see cref="WalkFault"/> and a level.</summary>
    public static WalkResult Faulted(byte code, int level) => new() { IsFault = true, FaultCode = (byte)(code + level) };

    /// <summary>Whether all of the wanted accesses are allowed.</summary>
    public bool Allows(Permissions wanted) => (Permissions & wanted) == wanted;

    /// <summary>The code of the permission fault that a refused access takes.</summary>
    public byte PermissionFault => (byte)(WalkFault.Permission + Level);
}

/// <summary>Fault status codes of a walk (ARM ARM D19.2.37), to which its level is added.</summary>
internal static class WalkFault
{
    public const byte AddressSize = 0x00;
    public const byte Translation = 0x04;
    public const byte AccessFlag = 0x08;
    public const byte Permission = 0x0C;
    public const byte ExternalAbort = 0x14;
}
