namespace Supermachine.Engine.Software;

/// <summary>MRS, MSR (register) and MSR (immediate) (ARM ARM C6.2): predecoded to what the register is.</summary>
internal static unsafe class SystemAccess
{
    private static readonly int ControlField = SystemRegisters.OffsetOfControl, TimerField = SystemRegisters.OffsetOfTimerControl;

    /// <summary>The instruction after this one in its block, or the way out of it.</summary>
    internal static Op* Next(Cpu* cpu, Op* op) => op[1].Handler(cpu, op + 1);

    /// <summary>Back to the dispatcher, which goes on at the next instruction with everything looked up anew.</summary>
    internal static Op* Leave(Cpu* cpu, Op* op)
    {
        cpu->Pc = cpu->PcOf(op) + 4;
        return null;
    }

    /// <summary>Checks an access from EL0. When it is not allowed the exception has been taken.</summary>
    internal static bool MayAccess(Cpu* cpu, Op* op, El0Access access, bool isRead)
    {
        if (cpu->El != 0) return true;
        bool allowed = access switch
        {
            El0Access.Allowed => true,
            El0Access.DebugCommunications => (cpu->Sys.MDSCR_EL1 & 1 << 12) == 0,
            _ => Control(access) is { } control && (*(uint*)((byte*)cpu + control.Field) & control.Mask) != 0,
        };
        if (allowed) return true;
        if (access == El0Access.Undefined) Exceptions.Undefined(cpu, op);
        else Exceptions.Take(cpu, cpu->PcOf(op), ExceptionClass.SystemTrap, Syndrome(op, isRead));
        return false;
    }

    /// <summary>The bits of the field of <see cref="Cpu"/> of which one must be set for EL0 to have the access; null where that is not how it is decided.</summary>
    internal static (int Field, int Mask)? Control(El0Access access) => access switch
    {
        El0Access.CacheType => (ControlField, (int)Sctlr.UCT),
        El0Access.InterruptMasks => (ControlField, (int)Sctlr.UMA),
        El0Access.CacheMaintenance => (ControlField, (int)Sctlr.UCI),
        El0Access.ZeroByVa => (ControlField, (int)Sctlr.DZE),
        El0Access.PhysicalCounter => (TimerField, 1),
        El0Access.VirtualCounter => (TimerField, 2),
        El0Access.CounterFrequency => (TimerField, 3),
        El0Access.VirtualTimer => (TimerField, 1 << 8),
        El0Access.PhysicalTimer => (TimerField, 1 << 9),
        _ => null,
    };

    /// <summary>ISS of a trapped access (ARM ARM D19.2.37, "MSR, MRS, or System instruction execution").</summary>
    private static uint Syndrome(Op* op, bool isRead)
    {
        uint encoding = op->Aux, slot = isRead ? op->Rd : op->Rn;
        uint rt = slot is Cpu.Zero or Cpu.Discard ? 31 : slot;
        return encoding >> 14 << 20 | (encoding & 7) << 17 | (encoding >> 11 & 7) << 14 | (encoding >> 7 & 15) << 10 | rt << 5
            | (encoding >> 3 & 15) << 1 | (isRead ? 1u : 0);
    }

    private static Op* ReadField(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, (El0Access)op->Ra, isRead: true)) return null;
        cpu->X[op->Rd] = *(ulong*)((byte*)cpu + op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WriteField(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, (El0Access)op->Ra, isRead: false)) return null;
        ulong* field = (ulong*)((byte*)cpu + op->Imm);
        *field = *field & ~op->Imm2 | cpu->X[op->Rn] & op->Imm2;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ReadConstant(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, (El0Access)op->Ra, isRead: true)) return null;
        cpu->X[op->Rd] = op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ReadFunction(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, (El0Access)op->Ra, isRead: true)) return null;
        cpu->X[op->Rd] = ((delegate*<Cpu*, ulong>)op->Imm)(cpu);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WriteFunction(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, (El0Access)op->Ra, isRead: false)) return null;
        ((delegate*<Cpu*, ulong, void>)op->Imm)(cpu, cpu->X[op->Rn]);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WriteContext(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, (El0Access)op->Ra, isRead: false)) return null;
        ((delegate*<Cpu*, ulong, void>)op->Imm)(cpu, cpu->X[op->Rn]);
        return Leave(cpu, op);
    }

    private static Op* ReadFp(Cpu* cpu, Op* op) => cpu->FpEnabled ? ReadFunction(cpu, op) : FpTrap(cpu, op);

    private static Op* WriteFp(Cpu* cpu, Op* op) => cpu->FpEnabled ? WriteContext(cpu, op) : FpTrap(cpu, op);

    private static Op* FpTrap(Cpu* cpu, Op* op) => Exceptions.Take(cpu, cpu->PcOf(op), ExceptionClass.FpTrap, 0x1E << 20);

    /// <summary>SP_EL0 belongs to EL1 only while EL1 runs on its own stack pointer.</summary>
    private static Op* ReadUserStack(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0 || cpu->SpSel == 0) return Exceptions.Undefined(cpu, op);
        cpu->X[op->Rd] = cpu->Sys.SP_EL0;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WriteUserStack(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0 || cpu->SpSel == 0) return Exceptions.Undefined(cpu, op);
        cpu->Sys.SP_EL0 = cpu->X[op->Rn];
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ReadGic(Cpu* cpu, Op* op)
    {
        SoftwareVcpu vcpu = cpu->Owner;
        if ((vcpu.Traps & HypervisorTraps.TALL) != 0 && cpu->El != 0) return Trap(vcpu, op, isRead: true);
        if (cpu->El == 0 || !vcpu.Partition.Gic.TryReadRegister(vcpu.Index, op->Aux, out ulong value)) return Exceptions.Undefined(cpu, op);
        cpu->X[op->Rd] = value;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WriteGic(Cpu* cpu, Op* op)
    {
        SoftwareVcpu vcpu = cpu->Owner;
        if ((vcpu.Traps & HypervisorTraps.TALL) != 0 && cpu->El != 0) return Trap(vcpu, op, isRead: false);
        if (cpu->El == 0 || !vcpu.Partition.Gic.TryWriteRegister(vcpu.Index, op->Aux, cpu->X[op->Rn])) return Exceptions.Undefined(cpu, op);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>A register that a hypervisor may want for itself; not one of those that matter for speed.</summary>
    private static Op* ReadTrappable(Cpu* cpu, Op* op)
    {
        SystemRegister? register = SystemRegisters.Find(op->Aux);
        if (register is not null && !MayAccess(cpu, op, register.El0Read, isRead: true)) return null;
        SoftwareVcpu vcpu = cpu->Owner;
        if (cpu->El != 0 && (vcpu.Traps & SystemRegisters.TrapOf(op->Aux)) != 0) return Trap(vcpu, op, isRead: true);
        if (register is null || !register.TryRead(cpu, out ulong value)) return Exceptions.Undefined(cpu, op);
        cpu->X[op->Rd] = value;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* WriteTrappable(Cpu* cpu, Op* op)
    {
        SystemRegister? register = SystemRegisters.Find(op->Aux);
        if (register is not null && !MayAccess(cpu, op, register.El0Write, isRead: false)) return null;
        SoftwareVcpu vcpu = cpu->Owner;
        if (cpu->El != 0 && (vcpu.Traps & SystemRegisters.TrapOf(op->Aux)) != 0) return Trap(vcpu, op, isRead: false);
        if (register is null || !register.TryWrite(cpu, cpu->X[op->Rn])) return Exceptions.Undefined(cpu, op);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Trap(SoftwareVcpu vcpu, Op* op, bool isRead) =>
        vcpu.TrapToHypervisor(vcpu.Cpu->PcOf(op), ExceptionClass.SystemTrap, Syndrome(op, isRead));

    private static Op* SetMasks(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, El0Access.InterruptMasks, isRead: false)) return null;
        ProcessState.SetDaif(cpu, cpu->Daif | (uint)op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* ClearMasks(Cpu* cpu, Op* op)
    {
        if (!MayAccess(cpu, op, El0Access.InterruptMasks, isRead: false)) return null;
        ProcessState.SetDaif(cpu, cpu->Daif & ~(uint)op->Imm);
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* SelectStack(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        ProcessState.SetLevel(cpu, 1, (uint)op->Imm & 1);
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>MRS: 1101010100 1 1 o0 op1 CRn CRm op2 Rt.</summary>
    public static bool BindRead(uint i, Op* op)
    {
        uint encoding = i.Field(5, 16);
        op->Rd = Bits.Target(i.Field(0, 5));
        op->Aux = (ushort)encoding;
        if (IsGic(encoding)) return Bound(op, &ReadGic);
        if (SystemRegisters.TrapOf(encoding) != HypervisorTraps.None) return Bound(op, &ReadTrappable);
        if (SystemRegisters.Find(encoding) is not { } register) return false;
        op->Ra = (byte)register.El0Read;
        op->Imm = register.Constant ?? (ulong)(register.Field ?? (nint)register.Read);
        if (register.Constant is not null) return Bound(op, &ReadConstant);
        if (register.Encoding == SystemRegisters.SP_EL0) return Bound(op, &ReadUserStack);
        if (register.Field is not null) return Bound(op, &ReadField);
        return register.Read != null && Bound(op, register.IsFp ? &ReadFp : &ReadFunction);
    }

    /// <summary>MSR (register): 1101010100 0 1 o0 op1 CRn CRm op2 Rt.</summary>
    public static bool BindWrite(uint i, Op* op)
    {
        uint encoding = i.Field(5, 16);
        op->Rn = Bits.Source(i.Field(0, 5));
        op->Aux = (ushort)encoding;
        if (IsGic(encoding)) return Bound(op, &WriteGic);
        if (SystemRegisters.TrapOf(encoding) != HypervisorTraps.None) return Bound(op, &WriteTrappable);
        if (SystemRegisters.Find(encoding) is not { } register || register.Constant is not null) return false;
        op->Ra = (byte)register.El0Write;
        if (register.Encoding == SystemRegisters.SP_EL0) return Bound(op, &WriteUserStack);
        if (register.Field is { } field)
        {
            (op->Imm, op->Imm2) = ((ulong)field, register.Writable);
            return Bound(op, &WriteField);
        }

        op->Imm = (ulong)(nint)register.Write;
        return register.Write != null && Bound(op, register.IsFp ? &WriteFp : register.ChangesContext ? &WriteContext : &WriteFunction);
    }

    /// <summary>MSR (immediate): 1101010100000 op1 0100 CRm op2 11111. SPSel, DAIFSet and DAIFClr.</summary>
    public static bool BindImmediate(uint i, Op* op)
    {
        op->Aux = (ushort)i.Field(5, 14); // op0 is 0
        op->Rn = Cpu.Zero;
        op->Imm = i.Field(8, 4);
        uint which = i.Field(16, 3) << 3 | i.Field(5, 3);
        if (which == 5) return Bound(op, &SelectStack);
        op->Imm <<= 6;
        return which switch
        {
            3 << 3 | 6 => Bound(op, &SetMasks),
            3 << 3 | 7 => Bound(op, &ClearMasks),
            _ => false,
        };
    }

    private static bool Bound(Op* op, delegate*<Cpu*, Op*, Op*> handler)
    {
        op->Handler = handler;
        return true;
    }

    /// <summary>ICC_*: op0 3, op1 0, C12 C8 to C12, and ICC_PMR_EL1.</summary>
    private static bool IsGic(uint encoding) =>
        encoding == GicRegister.ICC_PMR_EL1 || (encoding >= GicRegister.ICC_IAR0_EL1 && encoding <= GicRegister.ICC_IGRPEN1_EL1);
}
