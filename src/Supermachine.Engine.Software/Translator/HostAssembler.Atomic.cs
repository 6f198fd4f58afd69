namespace Supermachine.Engine.Software;

/// <content>Accesses of 1, 2, 4 or 8 bytes, the locked instructions, stores of constants.</content>
internal sealed unsafe partial class HostAssembler
{
    /// <summary>Whether others may modify the same memory atomically: without them, LOCK is left out.</summary>
    public bool Locks { get; init; } = true;

    /// <summary><c>LOCK op [at], reg</c>.</summary>
    /// <param name="opcode">That of the form for bytes, an even number; the next one is for the other sizes.</param>
    /// <param name="reg">The other operand.</param>
    /// <param name="at">The address.</param>
    /// <param name="bytes">The size.</param>
    /// <param name="escape">Whether the opcode stands behind 0F.</param>
    public void Locked(int opcode, HostRegister reg, HostRegister at, int bytes, bool escape)
    {
        Lock();
        Sized(opcode, reg, at, bytes, escape);
    }

    /// <summary>The prefix of the next instruction.</summary>
    public void Lock()
    {
        if (Locks) Byte(0xF0);
    }

    /// <summary>XCHG reg, [at], which locks by itself.</summary>
    public void Exchange(HostRegister reg, HostRegister at, int bytes) => Sized(0x86, reg, at, bytes, escape: false);

    /// <summary>MOV [at + displacement], from, of 1, 2, 4 or 8 bytes.</summary>
    public void Store(HostRegister at, int displacement, HostRegister from, int bytes) => Sized(0x88, from, at, bytes, escape: false, displacement);

    /// <summary>MOVZX or MOV reg, [at].</summary>
    public void LoadZeroExtended(HostRegister to, HostRegister at, int bytes)
    {
        if (bytes < 4) RegMem(bytes == 1 ? 0xB6 : 0xB7, (int)to, at, 0, wide: false, escape: true);
        else Load(to, at, 0, wide: bytes == 8);
    }

    /// <summary>MOV BYTE [at + displacement], from; of RAX, RCX, RDX or RBX.</summary>
    public void StoreByte(HostRegister at, int displacement, HostRegister from) => RegMem(0x88, (int)from, at, displacement, wide: false);

    /// <summary>MOV [at + displacement], a constant of 32 bits, sign-extended where wide.</summary>
    public void StoreConstant(HostRegister at, int displacement, int value, bool wide)
    {
        RegMem(0xC7, 0, at, displacement, wide);
        Int32(value);
    }

    /// <summary>TEST of a register's low half with a constant.</summary>
    public void Test32(HostRegister rm, int value)
    {
        Rex(false, 0, 0, (int)rm, false);
        Byte(0xF7);
        ModRm(3, 0, (int)rm);
        Int32(value);
    }

    /// <summary>Clears what lies above the low bytes of a register, which must be RAX, RCX, RDX or RBX.</summary>
    public void ZeroExtend(HostRegister register, int bytes)
    {
        if (bytes < 4) RegReg0F(bytes == 1 ? 0xB6 : 0xB7, register, register, wide: false);
        else if (bytes == 4) Move(register, register, wide: false);
    }

    /// <summary>CMP a, b of the low bytes; of RAX, RCX, RDX and RBX.</summary>
    public void Compare(HostRegister a, HostRegister b, int bytes)
    {
        if (bytes == 2) Byte(0x66);
        RegReg(bytes == 1 ? 0x3A : 0x3B, a, b, wide: bytes == 8);
    }

    /// <summary>CMP reg, [at]; of RAX, RCX, RDX and RBX.</summary>
    public void CompareMemory(HostRegister reg, HostRegister at, int bytes) => Sized(0x3A, reg, at, bytes, escape: false);

    /// <summary>Jcc rel32 to a place that is known.</summary>
    public void Jump(HostCondition condition, ulong target)
    {
        Byte(0x0F);
        Byte(0x80 + (int)condition);
        Displacement(target);
    }

    private void Sized(int opcode, HostRegister reg, HostRegister at, int bytes, bool escape, int displacement = 0) =>
        RegMem(opcode + (bytes == 1 ? 0 : 1), (int)reg, at, displacement, wide: bytes == 8, prefix: bytes == 2 ? 0x66 : 0, escape, byteReg: bytes == 1);
}
