using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// The slow path of loads and stores: translation, faults, accesses across pages, devices. Every function leaves
/// <see cref="Cpu.Aborted"/> set when the instruction must not complete: an exception was taken, or an exit waits for its answer.
/// </summary>
internal static unsafe class DataAccess
{
    /// <summary>Loads 1, 2, 4 or 8 bytes, zero-extended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong Read(Cpu* cpu, Op* op, ulong va, int size, bool unprivileged = false)
    {
        bool el0 = unprivileged || cpu->El == 0;
        if (((va & 0xFFF) + (ulong)size) > 0x1000) return ReadAcross(cpu, op, va, size, el0);
        byte* host = Resolve(cpu, op, va, size, AccessKind.Read, el0, out ulong pa);
        if (cpu->Aborted) return 0;
        return host != null ? Load(host, size) : cpu->Owner.DeviceRead(op, va, pa, size);
    }

    /// <summary>Stores the low 1, 2, 4 or 8 bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write(Cpu* cpu, Op* op, ulong va, int size, ulong value, bool unprivileged = false)
    {
        bool el0 = unprivileged || cpu->El == 0;
        if (((va & 0xFFF) + (ulong)size) > 0x1000)
        {
            WriteAcross(cpu, op, va, size, value, el0);
            return;
        }

        byte* host = Resolve(cpu, op, va, size, AccessKind.Write, el0, out ulong pa);
        if (cpu->Aborted) return;
        if (host != null) Store(host, size, value);
        else cpu->Owner.DeviceWrite(op, va, pa, size, value);
    }

    /// <summary>
    /// Host address of aligned memory for an exclusive or atomic access of 1 to 16 bytes; null with <see cref="Cpu.Aborted"/> set
    /// otherwise. A device gives an external abort with the syndrome of an unsupported exclusive access.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static byte* Atomic(Cpu* cpu, Op* op, ulong va, int size, AccessKind kind)
    {
        if ((va & (ulong)(size - 1)) != 0)
        {
            Exceptions.DataAbort(cpu, op, va, kind, FaultStatus.Alignment);
            return null;
        }

        byte* host = Resolve(cpu, op, va, size, kind, cpu->El == 0, out _);
        if (host == null && !cpu->Aborted) Exceptions.DataAbort(cpu, op, va, kind, FaultStatus.UnsupportedExclusive);
        return host;
    }

    /// <summary>
    /// Translates an access within one page and fills the TLB. Gives the host address, or null for a device or nobody's address.
    /// </summary>
    public static byte* Resolve(Cpu* cpu, Op* op, ulong va, int size, AccessKind kind, bool el0, out ulong pa)
    {
        pa = 0;
        cpu->Counters.TlbMisses++;
        bool unaligned = (va & (ulong)(size - 1)) != 0;
        if (unaligned && (cpu->Sys.SCTLR_EL1 & Sctlr.A) != 0)
        {
            Exceptions.DataAbort(cpu, op, va, kind, FaultStatus.Alignment);
            return null;
        }

        if (!Mmu.TryTranslate(cpu, va, kind, el0, out Translation translation, out uint fault))
        {
            Exceptions.DataAbort(cpu, op, va, kind, fault);
            return null;
        }

        pa = translation.Pa;
        if (unaligned && translation.Device)
        {
            Exceptions.DataAbort(cpu, op, va, kind, FaultStatus.Alignment);
            return null;
        }

        PhysicalMap.Region? region = cpu->Owner.Partition.Memory.Find(pa);
        if (region is null || (kind == AccessKind.Write && (region.Protection & MemoryProtection.Write) == 0)) return null;
        byte* host = region.Host + (pa - region.Start);
        if (cpu->Owner.Shadow is { } shadow) return Copy(shadow, cpu, va, in translation, kind, el0, host, region.HasCode(pa));
        bool keep = kind != AccessKind.Write || cpu->Owner.Partition.Code.OnWrite(region, pa, size);
        if (keep) Tlb.Fill(cpu, va, in translation, host, kind, el0);
        return host;
    }

    /// <summary>The byte's copy, while a block is compared with the interpreter; null, and the comparison abandoned, where there can be none.</summary>
    private static byte* Copy(ShadowMemory shadow, Cpu* cpu, ulong va, in Translation translation, AccessKind kind, bool el0, byte* host, bool hasCode)
    {
        if (kind == AccessKind.Write && hasCode) shadow.Abandon();
        byte* copy = shadow.IsAbandoned ? null : shadow.Of(host);
        if (copy != null) Tlb.Fill(cpu, va, in translation, copy, kind, el0);
        else cpu->Aborted = true;
        return copy;
    }

    public static ulong Load(byte* host, int size) => size switch
    {
        1 => *host,
        2 => Unsafe.ReadUnaligned<ushort>(host),
        4 => Unsafe.ReadUnaligned<uint>(host),
        _ => Unsafe.ReadUnaligned<ulong>(host),
    };

    public static void Store(byte* host, int size, ulong value)
    {
        switch (size)
        {
            case 1: *host = (byte)value; break;
            case 2: Unsafe.WriteUnaligned(host, (ushort)value); break;
            case 4: Unsafe.WriteUnaligned(host, (uint)value); break;
            default: Unsafe.WriteUnaligned(host, value); break;
        }
    }

    private static ulong ReadAcross(Cpu* cpu, Op* op, ulong va, int size, bool el0)
    {
        if (!AcrossAllowed(cpu, op, va, size, AccessKind.Read, el0)) return 0;
        ulong value = 0;
        for (int i = 0; i < size; i++)
        {
            byte* host = Resolve(cpu, op, va + (ulong)i, 1, AccessKind.Read, el0, out ulong pa);
            if (cpu->Aborted) return 0;
            ulong part = host != null ? *host : cpu->Owner.DeviceRead(op, va + (ulong)i, pa, 1);
            if (cpu->Aborted) return 0;
            value |= part << (8 * i);
        }

        return value;
    }

    // Both pages are translated before the first byte is stored, so that a fault on the second leaves memory as it was.
    private static void WriteAcross(Cpu* cpu, Op* op, ulong va, int size, ulong value, bool el0)
    {
        if (!AcrossAllowed(cpu, op, va, size, AccessKind.Write, el0)) return;
        Resolve(cpu, op, va, 1, AccessKind.Write, el0, out _);
        if (cpu->Aborted) return;
        Resolve(cpu, op, (va + (ulong)size - 1) & TlbEntry.PageMask, 1, AccessKind.Write, el0, out _);
        for (int i = 0; i < size && !cpu->Aborted; i++, value >>= 8)
        {
            byte* host = Resolve(cpu, op, va + (ulong)i, 1, AccessKind.Write, el0, out ulong pa);
            if (cpu->Aborted) return;
            if (host != null) *host = (byte)value;
            else cpu->Owner.DeviceWrite(op, va + (ulong)i, pa, 1, value);
        }
    }

    // An access across pages is unaligned, whatever its parts are: neither page may be Device memory.
    private static bool AcrossAllowed(Cpu* cpu, Op* op, ulong va, int size, AccessKind kind, bool el0)
    {
        ulong fault = va, second = (va + (ulong)size - 1) & TlbEntry.PageMask;
        if ((cpu->Sys.SCTLR_EL1 & (Sctlr.A | Sctlr.M)) == Sctlr.M)
        {
            if (!Mmu.TryTranslate(cpu, va, kind, el0, out Translation translation, out _)) return true;
            if (!translation.Device)
            {
                if (!Mmu.TryTranslate(cpu, second, kind, el0, out translation, out _) || !translation.Device) return true;
                fault = second;
            }
        }

        Exceptions.DataAbort(cpu, op, fault, kind, FaultStatus.Alignment);
        return false;
    }
}
