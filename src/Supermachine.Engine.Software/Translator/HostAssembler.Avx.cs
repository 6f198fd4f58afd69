namespace Supermachine.Engine.Software;

/// <content>Instructions of <see cref="Avx"/> with their operands. Where an instruction has one source, <c>a</c> is <see cref="HostVector.XMM0"/>.</content>
internal sealed unsafe partial class HostAssembler
{
    public void Vector(Avx op, HostVector to, HostVector a, HostVector b) =>
        Vector(Prefix(op), Map(op), (byte)op, to, a, b, Wide(op));

    public void Vector(Avx op, HostVector to, HostVector a, HostRegister at, int displacement) =>
        VectorMemory(Prefix(op), Map(op), (byte)op, to, a, at, displacement, Wide(op));

    /// <summary>With a general register as the last operand.</summary>
    public void Vector(Avx op, HostVector to, HostVector a, HostRegister from, bool wide) =>
        VectorGeneral(Prefix(op), Map(op), (byte)op, (int)to, a, (int)from, wide || Wide(op));

    /// <summary>To a general register.</summary>
    public void VectorToGeneral(Avx op, HostRegister to, HostVector from, bool wide) =>
        VectorGeneral(Prefix(op), Map(op), (byte)op, (int)to, HostVector.XMM0, (int)from, wide || Wide(op));

    /// <summary>With a memory operand relative to RIP. Gives the displacement's address for <see cref="Bind"/>.</summary>
    public ulong VectorRelative(Avx op, HostVector to, HostVector a)
    {
        Vex((int)Map(op), (int)Prefix(op), Wide(op), (int)to, (int)a, 0);
        Byte((byte)op);
        ModRm(0, (int)to, 5);
        return Displacement(Here + 4);
    }

    /// <summary>VPSRLW, VPSRAD and kin by a constant.</summary>
    /// <param name="shift">Which.</param>
    /// <param name="size">Log2 of the element's bytes: 1 to 3.</param>
    /// <param name="to">The result.</param>
    /// <param name="from">What is shifted.</param>
    /// <param name="amount">May be the element's length or more.</param>
    public void VectorShift(AvxShift shift, int size, HostVector to, HostVector from, int amount) =>
        VectorShift(0x70 + size, (int)shift, to, from, amount);

    /// <summary>VPSRLDQ: right by bytes.</summary>
    public void VectorShiftBytes(HostVector to, HostVector from, int bytes) => VectorShift(0x73, 3, to, from, bytes);

    /// <summary>The SHA extensions, which have no VEX encoding: 0F 38. SHA256RNDS2 takes its words from XMM0.</summary>
    public void Sha(int opcode, HostVector to, HostVector from)
    {
        Byte(0x0F);
        Byte(0x38);
        Byte(opcode);
        ModRm(3, (int)to, (int)from);
    }

    /// <summary>SHA1RNDS4.</summary>
    public void Sha1Rounds(HostVector to, HostVector from, int function)
    {
        Byte(0x0F);
        Byte(0x3A);
        Byte(0xCC);
        ModRm(3, (int)to, (int)from);
        Byte(function);
    }

    private void VectorShift(int opcode, int extension, HostVector to, HostVector from, int amount)
    {
        Vector(VexPrefix.P66, VexMap.M0F, opcode, (HostVector)extension, to, from);
        Byte(amount);
    }

    private static VexPrefix Prefix(Avx op) => (VexPrefix)((int)op >> 12 & 3);

    private static VexMap Map(Avx op) => (VexMap)((int)op >> 8 & 3);

    private static bool Wide(Avx op) => ((int)op & 0x8000) != 0;
}
