using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>A two-operand operation on X registers, with or without flags. Results of 32-bit forms are zero-extended.</summary>
internal unsafe interface IAlu
{
    static abstract ulong Do(Cpu* cpu, ulong a, ulong b);
}

/// <summary>Where the second operand comes from.</summary>
internal unsafe interface IOperand
{
    static abstract ulong Get(Cpu* cpu, Op* op);
}

/// <summary>Handlers of add/subtract and logical instructions: one per operation and operand, all made from this.</summary>
internal static unsafe class Alu
{
    /// <summary>Rd = Rn op operand.</summary>
    public static Op* Run<TAlu, TOperand>(Cpu* cpu, Op* op)
        where TAlu : struct, IAlu
        where TOperand : struct, IOperand
    {
        cpu->X[op->Rd] = TAlu.Do(cpu, cpu->X[op->Rn], TOperand.Get(cpu, op));
        return op[1].Handler(cpu, op + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Flags64(Cpu* cpu, ulong result, ulong carry, ulong overflow) =>
        (cpu->N, cpu->Z, cpu->C, cpu->V) = ((long)result, result, carry, (long)overflow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Flags32(Cpu* cpu, uint result, ulong carry, uint overflow) =>
        (cpu->N, cpu->Z, cpu->C, cpu->V) = ((int)result, result, carry, (int)overflow);
}

internal readonly unsafe struct Add64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a + b;
}

internal readonly unsafe struct Add32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a + b);
}

internal readonly unsafe struct Sub64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a - b;
}

internal readonly unsafe struct Sub32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a - b);
}

internal readonly unsafe struct Adds64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b)
    {
        ulong r = a + b;
        Alu.Flags64(cpu, r, r < a ? 1UL : 0, ~(a ^ b) & (a ^ r));
        return r;
    }
}

internal readonly unsafe struct Adds32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b)
    {
        uint x = (uint)a, y = (uint)b, r = x + y;
        Alu.Flags32(cpu, r, r < x ? 1UL : 0, ~(x ^ y) & (x ^ r));
        return r;
    }
}

internal readonly unsafe struct Subs64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b)
    {
        ulong r = a - b;
        Alu.Flags64(cpu, r, a >= b ? 1UL : 0, (a ^ b) & (a ^ r));
        return r;
    }
}

internal readonly unsafe struct Subs32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b)
    {
        uint x = (uint)a, y = (uint)b, r = x - y;
        Alu.Flags32(cpu, r, x >= y ? 1UL : 0, (x ^ y) & (x ^ r));
        return r;
    }
}

internal readonly unsafe struct And64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a & b;
}

internal readonly unsafe struct And32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a & b);
}

internal readonly unsafe struct Orr64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a | b;
}

internal readonly unsafe struct Orr32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a | b);
}

internal readonly unsafe struct Eor64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a ^ b;
}

internal readonly unsafe struct Eor32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a ^ b);
}

internal readonly unsafe struct Bic64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a & ~b;
}

internal readonly unsafe struct Bic32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a & ~b);
}

internal readonly unsafe struct Orn64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a | ~b;
}

internal readonly unsafe struct Orn32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a | ~b);
}

internal readonly unsafe struct Eon64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => a ^ ~b;
}

internal readonly unsafe struct Eon32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => (uint)(a ^ ~b);
}

internal readonly unsafe struct Ands64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b)
    {
        ulong r = a & b;
        Alu.Flags64(cpu, r, 0, 0);
        return r;
    }
}

internal readonly unsafe struct Ands32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b)
    {
        uint r = (uint)(a & b);
        Alu.Flags32(cpu, r, 0, 0);
        return r;
    }
}

internal readonly unsafe struct Bics64 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => Ands64.Do(cpu, a, ~b);
}

internal readonly unsafe struct Bics32 : IAlu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(Cpu* cpu, ulong a, ulong b) => Ands32.Do(cpu, a, ~b);
}
