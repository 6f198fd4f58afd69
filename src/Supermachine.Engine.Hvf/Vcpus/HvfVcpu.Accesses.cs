namespace Supermachine.Engine.Hvf;

/// <content>Loads and stores outside memory.</content>
internal sealed unsafe partial class HvfVcpu
{
    private const ulong PageMask = 0xfff, WithoutTag = ulong.MaxValue >> 8;
    private const uint WnR = 1 << 6;

    // The page that the access failed in: virtual, without its tag, and physical.
    private ulong _virtualPage;
    private ulong _physicalPage;
    private (ulong Pc, ulong Address)? _lastFault;

    private bool TakeDataAbort(Syndrome syndrome, out VcpuExit exit)
    {
        ref readonly hv_vcpu_exit_exception_t exception = ref _handle.Exit.exception;
        ulong va = exception.virtual_address, pa = exception.physical_address;
        exit = default;
        if (syndrome.S1PTW)
        {
            Abort(StatusOf(syndrome), syndrome.WnR, va);
            return false;
        }

        MemoryProtection needed = syndrome.WnR ? MemoryProtection.Write : MemoryProtection.Read;
        if ((_partition.Memory.ProtectionAt(pa) & needed) != 0) return IsRepeated(syndrome, out exit);
        if (syndrome.CM)
        {
            // Maintenance of a cache that has nothing of a device.
            Skip();
            return false;
        }

        _virtualPage = va & WithoutTag & ~PageMask;
        _physicalPage = pa & ~PageMask;
        if (syndrome.ISV) _access.Begin(_handle, syndrome, (va & ~PageMask) | (pa & PageMask));
        else if (!BeginDecoded(syndrome, va)) return false;
        return Serve(out exit);
    }

    /// <summary>Begins an access that the syndrome does not describe.</summary>
    /// <returns>False where the instruction has been dealt with.</returns>
    private bool BeginDecoded(Syndrome syndrome, ulong va)
    {
        ulong pc = _handle[HV_REG_PC];
        byte* host = StageOneWalk.TryTranslate(_handle, _partition.Memory, pc, MemoryProtection.Execute, out ulong pa, out _)
            ? _partition.Memory.Host(pa, sizeof(uint), MemoryProtection.Read)
            : null;
        MemoryInstruction instruction = default;
        switch (host == null ? Decoded.None : MemoryDecoder.Decode(Volatile.Read(ref *(uint*)host), out instruction))
        {
            case Decoded.Access:
                _access.Begin(_handle, instruction);
                return true;
            case Decoded.Hint:
                Skip();
                return false;
            case Decoded.Exclusive:
                Abort(FaultStatus.UnsupportedExclusive, syndrome.WnR, va);
                return false;
            default:
                Abort(FaultStatus.External, syndrome.WnR, va);
                return false;
        }
    }

    /// <summary>Serves elements until one needs the runtime, or all are served and the instruction is over.</summary>
    /// <returns>True with an exit where one needs the runtime.</returns>
    private bool Serve(out VcpuExit exit)
    {
        exit = default;
        while (!_access.IsDone)
        {
            ulong va = _access.Address;
            int size = _access.Size;
            MemoryProtection kind = _access.IsStore ? MemoryProtection.Write : MemoryProtection.Read;
            if (!TryLocate(va, kind, out ulong pa, out uint fault))
            {
                Abort(fault, _access.IsStore, va);
                return false;
            }

            ulong value = _access.IsStore ? _access.Value : 0;
            if (_partition.Memory.Host(pa, (ulong)size, kind) is var host && host != null) _access.Advance(_access.IsStore ? Store(host, size, value) : Load(host, size));
            else if (_partition.Controller.TryAccess(_handle, Index, pa, size, _access.IsStore, ref value)) _access.Advance(value);
            else if (_access.IsStore) return Ask(new VcpuExit(VcpuExitKind.MmioWrite, pa, (AccessWidth)size, value), out exit);
            else return Ask(new VcpuExit(VcpuExitKind.MmioRead, pa, (AccessWidth)size), out exit);
        }

        _access.Finish(_handle, _partition.Simd);
        Skip();
        return false;
    }

    private bool AnswerAccess(VcpuEntry entry, out VcpuExit exit)
    {
        exit = default;
        if (!_access.IsActive) return false;
        if (entry.Kind == VcpuEntryKind.Reject)
        {
            Abort(FaultStatus.External, _access.IsStore, _access.Address);
            return false;
        }

        _access.Advance(entry.Value);
        return Serve(out exit);
    }

    // The page of the fault is known; only an access across two pages needs the guest's tables.
    private bool TryLocate(ulong va, MemoryProtection kind, out ulong pa, out uint fault)
    {
        (pa, fault) = (_physicalPage | (va & PageMask), 0);
        return (va & WithoutTag & ~PageMask) == _virtualPage || StageOneWalk.TryTranslate(_handle, _partition.Memory, va, kind, out pa, out fault);
    }

    private void Abort(uint status, bool isWrite, ulong va)
    {
        _access.Abandon();
        GuestException.Take(_handle, ExceptionClass.DataAbortLower, status | (isWrite ? WnR : 0), _handle[HV_REG_PC], va);
    }

    // SAFETY: of the two below: the mapping holds all bytes of the access, aligned or not.
    private static ulong Load(byte* host, int size) => size switch
    {
        1 => *host,
        2 => *(ushort*)host,
        4 => *(uint*)host,
        _ => *(ulong*)host,
    };

    private static ulong Store(byte* host, int size, ulong value)
    {
        switch (size)
        {
            case 1: *host = (byte)value; break;
            case 2: *(ushort*)host = (ushort)value; break;
            case 4: *(uint*)host = (uint)value; break;
            default: *(ulong*)host = value; break;
        }

        return value;
    }
}
