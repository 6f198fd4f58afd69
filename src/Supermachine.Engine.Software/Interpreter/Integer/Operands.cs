using System.Numerics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>The immediate in <see cref="Op.Imm"/>.</summary>
internal readonly unsafe struct ImmediateOperand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => op->Imm;
}

/// <summary>Rm as it is.</summary>
internal readonly unsafe struct RegisterOperand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => cpu->X[op->Rm];
}

/// <summary>Rm, LSL #Aux. Right for 32-bit forms too, whose results are truncated.</summary>
internal readonly unsafe struct LslOperand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => cpu->X[op->Rm] << op->Aux;
}

internal readonly unsafe struct Lsr64Operand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => cpu->X[op->Rm] >> op->Aux;
}

internal readonly unsafe struct Lsr32Operand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => (uint)cpu->X[op->Rm] >> op->Aux;
}

internal readonly unsafe struct Asr64Operand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => (ulong)((long)cpu->X[op->Rm] >> op->Aux);
}

internal readonly unsafe struct Asr32Operand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => (uint)((int)cpu->X[op->Rm] >> op->Aux);
}

internal readonly unsafe struct Ror64Operand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => BitOperations.RotateRight(cpu->X[op->Rm], op->Aux);
}

internal readonly unsafe struct Ror32Operand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => BitOperations.RotateRight((uint)cpu->X[op->Rm], op->Aux);
}

/// <summary>Rm extended by the option in the high byte of Aux and shifted left by the low byte (ExtendReg() of the ARM ARM).</summary>
internal readonly unsafe struct ExtendedOperand : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get(Cpu* cpu, Op* op) => Extend(cpu->X[op->Rm], op->Aux >> 8) << (op->Aux & 0xFF);

    /// <summary>UXTB, UXTH, UXTW, UXTX, SXTB, SXTH, SXTW, SXTX by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extend(ulong value, int option) => option switch
    {
        0 => (byte)value,
        1 => (ushort)value,
        2 => (uint)value,
        4 => (ulong)(sbyte)value,
        5 => (ulong)(short)value,
        6 => (ulong)(int)value,
        _ => value,
    };
}
