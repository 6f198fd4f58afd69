using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// Load-exclusive, store-exclusive, load-acquire and store-release (ARM ARM C4.1). A store-exclusive succeeds when memory still
/// holds what the load-exclusive saw, decided by the host's compare-and-swap: a change there and back goes unnoticed, which no
/// program that uses the monitor as architected can rely on.
/// </summary>
internal static unsafe class Exclusive
{
    /// <summary>LDXR, LDAXR of 1, 2, 4, 8 bytes; Aux has the size.</summary>
    private static Op* LoadExclusive(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        byte* host = Host(cpu, op, va, op->Aux, AccessKind.Read);
        if (host == null) return null;
        ulong value = LoadAcquire(host, op->Aux);
        Reserve(cpu, va, op->Aux, value, 0);
        cpu->X[op->Rd] = value;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>LDXP, LDAXP; Aux has the size of the pair: 8 or 16.</summary>
    private static Op* LoadExclusivePair(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        byte* host = Host(cpu, op, va, op->Aux, AccessKind.Read);
        if (host == null) return null;
        if (op->Aux == 8)
        {
            ulong both = Volatile.Read(ref *(ulong*)host);
            Reserve(cpu, va, 8, both, 0);
            (cpu->X[op->Rd], cpu->X[op->Ra]) = ((uint)both, both >> 32);
            return op[1].Handler(cpu, op + 1);
        }

        UInt128 pair = Atomics.Load128(host);
        Reserve(cpu, va, 16, (ulong)pair, (ulong)(pair >> 64));
        (cpu->X[op->Rd], cpu->X[op->Ra]) = ((ulong)pair, (ulong)(pair >> 64));
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>STXR, STLXR: Rm is the status register.</summary>
    private static Op* StoreExclusive(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        byte* host = Host(cpu, op, va, op->Aux, AccessKind.Write);
        if (host == null) return null;
        bool stored = Reserved(cpu, va, op->Aux)
            && Atomics.CompareAndSwap(host, op->Aux, cpu->ExclusiveLow, cpu->X[op->Rd]) == cpu->ExclusiveLow;
        cpu->ExclusiveAddress = Cpu.NoReservation;
        cpu->X[op->Rm] = stored ? 0UL : 1;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>STXP, STLXP.</summary>
    private static Op* StoreExclusivePair(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        byte* host = Host(cpu, op, va, op->Aux, AccessKind.Write);
        if (host == null) return null;
        bool stored = Reserved(cpu, va, op->Aux);
        if (stored && op->Aux == 8)
        {
            ulong both = (uint)cpu->X[op->Rd] | cpu->X[op->Ra] << 32;
            stored = Atomics.CompareAndSwap(host, 8, cpu->ExclusiveLow, both) == cpu->ExclusiveLow;
        }
        else if (stored)
        {
            UInt128 expected = new(cpu->ExclusiveHigh, cpu->ExclusiveLow);
            stored = Atomics.CompareAndSwap128(host, expected, new UInt128(cpu->X[op->Ra], cpu->X[op->Rd])) == expected;
        }

        cpu->ExclusiveAddress = Cpu.NoReservation;
        cpu->X[op->Rm] = stored ? 0UL : 1;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>LDAR.</summary>
    private static Op* LoadAcquire(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        ulong value;
        if ((va & ~(0xFFFUL & ~(ulong)(op->Aux - 1))) == entry->ReadTag)
        {
            value = LoadAcquire((byte*)(va + entry->Addend), op->Aux);
        }
        else
        {
            if (Unaligned(cpu, op, va, AccessKind.Read)) return null;
            value = DataAccess.Read(cpu, op, va, op->Aux);
            if (cpu->Aborted) return null;
            Thread.MemoryBarrier();
        }

        cpu->X[op->Rd] = value;
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>STLR. The barrier keeps a later LDAR behind it, as RCsc demands.</summary>
    private static Op* StoreRelease(Cpu* cpu, Op* op)
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn];
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if ((va & ~(0xFFFUL & ~(ulong)(op->Aux - 1))) == entry->WriteTag)
        {
            Atomics.StoreRelease((byte*)(va + entry->Addend), op->Aux, cpu->X[op->Rd]);
        }
        else
        {
            if (Unaligned(cpu, op, va, AccessKind.Write)) return null;
            Thread.MemoryBarrier();
            DataAccess.Write(cpu, op, va, op->Aux, cpu->X[op->Rd]);
            if (cpu->Aborted) return null;
        }

        Thread.MemoryBarrier();
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>size 001000 o2 L o1 Rs o0 Rt2 Rn Rt, without the compare-and-swap forms.</summary>
    public static bool Bind(uint i, Op* op)
    {
        uint size = i.Field(30, 2);
        bool ordered = i.Bit(23), load = i.Bit(22), pair = i.Bit(21);
        if ((pair && size < 2) || (ordered && !i.Bit(15))) return false;   // FEAT_LOR, LDLAR and STLLR, is not announced
        op->Rn = (byte)i.Field(5, 5);
        op->Rm = Bits.Target(i.Field(16, 5));
        op->Rd = load ? Bits.Target(i.Field(0, 5)) : Bits.Source(i.Field(0, 5));
        op->Ra = load ? Bits.Target(i.Field(10, 5)) : Bits.Source(i.Field(10, 5));
        op->Aux = (ushort)((pair ? 2 : 1) << (int)size);
        op->Handler = (ordered, pair, load) switch
        {
            (false, false, true) => &LoadExclusive,
            (false, false, false) => &StoreExclusive,
            (false, true, true) => &LoadExclusivePair,
            (false, true, false) => &StoreExclusivePair,
            (true, _, true) => &LoadAcquire,
            (true, _, false) => &StoreRelease,
        };
        return true;
    }

    /// <summary>Host address of an aligned access, through the TLB where it can.</summary>
    internal static byte* Host(Cpu* cpu, Op* op, ulong va, int size, AccessKind kind)
    {
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        ulong tag = va & ~(0xFFFUL & ~(ulong)(size - 1));
        if (tag == (kind == AccessKind.Write ? entry->WriteTag : entry->ReadTag)) return (byte*)(va + entry->Addend);
        return DataAccess.Atomic(cpu, op, va, size, kind);
    }

    private static bool Unaligned(Cpu* cpu, Op* op, ulong va, AccessKind kind)
    {
        if ((va & (ulong)(op->Aux - 1)) == 0) return false;
        Exceptions.DataAbort(cpu, op, va, kind, FaultStatus.Alignment);
        return true;
    }

    private static void Reserve(Cpu* cpu, ulong va, int size, ulong low, ulong high) =>
        (cpu->ExclusiveAddress, cpu->ExclusiveSize, cpu->ExclusiveLow, cpu->ExclusiveHigh) = (va, size, low, high);

    private static bool Reserved(Cpu* cpu, ulong va, int size) => cpu->ExclusiveAddress == va && cpu->ExclusiveSize == size;

    private static ulong LoadAcquire(byte* host, int size) => size switch
    {
        1 => Volatile.Read(ref *host),
        2 => Volatile.Read(ref *(ushort*)host),
        4 => Volatile.Read(ref *(uint*)host),
        _ => Volatile.Read(ref *(ulong*)host),
    };
}
