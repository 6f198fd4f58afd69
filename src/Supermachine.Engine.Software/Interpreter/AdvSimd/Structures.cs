using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>
/// Loads and stores of structures. Where the TLB knows the page and all of it lies within, memory and registers meet directly;
/// elsewhere each element is an access of its own, gathered in a buffer so that no register changes before the last has succeeded.
/// </summary>
// SAFETY: a shape's bytes are at most MaxBytes, and what the TLB vouches for is the page of the last byte, which is that of the first.
internal static unsafe class Structures
{
    /// <summary>LD4 of four Q registers.</summary>
    public const int MaxBytes = 64;

    public static StructureShape* Shape(Op* op) => (StructureShape*)&op->Imm2;

    public static Op* Load<TTransfer>(Cpu* cpu, Op* op)
        where TTransfer : struct, ITransfer
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (((va + Shape(op)->Bytes - 1) & TlbEntry.PageMask) == entry->ReadTag)
            TTransfer.Load((Vector128<byte>*)cpu->V0, op, (byte*)(va + entry->Addend));
        else if (!LoadSlowly<TTransfer>(cpu, op, va)) return null;
        cpu->X[op->Rn] = va + cpu->X[op->Rm] + op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* Store<TTransfer>(Cpu* cpu, Op* op)
        where TTransfer : struct, ITransfer
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (((va + Shape(op)->Bytes - 1) & TlbEntry.PageMask) == entry->WriteTag)
            TTransfer.Store((Vector128<byte>*)cpu->V0, op, (byte*)(va + entry->Addend));
        else if (!StoreSlowly<TTransfer>(cpu, op, va)) return null;
        cpu->X[op->Rn] = va + cpu->X[op->Rm] + op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool LoadSlowly<TTransfer>(Cpu* cpu, Op* op, ulong va)
        where TTransfer : struct, ITransfer
    {
        byte* buffer = stackalloc byte[MaxBytes];
        int size = Shape(op)->ElementSize;
        for (int at = 0; at < Shape(op)->Bytes; at += size)
        {
            ulong element = DataAccess.Read(cpu, op, va + (ulong)at, size);
            if (cpu->Aborted) return false;
            DataAccess.Store(buffer + at, size, element);
        }

        TTransfer.Load((Vector128<byte>*)cpu->V0, op, buffer);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool StoreSlowly<TTransfer>(Cpu* cpu, Op* op, ulong va)
        where TTransfer : struct, ITransfer
    {
        byte* buffer = stackalloc byte[MaxBytes];
        TTransfer.Store((Vector128<byte>*)cpu->V0, op, buffer);
        int size = Shape(op)->ElementSize;
        for (int at = 0; at < Shape(op)->Bytes; at += size)
        {
            DataAccess.Write(cpu, op, va + (ulong)at, size, DataAccess.Load(buffer + at, size));
            if (cpu->Aborted) return false;
        }

        return true;
    }
}
