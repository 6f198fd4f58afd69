using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>Loads and stores of one register, of pairs, and of Q registers, for each datum and addressing.</summary>
internal static unsafe class LoadStore
{
    public static Op* Load<TDatum, TAddressing>(Cpu* cpu, Op* op)
        where TDatum : struct, IDatum
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        ulong value;
        if (((va + (ulong)TDatum.Size - 1) & TlbEntry.PageMask) == entry->ReadTag)
        {
            value = TDatum.Load((byte*)(va + entry->Addend));
        }
        else
        {
            value = DataAccess.Read(cpu, op, va, TDatum.Size);
            if (cpu->Aborted) return null;
        }

        TAddressing.WriteBack(cpu, op, va);
        TDatum.Put(cpu, op->Rd, value);
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* Store<TDatum, TAddressing>(Cpu* cpu, Op* op)
        where TDatum : struct, IDatum
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (((va + (ulong)TDatum.Size - 1) & TlbEntry.PageMask) == entry->WriteTag)
        {
            TDatum.Store((byte*)(va + entry->Addend), TDatum.Get(cpu, op->Rd));
        }
        else
        {
            DataAccess.Write(cpu, op, va, TDatum.Size, TDatum.Get(cpu, op->Rd));
            if (cpu->Aborted) return null;
        }

        TAddressing.WriteBack(cpu, op, va);
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* LoadPair<TDatum, TAddressing>(Cpu* cpu, Op* op)
        where TDatum : struct, IDatum
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        ulong first, second;
        if (((va + (2 * (ulong)TDatum.Size) - 1) & TlbEntry.PageMask) == entry->ReadTag)
        {
            byte* host = (byte*)(va + entry->Addend);
            first = TDatum.Load(host);
            second = TDatum.Load(host + TDatum.Size);
        }
        else
        {
            first = DataAccess.Read(cpu, op, va, TDatum.Size);
            if (cpu->Aborted) return null;
            second = DataAccess.Read(cpu, op, va + (ulong)TDatum.Size, TDatum.Size);
            if (cpu->Aborted) return null;
        }

        TAddressing.WriteBack(cpu, op, va);
        TDatum.Put(cpu, op->Rd, first);
        TDatum.Put(cpu, op->Ra, second);
        return op[1].Handler(cpu, op + 1);
    }

    public static Op* StorePair<TDatum, TAddressing>(Cpu* cpu, Op* op)
        where TDatum : struct, IDatum
        where TAddressing : struct, IAddressing
    {
        if (TAddressing.IsStack && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = TAddressing.Address(cpu, op);
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (((va + (2 * (ulong)TDatum.Size) - 1) & TlbEntry.PageMask) == entry->WriteTag)
        {
            byte* host = (byte*)(va + entry->Addend);
            TDatum.Store(host, TDatum.Get(cpu, op->Rd));
            TDatum.Store(host + TDatum.Size, TDatum.Get(cpu, op->Ra));
        }
        else
        {
            DataAccess.Write(cpu, op, va, TDatum.Size, TDatum.Get(cpu, op->Rd));
            if (cpu->Aborted) return null;
            DataAccess.Write(cpu, op, va + (ulong)TDatum.Size, TDatum.Size, TDatum.Get(cpu, op->Ra));
            if (cpu->Aborted) return null;
        }

        TAddressing.WriteBack(cpu, op, va);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>LDTR and kin: with EL0's permissions even at EL1.</summary>
    public static Op* LoadUnprivileged<TDatum>(Cpu* cpu, Op* op)
        where TDatum : struct, IDatum
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn] + op->Imm;
        TlbEntry* entry = TlbEntry.OfEl0(cpu, va);
        ulong value;
        if (((va + (ulong)TDatum.Size - 1) & TlbEntry.PageMask) == entry->ReadTag)
        {
            value = TDatum.Load((byte*)(va + entry->Addend));
        }
        else
        {
            value = DataAccess.Read(cpu, op, va, TDatum.Size, unprivileged: true);
            if (cpu->Aborted) return null;
        }

        TDatum.Put(cpu, op->Rd, value);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>STTR and kin.</summary>
    public static Op* StoreUnprivileged<TDatum>(Cpu* cpu, Op* op)
        where TDatum : struct, IDatum
    {
        if (op->Rn == Cpu.SP && StackPointer.Misaligned(cpu)) return Exceptions.StackAlignment(cpu, op);
        ulong va = cpu->X[op->Rn] + op->Imm;
        TlbEntry* entry = TlbEntry.OfEl0(cpu, va);
        if (((va + (ulong)TDatum.Size - 1) & TlbEntry.PageMask) == entry->WriteTag)
        {
            TDatum.Store((byte*)(va + entry->Addend), TDatum.Get(cpu, op->Rd));
        }
        else
        {
            DataAccess.Write(cpu, op, va, TDatum.Size, TDatum.Get(cpu, op->Rd), unprivileged: true);
            if (cpu->Aborted) return null;
        }

        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>PRFM and kin: nothing is fetched ahead of need.</summary>
    public static Op* Prefetch(Cpu* cpu, Op* op) => op[1].Handler(cpu, op + 1);
}
