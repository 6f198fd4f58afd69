using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Loads and stores of one or two Q registers.</summary>
internal static unsafe class QuadLoadStore
{
    public static Op* Load<TAddressing>(Cpu* cpu, Op* op)
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        Vector128<byte> value = Read(cpu, op, va);
        if (cpu->Aborted) return null;
        TAddressing.WriteBack(cpu, op, va);
        ((Vector128<byte>*)cpu->V0)[op->Rd] = value;
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* Store<TAddressing>(Cpu* cpu, Op* op)
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        Write(cpu, op, va, ((Vector128<byte>*)cpu->V0)[op->Rd]);
        if (cpu->Aborted) return null;
        TAddressing.WriteBack(cpu, op, va);
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* LoadPair<TAddressing>(Cpu* cpu, Op* op)
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        Vector128<byte> first = Read(cpu, op, va);
        if (cpu->Aborted) return null;
        Vector128<byte> second = Read(cpu, op, va + 16);
        if (cpu->Aborted) return null;
        TAddressing.WriteBack(cpu, op, va);
        ((Vector128<byte>*)cpu->V0)[op->Rd] = first;
        ((Vector128<byte>*)cpu->V0)[op->Ra] = second;
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* StorePair<TAddressing>(Cpu* cpu, Op* op)
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        Write(cpu, op, va, ((Vector128<byte>*)cpu->V0)[op->Rd]);
        if (cpu->Aborted) return null;
        Write(cpu, op, va + 16, ((Vector128<byte>*)cpu->V0)[op->Ra]);
        if (cpu->Aborted) return null;
        TAddressing.WriteBack(cpu, op, va);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>Reads 16 bytes; meaningless when <see cref="Cpu.Aborted"/> is set after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Read(Cpu* cpu, Op* op, ulong va)
    {
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (((va + 15) & TlbEntry.PageMask) == entry->ReadTag) return Unsafe.ReadUnaligned<Vector128<byte>>((byte*)(va + entry->Addend));
        return ReadSlow(cpu, op, va);
    }

    /// <summary>Writes 16 bytes, unless <see cref="Cpu.Aborted"/> is set after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Cpu* cpu, Op* op, ulong va, Vector128<byte> value)
    {
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (((va + 15) & TlbEntry.PageMask) == entry->WriteTag) Unsafe.WriteUnaligned((byte*)(va + entry->Addend), value);
        else WriteSlow(cpu, op, va, value);
    }

    // Misalignment is judged by the size of the whole access (16 bytes), so a half that is aligned to 8 alone may still fault.
    private static Vector128<byte> ReadSlow(Cpu* cpu, Op* op, ulong va)
    {
        if (Misaligned(cpu, op, va, AccessKind.Read)) return default;
        ulong low = DataAccess.Read(cpu, op, va, 8);
        if (cpu->Aborted) return default;
        ulong high = DataAccess.Read(cpu, op, va + 8, 8);
        return Vector128.Create(low, high).AsByte();
    }

    private static void WriteSlow(Cpu* cpu, Op* op, ulong va, Vector128<byte> value)
    {
        if (Misaligned(cpu, op, va, AccessKind.Write)) return;
        DataAccess.Write(cpu, op, va, 8, value.AsUInt64()[0]);
        if (!cpu->Aborted) DataAccess.Write(cpu, op, va + 8, 8, value.AsUInt64()[1]);
    }

    private static bool Misaligned(Cpu* cpu, Op* op, ulong va, AccessKind kind)
    {
        if ((va & 15) == 0 || ((cpu->Sys.SCTLR_EL1 & Sctlr.A) == 0 && (cpu->Sys.SCTLR_EL1 & Sctlr.M) != 0)) return false;
        Exceptions.DataAbort(cpu, op, va, kind, FaultStatus.Alignment);
        return true;
    }
}
