using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// One predecoded instruction. A handler does its work and tail-calls the next op's handler; the last op of a block returns the
/// first op of the next block, or null with <see cref="Cpu.Pc"/> set. Blocks are short, so that the native stack stays bounded
/// even where the host's compiler makes an ordinary call of it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal unsafe struct Op
{
    /// <summary>Runs this op and what follows in its block.</summary>
    [FieldOffset(0)] public delegate*<Cpu*, Op*, Op*> Handler;

    /// <summary>An immediate, or whatever the row's binder keeps.</summary>
    [FieldOffset(8)] public ulong Imm;

    /// <summary>A branch's target block in the same page, once known.</summary>
    [FieldOffset(16)] public Op* Link;

    /// <summary>A second immediate, for ops that are not branches.</summary>
    [FieldOffset(16)] public ulong Imm2;

    /// <summary>Slots of <see cref="Cpu.X"/>, or numbers of V registers.</summary>
    [FieldOffset(24)] public byte Rd;
    [FieldOffset(25)] public byte Rn;
    [FieldOffset(26)] public byte Rm;
    [FieldOffset(27)] public byte Ra;

    /// <summary>Physical page number of a <see cref="Branches.Continue"/> op, over the register fields.</summary>
    [FieldOffset(24)] public uint Page;

    /// <summary>Offset of the instruction in its page.</summary>
    [FieldOffset(28)] public ushort Offset;

    /// <summary>Small extra operand: a shift amount, a condition, ...</summary>
    [FieldOffset(30)] public ushort Aux;
}

/// <summary>An entry of the jump cache: where the block for a virtual address is. 32 bytes, so that an index is a shift.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct JumpEntry
{
    public const int Count = 32768;

    public ulong Va;
    public Op* Op;

    /// <summary>Valid while this equals <see cref="Cpu.JumpGeneration"/>.</summary>
    public ulong Generation;

    /// <summary>The block's translated code, where there is a translator.</summary>
    public ulong Code;
}
