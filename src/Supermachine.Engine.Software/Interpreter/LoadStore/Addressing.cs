using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>How a load or store makes its address, and what it writes back to Rn.</summary>
internal unsafe interface IAddressing
{
    /// <summary>Whether the base is SP, whose alignment is checked (SCTLR_EL1.SA, SA0).</summary>
    static abstract bool IsStack { get; }

    static abstract ulong Address(Cpu* cpu, Op* op);

    /// <summary>Called once the access can no longer fail.</summary>
    static abstract void WriteBack(Cpu* cpu, Op* op, ulong address);
}

/// <summary>[Xn, #Imm].</summary>
internal readonly unsafe struct Offset : IAddressing
{
    public static bool IsStack => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => cpu->X[op->Rn] + op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address)
    {
    }
}

/// <summary>[Xn, #Imm]!.</summary>
internal readonly unsafe struct PreIndex : IAddressing
{
    public static bool IsStack => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => cpu->X[op->Rn] + op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address) => cpu->X[op->Rn] = address;
}

/// <summary>[Xn], #Imm.</summary>
internal readonly unsafe struct PostIndex : IAddressing
{
    public static bool IsStack => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => cpu->X[op->Rn];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address) => cpu->X[op->Rn] = address + op->Imm;
}

/// <summary>[Xn, Xm, LSL #Imm].</summary>
internal readonly unsafe struct ShiftedIndex : IAddressing
{
    public static bool IsStack => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => cpu->X[op->Rn] + (cpu->X[op->Rm] << op->Aux);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address)
    {
    }
}

/// <summary>[Xn, Rm, UXTW or SXTW or SXTX #amount].</summary>
internal readonly unsafe struct ExtendedIndex : IAddressing
{
    public static bool IsStack => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => cpu->X[op->Rn] + ExtendedOperand.Get(cpu, op);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address)
    {
    }
}

/// <summary>A literal: the PC plus Imm.</summary>
internal readonly unsafe struct Literal : IAddressing
{
    public static bool IsStack => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => cpu->PageVa + op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address)
    {
    }
}

/// <summary>Any of the above with SP as its base.</summary>
internal readonly unsafe struct Stack<T> : IAddressing
    where T : struct, IAddressing
{
    public static bool IsStack => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Address(Cpu* cpu, Op* op) => T.Address(cpu, op);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteBack(Cpu* cpu, Op* op, ulong address) => T.WriteBack(cpu, op, address);
}

/// <summary>CheckSPAlignment() of the ARM ARM.</summary>
internal static unsafe class StackPointer
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Misaligned(Cpu* cpu) => (cpu->X[Cpu.SP] & 15) != 0 && Checked(cpu);

    private static bool Checked(Cpu* cpu) => (cpu->Sys.SCTLR_EL1 & (cpu->El == 0 ? Sctlr.SA0 : Sctlr.SA)) != 0;
}
