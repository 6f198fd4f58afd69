using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// Writes x86-64 machine code: the forms that the translator uses, and no others (Intel SDM, volume 2). Addresses are where the code
/// will run; bytes go through the writable view. Not thread-safe.
/// </summary>
internal sealed unsafe partial class HostAssembler
{
    private byte* _write;
    private byte* _end;
    private long _toExecute;

    /// <summary>Where the next byte will run.</summary>
    public ulong Here => (ulong)(_write + _toExecute);

    /// <summary>Bytes that are left.</summary>
    public long Left => _end - _write;

    /// <summary>Writes from here on.</summary>
    /// <param name="write">The writable view.</param>
    /// <param name="end">Its end.</param>
    /// <param name="execute">The same bytes in the executable view.</param>
    public void Begin(byte* write, byte* end, byte* execute)
    {
        _write = write;
        _end = end;
        _toExecute = execute - write;
    }

    /// <summary>The writable address of code at an executable one.</summary>
    public byte* Writable(ulong address) => (byte*)((long)address - _toExecute);

    public void Byte(int value) => *_write++ = (byte)value;

    public void Int32(int value)
    {
        Unsafe.WriteUnaligned(_write, value);
        _write += 4;
    }

    public void Int64(ulong value)
    {
        Unsafe.WriteUnaligned(_write, value);
        _write += 8;
    }

    /// <summary>Pads with NOPs until <see cref="Here"/> is a multiple of a power of two.</summary>
    public void Align(int alignment)
    {
        for (int left = (int)(0 - Here) & (alignment - 1); left > 0; left -= Math.Min(left, 3)) Nop(Math.Min(left, 3));
    }

    /// <summary>One NOP of 1 to 3 bytes (Intel SDM, volume 2, NOP).</summary>
    private void Nop(int bytes)
    {
        ReadOnlySpan<byte> code = bytes switch { 1 => [0x90], 2 => [0x66, 0x90], _ => [0x0F, 0x1F, 0x00] };
        foreach (byte part in code) Byte(part);
    }

    /// <summary>Pads so that the displacement of a jump whose opcode is of so many bytes lies within eight aligned bytes: it is written in one access.</summary>
    private void AlignDisplacement(int opcode)
    {
        int at = (int)(Here + (ulong)opcode) & 7;
        if (at <= 4) return;
        for (int left = 8 - at; left > 0; left -= Math.Min(left, 3)) Nop(Math.Min(left, 3));
    }

    /// <summary>One opcode byte with a register and a register: <c>op rm, reg</c> or <c>op reg, rm</c> as the opcode says.</summary>
    public void RegReg(int opcode, HostRegister reg, HostRegister rm, bool wide)
    {
        Rex(wide, (int)reg, 0, (int)rm, false);
        Byte(opcode);
        ModRm(3, (int)reg, (int)rm);
    }

    /// <summary>As <see cref="RegReg"/>, for opcodes behind the escape byte 0F.</summary>
    public void RegReg0F(int opcode, HostRegister reg, HostRegister rm, bool wide, int prefix = 0, bool byteRm = false)
    {
        if (prefix != 0) Byte(prefix);
        Rex(wide, (int)reg, 0, (int)rm, byteRm && rm >= HostRegister.RSP);
        Byte(0x0F);
        Byte(opcode);
        ModRm(3, (int)reg, (int)rm);
    }

    /// <summary>One opcode byte with a register, or an opcode extension, and memory at a place.</summary>
    public void RegPlace(int opcode, int reg, HostPlace at, bool wide, int prefix = 0, bool escape = false, bool byteReg = false)
    {
        if (prefix != 0) Byte(prefix);
        Rex(wide, reg, (int)at.Index, (int)at.Base, byteReg && reg >= 4);
        if (escape) Byte(0x0F);
        Byte(opcode);
        Memory(reg, at);
    }

    /// <summary>One opcode byte with a register, or an opcode extension, and memory at base plus displacement.</summary>
    public void RegMem(int opcode, int reg, HostRegister at, int displacement, bool wide, int prefix = 0, bool escape = false, bool byteReg = false)
    {
        if (prefix != 0) Byte(prefix);
        Rex(wide, reg, 0, (int)at, byteReg && reg >= 4);
        if (escape) Byte(0x0F);
        Byte(opcode);
        Memory(reg, at, displacement);
    }

    /// <summary>MOV reg, reg.</summary>
    public void Move(HostRegister to, HostRegister from, bool wide = true) => RegReg(0x89, from, to, wide);

    /// <summary>MOV reg, constant; leaves EFLAGS alone.</summary>
    public void MoveConstant(HostRegister to, ulong value)
    {
        if (value <= uint.MaxValue)
        {
            Rex(false, 0, 0, (int)to, false);
            Byte(0xB8 + ((int)to & 7));
            Int32((int)value);
        }
        else if ((ulong)(int)value == value)
        {
            Rex(true, 0, 0, (int)to, false);
            Byte(0xC7);
            ModRm(3, 0, (int)to);
            Int32((int)value);
        }
        else
        {
            Rex(true, 0, 0, (int)to, false);
            Byte(0xB8 + ((int)to & 7));
            Int64(value);
        }
    }

    public void Load(HostRegister to, HostRegister at, int displacement, bool wide = true) => RegMem(0x8B, (int)to, at, displacement, wide);

    public void Store(HostRegister at, int displacement, HostRegister from, bool wide = true) => RegMem(0x89, (int)from, at, displacement, wide);

    public void Lea(HostRegister to, HostRegister at, int displacement, bool wide = true) => RegMem(0x8D, (int)to, at, displacement, wide);

    /// <summary>LEA to, [at + index * scale].</summary>
    public void LeaIndexed(HostRegister to, HostRegister at, HostRegister index, int shift, bool wide = true)
    {
        Rex(wide, (int)to, (int)index, (int)at, false);
        Byte(0x8D);
        bool needsDisplacement = ((int)at & 7) == 5;
        ModRm(needsDisplacement ? 1 : 0, (int)to, 4);
        Byte(shift << 6 | ((int)index & 7) << 3 | ((int)at & 7));
        if (needsDisplacement) Byte(0);
    }

    /// <summary>ADD 0, OR 1, ADC 2, SBB 3, AND 4, SUB 5, XOR 6, CMP 7 with a constant of 32 bits, sign-extended.</summary>
    public void AluConstant(int operation, HostRegister rm, int value, bool wide = true)
    {
        Rex(wide, 0, 0, (int)rm, false);
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            Byte(0x83);
            ModRm(3, operation, (int)rm);
            Byte(value);
        }
        else
        {
            Byte(0x81);
            ModRm(3, operation, (int)rm);
            Int32(value);
        }
    }

    /// <summary>The same operations, register from register.</summary>
    public void Alu(int operation, HostRegister to, HostRegister from, bool wide = true) => RegReg((operation << 3) | 3, to, from, wide);

    /// <summary>The same operations, register from memory.</summary>
    public void AluMemory(int operation, HostRegister to, HostRegister at, int displacement, bool wide = true) =>
        RegMem((operation << 3) | 3, (int)to, at, displacement, wide);

    /// <summary>ROL 0, ROR 1, SHL 4, SHR 5, SAR 7 by a constant.</summary>
    public void Shift(int operation, HostRegister rm, int amount, bool wide = true)
    {
        Rex(wide, 0, 0, (int)rm, false);
        Byte(0xC1);
        ModRm(3, operation, (int)rm);
        Byte(amount);
    }

    public void Test(HostRegister a, HostRegister b, bool wide = true) => RegReg(0x85, b, a, wide);

    /// <summary>TEST of the low byte of RBX or another register that has one without REX, or with it.</summary>
    public void TestByteConstant(HostRegister rm, int value)
    {
        Rex(false, 0, 0, (int)rm, rm >= HostRegister.RSP);
        Byte(0xF6);
        ModRm(3, 0, (int)rm);
        Byte(value);
    }

    /// <summary>NOT 2, NEG 3, MUL 4, IMUL 5, DIV 6, IDIV 7.</summary>
    public void Unary(int operation, HostRegister rm, bool wide = true)
    {
        Rex(wide, 0, 0, (int)rm, false);
        Byte(0xF7);
        ModRm(3, operation, (int)rm);
    }

    /// <summary>CRC32 to, from of 1, 2, 4 or 8 bytes (SSE4.2); from is RAX, RCX, RDX or RBX.</summary>
    public void Checksum(HostRegister to, HostRegister from, int bytes)
    {
        if (bytes == 2) Byte(0x66);
        Byte(0xF2);
        Rex(bytes == 8, (int)to, 0, (int)from, false);
        Byte(0x0F);
        Byte(0x38);
        Byte(bytes == 1 ? 0xF0 : 0xF1);
        ModRm(3, (int)to, (int)from);
    }

    /// <summary>RORX to, from, amount (BMI2), of 32 bits: leaves EFLAGS and the source alone.</summary>
    public void RotateRightX(HostRegister to, HostRegister from, int amount)
    {
        Vex(3, 3, false, (int)to, 0, (int)from);
        Byte(0xF0);
        ModRm(3, (int)to, (int)from);
        Byte(amount);
    }

    /// <summary>SHLX (prefix 1), SHRX (3), SARX (2): shifts by a register that leave EFLAGS alone.</summary>
    public void ShiftX(int prefix, HostRegister to, HostRegister value, HostRegister amount, bool wide)
    {
        Vex(2, prefix, wide, (int)to, (int)amount, (int)value);
        Byte(0xF7);
        ModRm(3, (int)to, (int)value);
    }

    /// <summary>MULX high, low, rm: RDX times rm.</summary>
    public void MulX(HostRegister high, HostRegister low, HostRegister rm)
    {
        Vex(2, 3, true, (int)high, (int)low, (int)rm);
        Byte(0xF6);
        ModRm(3, (int)high, (int)rm);
    }

    /// <summary>Jcc rel32 whose displacement can be patched while other threads run it. Gives the displacement's address.</summary>
    public ulong PatchableJump(HostCondition condition, ulong target)
    {
        AlignDisplacement(2);
        Byte(0x0F);
        Byte(0x80 + (int)condition);
        return Displacement(target);
    }

    /// <summary>JMP rel32, likewise.</summary>
    public ulong PatchableJump(ulong target)
    {
        AlignDisplacement(1);
        Byte(0xE9);
        return Displacement(target);
    }

    /// <summary>Jcc rel32 to a place not yet known. Gives the displacement's address for <see cref="Bind"/>.</summary>
    public ulong JumpForward(HostCondition condition)
    {
        Byte(0x0F);
        Byte(0x80 + (int)condition);
        return Displacement(Here + 4);
    }

    public ulong JumpForward()
    {
        Byte(0xE9);
        return Displacement(Here + 4);
    }

    /// <summary>Likewise if RCX is zero, by a look that leaves EFLAGS alone: JRCXZ reaches no further than a jump over it.</summary>
    public ulong JumpForwardIfRcxIsZero()
    {
        Byte(0xE3); // JRCXZ, to the last of these
        Byte(2);
        Byte(0xEB); // JMP, past it
        Byte(5);
        return JumpForward();
    }

    public void Jump(ulong target)
    {
        Byte(0xE9);
        Displacement(target);
    }

    public void Call(ulong target)
    {
        Byte(0xE8);
        Displacement(target);
    }

    /// <summary>Points a jump at <see cref="Here"/>.</summary>
    public void Bind(ulong displacement) => Patch(displacement, Here);

    /// <summary>Points a jump at a target.</summary>
    public void Patch(ulong displacement, ulong target) => Volatile.Write(ref *(int*)Writable(displacement), checked((int)((long)target - (long)(displacement + 4))));

    public void ModRm(int mod, int reg, int rm) => Byte(mod << 6 | (reg & 7) << 3 | (rm & 7));

    /// <summary>ModRM, SIB and displacement of base plus index plus displacement.</summary>
    private void Memory(int reg, HostPlace at)
    {
        bool none = at.Displacement == 0 && ((int)at.Base & 7) != 5, small = at.Displacement is >= sbyte.MinValue and <= sbyte.MaxValue;
        ModRm(none ? 0 : small ? 1 : 2, reg, 4);
        Byte(((int)at.Index & 7) << 3 | ((int)at.Base & 7));
        if (none) return;
        if (small) Byte(at.Displacement);
        else Int32(at.Displacement);
    }

    public void Memory(int reg, HostRegister at, int displacement)
    {
        bool small = displacement is >= sbyte.MinValue and <= sbyte.MaxValue;
        ModRm(small ? 1 : 2, reg, (int)at);
        if (((int)at & 7) == 4) Byte(0x24);
        if (small) Byte(displacement);
        else Int32(displacement);
    }

    public void Rex(bool wide, int reg, int index, int rm, bool force)
    {
        int rex = 0x40 | (wide ? 8 : 0) | (reg >> 3 & 1) << 2 | (index >> 3 & 1) << 1 | (rm >> 3 & 1);
        if (rex != 0x40 || force) Byte(rex);
    }

    private ulong Displacement(ulong target)
    {
        ulong at = Here;
        Int32(checked((int)((long)target - (long)(at + 4))));
        return at;
    }

    private void Vex(int map, int prefix, bool wide, int reg, int vvvv, int rm)
    {
        Byte(0xC4);
        Byte((~reg >> 3 & 1) << 7 | 1 << 6 | (~rm >> 3 & 1) << 5 | map);
        Byte((wide ? 1 : 0) << 7 | (~vvvv & 15) << 3 | prefix);
    }
}
