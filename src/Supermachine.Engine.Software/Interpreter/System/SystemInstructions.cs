namespace Supermachine.Engine.Software;

/// <summary>Exception generation and return, hints and barriers.</summary>
internal static unsafe class SystemInstructions
{
    private static Op* Hvc(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        cpu->Pc = cpu->PcOf(op) + 4;
        cpu->Owner.Exit = new VcpuExit(VcpuExitKind.FirmwareCall, 0, AccessWidth.DoubleWord, op->Imm);
        return null;
    }

    /// <summary>There is no EL3: UNDEFINED, unless a hypervisor takes it.</summary>
    private static Op* Smc(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0 || (cpu->Owner.Traps & HypervisorTraps.TSC) == 0) return Exceptions.Undefined(cpu, op);
        return cpu->Owner.TrapToHypervisor(cpu->PcOf(op), ExceptionClass.Smc64, (uint)op->Imm);
    }

    private static Op* Svc(Cpu* cpu, Op* op) => Exceptions.Take(cpu, cpu->PcOf(op) + 4, ExceptionClass.Svc64, (uint)op->Imm);

    private static Op* Brk(Cpu* cpu, Op* op) => (cpu->Owner.Traps & HypervisorTraps.TDE) != 0
        ? cpu->Owner.TrapToHypervisor(cpu->PcOf(op), ExceptionClass.Brk64, (uint)op->Imm)
        : Exceptions.Take(cpu, cpu->PcOf(op), ExceptionClass.Brk64, (uint)op->Imm);

    private static Op* ExceptionReturn(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0) return Exceptions.Undefined(cpu, op);
        uint spsr = (uint)cpu->Sys.SPSR_EL1;
        cpu->Pc = Branches.Target(cpu, cpu->Sys.ELR_EL1);
        cpu->ExclusiveAddress = Cpu.NoReservation;
        if (ProcessState.IsLegal(spsr))
        {
            ProcessState.Set(cpu, spsr);
            return null;
        }

        // Illegal return (D1.3.4): EL and SP stay, flags and masks come from SPSR, PSTATE.IL is set.
        cpu->Nzcv = spsr;
        cpu->IllegalState = true;
        ProcessState.SetDaif(cpu, spsr & ProcessState.AllMasked);
        return null;
    }

    private static Op* Wait(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0 && (cpu->Sys.SCTLR_EL1 & Sctlr.NTWI) == 0) return WaitTrap(cpu, op, 0);
        SoftwareVcpu vcpu = cpu->Owner;
        if ((vcpu.Traps & HypervisorTraps.TWI) != 0) return vcpu.TrapToHypervisor(cpu->PcOf(op), ExceptionClass.WaitTrap, 0x1E << 20);
        cpu->Pc = cpu->PcOf(op) + 4;
        vcpu.WaitForInterrupt();
        return null;
    }

    /// <summary>
    /// WFE may end at any time. It gives the host's processor away, once: the vCPU that the guest waits for may want it. SEV has
    /// nobody to wake then, and the event register nothing to remember.
    /// </summary>
    private static Op* WaitForEvent(Cpu* cpu, Op* op)
    {
        if (cpu->El == 0 && (cpu->Sys.SCTLR_EL1 & Sctlr.NTWE) == 0) return WaitTrap(cpu, op, 1);
        Thread.Yield();
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>ISS: CV, COND 0b1110, TI.</summary>
    private static Op* WaitTrap(Cpu* cpu, Op* op, uint instruction) =>
        Exceptions.Take(cpu, cpu->PcOf(op), ExceptionClass.WaitTrap, 0x1E << 20 | instruction);

    private static Op* Nothing(Cpu* cpu, Op* op) => op[1].Handler(cpu, op + 1);

    private static Op* ClearExclusive(Cpu* cpu, Op* op)
    {
        cpu->ExclusiveAddress = Cpu.NoReservation;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* InstructionBarrier(Cpu* cpu, Op* op) => Branches.Jump(cpu, cpu->PcOf(op) + 4);

    private static Op* Barrier(Cpu* cpu, Op* op)
    {
        Thread.MemoryBarrier();
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>DSB: TLB maintenance that was posted to other vCPUs has taken effect when it ends.</summary>
    private static Op* SynchronizationBarrier(Cpu* cpu, Op* op)
    {
        Thread.MemoryBarrier();
        if (!cpu->MaintenancePosted) return op[1].Handler(cpu, op + 1);
        cpu->MaintenancePosted = false;
        cpu->Pc = cpu->PcOf(op) + 4;
        SoftwareVcpu vcpu = cpu->Owner;
        vcpu.Partition.Vcpus.Quiesce(vcpu);
        return null;
    }

    public static bool BindHvc(uint i, Op* op)
    {
        op->Imm = i.Field(5, 16);
        op->Handler = &Hvc;
        return true;
    }

    public static bool BindSmc(uint i, Op* op)
    {
        op->Imm = i.Field(5, 16);
        op->Handler = &Smc;
        return true;
    }

    public static bool BindSvc(uint i, Op* op)
    {
        op->Imm = i.Field(5, 16);
        op->Handler = &Svc;
        return true;
    }

    public static bool BindBrk(uint i, Op* op)
    {
        op->Imm = i.Field(5, 16);
        op->Handler = &Brk;
        return true;
    }

    public static bool BindExceptionReturn(uint i, Op* op)
    {
        op->Handler = &ExceptionReturn;
        return true;
    }

    /// <summary>NOP, YIELD, SEV, SEVL and the hints of extensions that are not announced.</summary>
    public static bool BindHint(uint i, Op* op)
    {
        op->Handler = &Nothing;
        return true;
    }

    public static bool BindWaitForEvent(uint i, Op* op)
    {
        op->Handler = &WaitForEvent;
        return true;
    }

    public static bool BindWaitForInterrupt(uint i, Op* op)
    {
        op->Handler = &Wait;
        return true;
    }

    public static bool BindSynchronizationBarrier(uint i, Op* op)
    {
        op->Handler = &SynchronizationBarrier;
        return true;
    }

    public static bool BindClearExclusive(uint i, Op* op)
    {
        op->Handler = &ClearExclusive;
        return true;
    }

    public static bool BindBarrier(uint i, Op* op)
    {
        op->Handler = &Barrier;
        return true;
    }

    /// <summary>ISB: what comes next is looked up by its virtual address, which may have come to mean another page.</summary>
    public static bool BindIsb(uint i, Op* op)
    {
        op->Handler = &InstructionBarrier;
        return true;
    }
}
