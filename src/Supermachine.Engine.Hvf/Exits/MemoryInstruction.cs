namespace Supermachine.Engine.Hvf;

/// <summary>How a load or store finds its address (ARM ARM C1.3.3).</summary>
internal enum AddressMode : byte
{
    /// <summary>Base plus offset.</summary>
    Offset,

    /// <summary>Base plus offset, which the base becomes.</summary>
    PreIndex,

    /// <summary>The base, which then moves by the offset.</summary>
    PostIndex,

    /// <summary>The PC plus offset.</summary>
    Literal,
}

/// <summary>
/// A load or store as elements that follow each other in memory. Every such instruction has this shape: LDP is two registers of one
/// element, LDR Q one register of two, LD4 four registers whose elements alternate.
/// </summary>
internal struct MemoryInstruction
{
    /// <summary>LD4 of sixteen bytes in each register.</summary>
    public const int MostElements = 64;

    public bool IsStore;

    /// <summary>SIMD registers; otherwise general ones.</summary>
    public bool IsSimd;

    /// <summary>The registers are <see cref="Rt"/> and <see cref="Rt2"/>; otherwise they are numbered on from <see cref="Rt"/>.</summary>
    public bool IsPair;

    public byte Rt;
    public byte Rt2;

    /// <summary>1 to 4.</summary>
    public byte Registers;

    /// <summary>Bytes: 1, 2, 4 or 8.</summary>
    public byte ElementSize;

    /// <summary>1 to 16.</summary>
    public byte ElementsPerRegister;

    /// <summary>Memory has the first element of every register, then the second of every one, and so on.</summary>
    public bool Alternates;

    /// <summary>The element of the register that the first in memory belongs to.</summary>
    public byte FirstElement;

    /// <summary>A load that leaves the other elements of the register as they are.</summary>
    public bool Merges;

    /// <summary>A load that repeats its element over this many bytes of the register; 0 for none.</summary>
    public byte ReplicateOver;

    /// <summary>A load into a general register that extends the sign.</summary>
    public bool IsSigned;

    /// <summary>A load into all 64 bits of a general register.</summary>
    public bool Is64Bit;

    public AddressMode Mode;

    /// <summary>The base; 31 is SP.</summary>
    public byte Rn;

    /// <summary>Bytes added to the base, besides <see cref="Rm"/>.</summary>
    public long Offset;

    /// <summary>A register added to the base; 31 for none.</summary>
    public byte Rm;

    /// <summary>How <see cref="Rm"/> is extended (ARM ARM C6.2, option), and shifted left.</summary>
    public byte Option;
    public byte Shift;

    /// <summary>Elements in memory.</summary>
    public readonly int Count => Registers * ElementsPerRegister;

    /// <summary>Which register an element belongs to.</summary>
    public readonly int RegisterOf(int element) => Alternates ? element % Registers : element / ElementsPerRegister;

    /// <summary>Where in its register an element is, in bits.</summary>
    public readonly int BitOf(int element) => (FirstElement + (Alternates ? element / Registers : element % ElementsPerRegister)) * ElementSize * 8;

    /// <summary>The number of the register that the elements of <see cref="RegisterOf"/> belong to.</summary>
    public readonly int NumberOf(int register) => IsPair && register == 1 ? Rt2 : (Rt + register) & 31;
}
