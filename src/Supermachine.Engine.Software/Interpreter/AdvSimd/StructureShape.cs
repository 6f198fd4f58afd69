using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>What a structure load or store moves; kept in <see cref="Op.Imm2"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal struct StructureShape
{
    /// <summary>Bytes of memory in all, 1 to 64.</summary>
    public byte Bytes;

    /// <summary>Bytes of an element: the unit of alignment.</summary>
    public byte ElementSize;

    /// <summary>Registers, one after the other from Rd, V0 after V31.</summary>
    public byte Registers;

    /// <summary>Elements of each register; LD1 of several registers counts bytes here.</summary>
    public byte Elements;

    /// <summary>The element of a single structure.</summary>
    public byte Index;

    /// <summary>Whether all of the 128 bits are meant (Q).</summary>
    public bool Full;
}
