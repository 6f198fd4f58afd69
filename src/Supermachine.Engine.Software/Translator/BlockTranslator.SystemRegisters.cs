namespace Supermachine.Engine.Software;

/// <content>MRS and MSR of what is plain storage or a constant, and of PSTATE's fields. Registers that do something are the interpreter's.</content>
internal sealed unsafe partial class BlockTranslator
{
    private const uint MaskIrq = 1 << 7, MaskFiq = 1 << 6;

    /// <summary>MRS.</summary>
    public static bool ReadSystemRegister(BlockTranslator t, uint i, Op* op)
    {
        if (SystemRegisters.Find(i.Field(5, 16)) is not { } register || SystemRegisters.TrapOf(register.Encoding) != HypervisorTraps.None) return false;
        HostRegister to = t.ResultIn(op->Rd, -1, A);
        if (register.Constant is { } constant)
        {
            t.Permit(register.El0Read, op);
            t.Asm.MoveConstant(to, constant);
        }
        else if (register.Field is { } field)
        {
            t.PermitField(register, register.El0Read, op);
            t.Asm.Load(to, Cpu0, field - Pinning.Bias);
        }
        else if (!t.ReadState(register, to, op))
        {
            return false;
        }

        t.Put(op->Rd, to);
        return true;
    }

    /// <summary>MSR (register).</summary>
    public static bool WriteSystemRegister(BlockTranslator t, uint i, Op* op)
    {
        if (SystemRegisters.Find(i.Field(5, 16)) is not { } register || SystemRegisters.TrapOf(register.Encoding) != HypervisorTraps.None) return false;
        if (register.Field is { } field)
        {
            t.PermitField(register, register.El0Write, op);
            t.WriteField(field - Pinning.Bias, register.Writable, op->Rn);
            return true;
        }

        if (register.Encoding != SystemRegisters.DAIF) return false;
        t.Permit(register.El0Write, op);
        t.Get(A, op->Rn, wide: false);
        t.WriteMasks();
        return true;
    }

    /// <summary>MSR (immediate) of DAIFSet and DAIFClr. The block after it begins with a look at what is unmasked now.</summary>
    public static bool WriteMaskImmediate(BlockTranslator t, uint i, Op* op)
    {
        const uint DAIFSet = 3 << 3 | 6, DAIFClr = 3 << 3 | 7;
        uint which = i.Field(16, 3) << 3 | i.Field(5, 3);
        if (which is not (DAIFSet or DAIFClr)) return false;
        t.Permit(El0Access.InterruptMasks, op);
        bool sets = which == DAIFSet;
        int masks = (int)op->Imm, signals = (int)SignalsOf((uint)op->Imm);
        t.Asm.RegMem(0x81, sets ? OR : AND, Cpu0, CpuOffset.Daif, wide: false);
        t.Asm.Int32(sets ? masks : ~masks);
        t.Asm.RegMem(0x81, sets ? AND : OR, Cpu0, CpuOffset.SignalMask, wide: false);
        t.Asm.Int32(sets ? ~signals : signals);
        t.Clobbered();
        return true;
    }

    /// <summary>The signals that PSTATE's masks keep out.</summary>
    private static Signal SignalsOf(uint daif) => ((daif & MaskIrq) != 0 ? Signal.Irq : 0) | ((daif & MaskFiq) != 0 ? Signal.Fiq : 0);

    /// <summary>SP_EL0 belongs to EL1 only while EL1 runs on its own stack pointer.</summary>
    private void PermitField(SystemRegister register, El0Access access, Op* op)
    {
        Permit(access, op);
        if (register.Encoding == SystemRegisters.SP_EL0) Require(HostCondition.NE, CpuOffset.SpSel, op);
    }

    private bool ReadState(SystemRegister register, HostRegister to, Op* op)
    {
        if (register.Encoding == SystemRegisters.DAIF)
        {
            Permit(register.El0Read, op);
            Asm.Load(to, Cpu0, CpuOffset.Daif, wide: false);
        }
        else if (register.Encoding == SystemRegisters.CurrentEL)
        {
            Permit(register.El0Read, op);
            Asm.RegMem(0xB6, (int)to, Cpu0, CpuOffset.El, wide: false, escape: true);
            Asm.Shift(4, to, 2, wide: false);
            Clobbered();
        }
        else if (register.Encoding == SystemRegisters.NZCV)
        {
            UnpackFlags(to);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>NZCV in bits 31 to 28, from <see cref="HostFlags"/>: the opposite of CF is C. Takes RCX and RDX.</summary>
    private void UnpackFlags(HostRegister to)
    {
        Asm.RegMem(0xB7, (int)B, Cpu0, CpuOffset.HostFlags, wide: false, escape: true);
        Asm.AluConstant(XOR, B, HostFlags.CF, wide: false);
        Asm.Move(D, B, wide: false);
        Asm.AluConstant(AND, D, HostFlags.SF | HostFlags.ZF, wide: false);
        Asm.Shift(4, D, 16, wide: false);
        Asm.Move(to, B, wide: false);
        Asm.AluConstant(AND, to, HostFlags.CF, wide: false);
        Asm.Shift(4, to, 21, wide: false);
        Asm.Alu(OR, to, D, wide: false);
        Asm.AluConstant(AND, B, HostFlags.OF, wide: false);
        Asm.Shift(4, B, 28, wide: false);
        Asm.Alu(OR, to, B, wide: false);
        Clobbered();
    }

    private void WriteField(int field, ulong writable, int slot)
    {
        if (writable is ulong.MaxValue or uint.MaxValue)
        {
            Asm.Store(Cpu0, field, Use(slot, A), wide: writable == ulong.MaxValue);
            return;
        }

        Get(A, slot, wide: true);
        Asm.MoveConstant(B, writable);
        Asm.Alu(AND, A, B);
        Asm.Unary(2, B);
        Asm.AluMemory(AND, B, Cpu0, field);
        Asm.Alu(OR, A, B);
        Asm.Store(Cpu0, field, A);
        Clobbered();
    }

    /// <summary>PSTATE.DAIF from RAX, and which signals it lets through: see <see cref="ProcessState.SetDaif"/>. Takes RCX.</summary>
    private void WriteMasks()
    {
        Asm.AluConstant(AND, A, (int)ProcessState.AllMasked, wide: false);
        Asm.Store(Cpu0, CpuOffset.Daif, A, wide: false);
        Asm.Unary(2, A, wide: false);
        Asm.Move(B, A, wide: false);
        Asm.Shift(5, A, 7, wide: false); // I, bit 7, to IRQ, bit 0
        Asm.AluConstant(AND, A, (int)Signal.Irq, wide: false);
        Asm.Shift(5, B, 5, wide: false); // F, bit 6, to FIQ, bit 1
        Asm.AluConstant(AND, B, (int)Signal.Fiq, wide: false);
        Asm.Alu(OR, A, B, wide: false);
        Asm.AluConstant(OR, A, (int)ProcessState.NeverMasked, wide: false);
        Asm.Store(Cpu0, CpuOffset.SignalMask, A, wide: false);
        Clobbered();
    }
}
