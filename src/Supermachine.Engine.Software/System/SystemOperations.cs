using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// SYS: address translation, TLB maintenance and cache maintenance (ARM ARM C5.3 to C5.5). Caches are coherent, so that the
/// operations on them check their address and do nothing else, but for IC, which tells predecoded code that it is stale.
/// </summary>
internal static unsafe class SystemOperations
{
    private const uint El0Operations = 3;
    private const int ZeroBytes = 64;

    /// <summary>SYS: 1101010100001 op1 CRn CRm op2 Rt.</summary>
    public static bool Bind(uint i, Op* op)
    {
        uint op1 = i.Field(16, 3), crn = i.Field(12, 4), crm = i.Field(8, 4), op2 = i.Field(5, 3);
        op->Aux = (ushort)SystemRegister.Encode(1, op1, crn, crm, op2);
        op->Rn = Bits.Source(i.Field(0, 5));
        op->Handler = (op1, crn) switch
        {
            (0, 7) => Privileged(crm, op2, op),
            (El0Operations, 7) => Unprivileged(crm, op2, op),
            (0, 8) => TlbOperation(crm, op2, op),
            _ => null,
        };
        return op->Handler != null;
    }

    private static delegate*<Cpu*, Op*, Op*> Privileged(uint crm, uint op2, Op* op)
    {
        switch (crm, op2)
        {
            case (1 or 5, 0): return &InvalidateCode; // IC IALLUIS, IC IALLU
            case (6, 1): return &InvalidateByAddress; // DC IVAC
            case (6 or 10 or 14, 2): return &BySet; // DC ISW, CSW, CISW
            case (8, <= 3): // AT S1E1R, S1E1W, S1E0R, S1E0W
                op->Imm = (ulong)(op2 switch { 0 => Permissions.El1Read, 1 => Permissions.El1Write, 2 => Permissions.El0Read, _ => Permissions.El0Write });
                return &TranslateAddress;
            default: return null;
        }
    }

    private static delegate*<Cpu*, Op*, Op*> Unprivileged(uint crm, uint op2, Op* op)
    {
        op->Ra = (byte)(crm == 4 ? El0Access.ZeroByVa : El0Access.CacheMaintenance);
        return (crm, op2) switch
        {
            (4, 1) => &ZeroByAddress, // DC ZVA
            (5, 1) => &InvalidateCodeByAddress, // IC IVAU
            (10 or 11 or 14, 1) => &CleanByAddress, // DC CVAC, CVAU, CIVAC
            _ => null,
        };
    }

    /// <summary>TLBI: CRm 3 is Inner Shareable, 7 this vCPU; the last-level forms do no less than the others.</summary>
    private static delegate*<Cpu*, Op*, Op*> TlbOperation(uint crm, uint op2, Op* op)
    {
        if (crm is not (3 or 7)) return null;
        op->Rd = (byte)(crm == 3 ? 1 : 0);
        return op2 switch
        {
            0 => &InvalidateTlb, // VMALLE1
            2 => &InvalidateTlbByAsid, // ASIDE1
            1 or 3 or 5 or 7 => &InvalidateTlbByAddress, // VAE1, VAAE1, VALE1, VAALE1
            _ => null,
        };
    }

    private static Op* InvalidateTlb(Cpu* cpu, Op* op) => Invalidate(cpu, op, new TlbMaintenance(TlbMaintenanceKind.All));

    /// <summary>The operand has the ASID on top.</summary>
    private static Op* InvalidateTlbByAsid(Cpu* cpu, Op* op) => Invalidate(cpu, op, new TlbMaintenance(TlbMaintenanceKind.Asid, cpu->X[op->Rn] >> 48));

    /// <summary>The operand has VA[55:12] in its low bits and an ASID on top, which our translations do not carry.</summary>
    private static Op* InvalidateTlbByAddress(Cpu* cpu, Op* op) =>
        Invalidate(cpu, op, new TlbMaintenance(TlbMaintenanceKind.Page, (ulong)Bits.SignExtend(cpu->X[op->Rn] << 12, 56)));

    private static Op* Invalidate(Cpu* cpu, Op* op, TlbMaintenance maintenance)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        maintenance.Apply(cpu);
        if (op->Rd != 0)
        {
            SoftwareVcpu vcpu = cpu->Owner;
            cpu->MaintenancePosted |= vcpu.Partition.Vcpus.Post(vcpu, maintenance);
        }

        return SystemAccess.Next(cpu, op);
    }

    /// <summary>AT: a fault is a value in PAR_EL1, but for an external abort on the walk.</summary>
    private static Op* TranslateAddress(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        ulong va = cpu->X[op->Rn];
        Permissions wanted = (Permissions)op->Imm;
        WalkResult walk = Mmu.Walk(cpu, va, el0: (wanted & (Permissions.El0Read | Permissions.El0Write)) != 0);
        if (walk.IsFault && walk.FaultCode >= WalkFault.ExternalAbort)
        {
            Exceptions.DataAbort(cpu, op, va, AccessKind.CacheMaintenance, walk.FaultCode);
            return null;
        }

        cpu->Sys.PAR_EL1 = AddressTranslation.Par(walk, cpu->Sys.MAIR_EL1, wanted);
        return SystemAccess.Next(cpu, op);
    }

    private static Op* InvalidateCode(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        cpu->Owner.Partition.Code.InvalidateAll();
        return SystemAccess.Leave(cpu, op);
    }

    private static Op* InvalidateCodeByAddress(Cpu* cpu, Op* op)
    {
        if (!SystemAccess.MayAccess(cpu, op, (El0Access)op->Ra, isRead: false)) return null;
        SoftwarePartition partition = cpu->Owner.Partition;
        ulong va = cpu->X[op->Rn], pa;
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        if (entry->ReadTag == (va & TlbEntry.PageMask)) pa = partition.Memory.AddressOf((byte*)(va + entry->Addend));
        else if (TryTranslate(cpu, op, AccessKind.CacheMaintenance, out Translation translation)) pa = translation.Pa;
        else return null;
        return partition.Code.Invalidate(pa) ? SystemAccess.Leave(cpu, op) : SystemAccess.Next(cpu, op);
    }

    private static Op* CleanByAddress(Cpu* cpu, Op* op) =>
        TryTranslate(cpu, op, AccessKind.CacheMaintenance, out _) ? SystemAccess.Next(cpu, op) : null;

    /// <summary>DC IVAC may lose what was written: it needs permission to write.</summary>
    private static Op* InvalidateByAddress(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        return TryTranslate(cpu, op, AccessKind.Write, out _) ? SystemAccess.Next(cpu, op) : null;
    }

    private static Op* BySet(Cpu* cpu, Op* op) => cpu->El == 0 ? Exceptions.Undefined(cpu, op) : SystemAccess.Next(cpu, op);

    /// <summary>Translates the operand of an operation by address; its faults say CM and WnR, whatever it does.</summary>
    private static bool TryTranslate(Cpu* cpu, Op* op, AccessKind kind, out Translation translation)
    {
        translation = default;
        if (!SystemAccess.MayAccess(cpu, op, (El0Access)op->Ra, isRead: false)) return false;
        ulong va = cpu->X[op->Rn];
        if (Mmu.TryTranslate(cpu, va, kind, cpu->El == 0, out translation, out uint fault))
        {
            SoftwareVcpu vcpu = cpu->Owner;
            return vcpu.Partition.Memory.Find(translation.Pa) is not null || !vcpu.TryTrapAbort(cpu->PcOf(op), va, AccessKind.CacheMaintenance);
        }

        Exceptions.DataAbort(cpu, op, va, AccessKind.CacheMaintenance, fault);
        return false;
    }

    private static Op* ZeroByAddress(Cpu* cpu, Op* op)
    {
        if (!SystemAccess.MayAccess(cpu, op, El0Access.ZeroByVa, isRead: false)) return null;
        ulong va = cpu->X[op->Rn] & ~(ulong)(ZeroBytes - 1);
        TlbEntry* entry = TlbEntry.Of(cpu, va);
        byte* host = entry->WriteTag == (va & TlbEntry.PageMask) ? (byte*)(va + entry->Addend) : ZeroSlowly(cpu, op, va);
        if (host == null) return null;
        Unsafe.InitBlockUnaligned(host, 0, ZeroBytes);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>The host's address of the block, or null with the exception taken. Device memory gives an alignment fault, and FAR has the operand.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* ZeroSlowly(Cpu* cpu, Op* op, ulong block)
    {
        ulong operand = cpu->X[op->Rn];
        uint fault = FaultStatus.Alignment;
        bool isEl0 = cpu->El == 0;
        if (Mmu.TryTranslate(cpu, operand, AccessKind.Write, isEl0, out Translation translation, out uint walkFault))
        {
            byte* host = translation.Device ? null : DataAccess.Resolve(cpu, op, block, ZeroBytes, AccessKind.Write, isEl0, out _);
            if (host != null || cpu->Aborted) return host;
            if (!translation.Device) fault = FaultStatus.ExternalAbort;
        }
        else
        {
            fault = walkFault;
        }

        Exceptions.DataAbort(cpu, op, operand, AccessKind.Write, fault);
        return null;
    }
}
