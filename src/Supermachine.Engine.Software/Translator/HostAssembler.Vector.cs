namespace Supermachine.Engine.Software;

/// <summary>Vector registers that translated code uses. V registers live in memory: the first are scratch, those from XMM8 on hold copies.</summary>
internal enum HostVector : byte
{
    XMM0 = 0, XMM1 = 1, XMM2 = 2, XMM3 = 3, XMM4 = 4, XMM5 = 5, XMM8 = 8,
}

/// <summary>The implied prefix of a VEX encoding.</summary>
internal enum VexPrefix : byte
{
    None = 0, P66 = 1, PF3 = 2, PF2 = 3,
}

/// <summary>The opcode map of a VEX encoding.</summary>
internal enum VexMap : byte
{
    M0F = 1, M0F38 = 2, M0F3A = 3,
}

/// <content>AVX and AVX2 of 128 bits (Intel SDM, volume 2, 2.3). With these no upper half is ever dirty, so nothing needs VZEROUPPER.</content>
internal sealed unsafe partial class HostAssembler
{
    /// <summary><c>op reg, vvvv, rm</c>; an instruction with one source has <see cref="HostVector.XMM0"/> as vvvv, which encodes none.</summary>
    public void Vector(VexPrefix prefix, VexMap map, int opcode, HostVector reg, HostVector vvvv, HostVector rm, bool wide = false)
    {
        Vex((int)map, (int)prefix, wide, (int)reg, (int)vvvv, (int)rm);
        Byte(opcode);
        ModRm(3, (int)reg, (int)rm);
    }

    /// <summary><c>op reg, vvvv, [at + displacement]</c>.</summary>
    public void VectorMemory(
        VexPrefix prefix, VexMap map, int opcode, HostVector reg, HostVector vvvv, HostRegister at, int displacement, bool wide = false)
    {
        Vex((int)map, (int)prefix, wide, (int)reg, (int)vvvv, (int)at);
        Byte(opcode);
        Memory((int)reg, at, displacement);
    }

    /// <summary>A vector register with a general one, in either direction, as VMOVD, VMOVQ, VCVTSI2SD and VPINSRQ have.</summary>
    public void VectorGeneral(VexPrefix prefix, VexMap map, int opcode, int reg, HostVector vvvv, int rm, bool wide)
    {
        Vex((int)map, (int)prefix, wide, reg, (int)vvvv, rm);
        Byte(opcode);
        ModRm(3, reg, rm);
    }

    /// <summary>VMOVDQU reg, [at + displacement].</summary>
    public void VectorLoad(HostVector to, HostRegister at, int displacement) =>
        VectorMemory(VexPrefix.PF3, VexMap.M0F, 0x6F, to, HostVector.XMM0, at, displacement);

    /// <summary>VMOVDQA reg, [at + displacement]: the address is a multiple of 16, and the load is one access.</summary>
    public void VectorLoadAligned(HostVector to, HostRegister at, int displacement) =>
        VectorMemory(VexPrefix.P66, VexMap.M0F, 0x6F, to, HostVector.XMM0, at, displacement);

    /// <summary>VMOVDQU [at + displacement], reg.</summary>
    public void VectorStore(HostRegister at, int displacement, HostVector from) =>
        VectorMemory(VexPrefix.PF3, VexMap.M0F, 0x7F, from, HostVector.XMM0, at, displacement);
}
