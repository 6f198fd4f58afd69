using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>Which elements an instruction done lane by lane works on; kept in <see cref="Op.Imm2"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal struct LaneShape
{
    /// <summary>How many results.</summary>
    public byte Count;

    /// <summary>First element of Rd, and of Rn: not zero in the forms with 2.</summary>
    public byte FirstD;
    public byte FirstN;

    /// <summary>First element of Rm and the distance to the next: by element, the index and zero.</summary>
    public byte FirstM;
    public byte StepM;
}
