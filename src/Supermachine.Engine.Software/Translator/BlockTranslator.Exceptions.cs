namespace Supermachine.Engine.Software;

/// <content>
/// SVC and ERET in line: what <see cref="Exceptions"/> and <see cref="ProcessState"/> do, then a jump through the jump cache of the new
/// level. A return to a state or an address that is not plain is the interpreter's.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    private const int IllegalExecution = 1 << 20, ModeBits = 0x1F, FpEnable = 20;

    /// <summary>SVC.</summary>
    public static bool SupervisorCall(BlockTranslator t, uint i, Op* op)
    {
        HostAssembler asm = t.Asm;
        t.EmitPc(A, op->Offset + 4u);
        asm.Store(Cpu0, CpuOffset.ELR_EL1, A);
        asm.MoveConstant(A, ExceptionClass.Svc64 << 26 | 1u << 25 | (uint)op->Imm);
        asm.Store(Cpu0, CpuOffset.ESR_EL1, A);
        t.SaveProcessState();
        t.EnterEl1();
        t.Asm.Load(B, Cpu0, CpuOffset.SetEl1);
        t.UseSet(B);

        // At EL1 FP is enabled by CPACR_EL1.FPEN of 1 and 3: by its low bit.
        asm.Load(B, Cpu0, CpuOffset.CPACR_EL1, wide: false);
        asm.Shift(5, B, FpEnable, wide: false);
        asm.AluConstant(AND, B, 1, wide: false);
        asm.StoreByte(Cpu0, CpuOffset.FpEnabled, B);
        asm.StoreConstant(Cpu0, CpuOffset.Daif, (int)ProcessState.AllMasked, wide: false);
        asm.StoreConstant(Cpu0, CpuOffset.SignalMask, (int)ProcessState.NeverMasked, wide: false);
        asm.Move(A, D, wide: false);
        asm.AluMemory(ADD, A, Cpu0, CpuOffset.VBAR_EL1);
        t.Clobbered();
        t.EmitJump();
        return true;
    }

    /// <summary>ERET to EL0t, EL1t or EL1h.</summary>
    public static bool ExceptionReturn(BlockTranslator t, uint i, Op* op)
    {
        HostAssembler asm = t.Asm;
        t.Require(HostCondition.NE, CpuOffset.El, op);
        t.RequirePlainReturn(op);
        t.EmitClearMonitor();
        asm.Load(B, Cpu0, CpuOffset.SPSR_EL1, wide: false);
        t.PackFlags();
        t.LeaveEl1();
        asm.Move(A, B, wide: false);
        t.WriteMasks();
        asm.Load(A, Cpu0, CpuOffset.ELR_EL1);
        t.EmitJump();
        return true;
    }

    /// <summary>SPSR_EL1 = PSTATE; PSTATE.IL is clear wherever code runs. Takes RAX, RCX and RDX.</summary>
    private void SaveProcessState()
    {
        UnpackFlags(A);
        Asm.AluMemory(OR, A, Cpu0, CpuOffset.Daif, wide: false);
        Asm.RegMem(0xB6, (int)B, Cpu0, CpuOffset.El, wide: false, escape: true); // MOVZX
        Asm.Shift(4, B, 2, wide: false);
        Asm.Alu(OR, A, B, wide: false);
        Asm.RegMem(0xB6, (int)B, Cpu0, CpuOffset.SpSel, wide: false, escape: true);
        Asm.Alu(OR, A, B, wide: false);
        Asm.Store(Cpu0, CpuOffset.SPSR_EL1, A);
    }

    /// <summary>Goes to EL1h. RDX = the offset of the vectors for where it was: 0x400 for EL0, 0x200 for EL1h, 0 for EL1t.</summary>
    private void EnterEl1()
    {
        Asm.MoveConstant(D, 0x400);
        CompareWithZero(CpuOffset.El);
        ulong fromEl0 = Asm.JumpForward(HostCondition.E);
        Asm.MoveConstant(D, 0x200);
        CompareWithZero(CpuOffset.SpSel);
        ulong sameStack = Asm.JumpForward(HostCondition.NE);
        Asm.MoveConstant(D, 0);
        Asm.Bind(fromEl0);
        Asm.Store(Cpu0, CpuOffset.SP_EL0, HostRegister.RBX);
        Asm.Load(HostRegister.RBX, Cpu0, CpuOffset.SP_EL1);
        Asm.Bind(sameStack);
        Asm.Store(Cpu0, CpuOffset.SP_EL1, HostRegister.RBX); // nothing reads it while it is in use; ProcessState.SetLevel leaves it so
        Asm.MoveConstant(B, 1);
        Asm.StoreByte(Cpu0, CpuOffset.El, B);
        Asm.StoreByte(Cpu0, CpuOffset.SpSel, B);
    }

    /// <summary>From EL1 to the level and stack pointer in RCX, an SPSR. Takes RAX and RDX.</summary>
    private void LeaveEl1()
    {
        CompareWithZero(CpuOffset.SpSel);
        ulong el1t = Asm.JumpForward(HostCondition.E);
        Asm.Store(Cpu0, CpuOffset.SP_EL1, HostRegister.RBX);
        ulong stored = Asm.JumpForward();
        Asm.Bind(el1t);
        Asm.Store(Cpu0, CpuOffset.SP_EL0, HostRegister.RBX);
        Asm.Bind(stored);
        Asm.Move(A, B, wide: false);
        Asm.AluConstant(AND, A, 1, wide: false);
        Asm.StoreByte(Cpu0, CpuOffset.SpSel, A);
        Asm.Load(HostRegister.RBX, Cpu0, CpuOffset.SP_EL0);
        Asm.RegMem(0x45, (int)HostRegister.RBX, Cpu0, CpuOffset.SP_EL1, wide: true, escape: true); // CMOVNE, of the AND
        Asm.Move(A, B, wide: false);
        Asm.Shift(5, A, 2, wide: false);
        Asm.AluConstant(AND, A, 1, wide: false);
        Asm.StoreByte(Cpu0, CpuOffset.El, A);
        Asm.Load(D, Cpu0, CpuOffset.SetEl0);
        Asm.RegMem(0x45, (int)D, Cpu0, CpuOffset.SetEl1, wide: true, escape: true); // CMOVNE, likewise
        EnableFp();
        UseSet(D);
    }

    /// <summary>FP at the level in RAX: both bits of CPACR_EL1.FPEN for EL0, the low one for EL1. Takes RAX; keeps RCX and RDX.</summary>
    private void EnableFp()
    {
        Asm.Shift(4, A, FpEnable + 1, wide: false);
        Asm.AluMemory(OR, A, Cpu0, CpuOffset.CPACR_EL1, wide: false);
        Asm.Unary(2, A, wide: false);
        Asm.Test32(A, 3 << FpEnable);
        Asm.RegReg0F(0x94, 0, A, wide: false); // SETE AL
        Asm.StoreByte(Cpu0, CpuOffset.FpEnabled, A);
    }

    /// <summary>The TLB and jump cache of a set, as <see cref="Tlb.UseLevel"/> does. Takes RAX.</summary>
    private void UseSet(HostRegister set)
    {
        Asm.Load(A, set, CpuOffset.SetEntries);
        Asm.Store(Cpu0, CpuOffset.Tlb, A);
        Asm.Load(A, set, CpuOffset.SetMask);
        Asm.Store(Cpu0, CpuOffset.TlbMask, A);
        Asm.Load(A, set, CpuOffset.SetJumps);
        Asm.Store(Cpu0, CpuOffset.Jumps, A);
        Asm.Load(A, set, CpuOffset.SetGeneration);
        Asm.Store(Cpu0, CpuOffset.JumpGeneration, A);
    }

    /// <summary>Has the op interpreted unless SPSR_EL1 names EL0t, EL1t or EL1h without IL, and ELR_EL1 has no tag.</summary>
    private void RequirePlainReturn(Op* op)
    {
        const int Legal = 1 << 0 | 1 << 4 | 1 << 5;
        Asm.Load(A, Cpu0, CpuOffset.SPSR_EL1, wide: false);
        Asm.AluConstant(AND, A, IllegalExecution | ModeBits, wide: false);
        Asm.AluConstant(CMP, A, 5, wide: false);
        Cold(HostCondition.A, ColdKind.Interpret, op);
        Asm.MoveConstant(D, Legal);
        Asm.RegReg0F(0xA3, A, D, wide: false); // BT EDX, EAX
        Cold(HostCondition.AE, ColdKind.Interpret, op);
        Asm.Load(A, Cpu0, CpuOffset.ELR_EL1);
        Asm.Move(D, A);
        Asm.Shift(4, D, 8);
        Asm.Shift(7, D, 8);
        Asm.Alu(CMP, D, A);
        Cold(HostCondition.NE, ColdKind.Interpret, op);
    }

    /// <summary><see cref="HostFlags"/> from the NZCV of an SPSR in RCX. Takes RAX and RDX.</summary>
    private void PackFlags()
    {
        Asm.Move(D, B, wide: false);
        Asm.Shift(5, D, 16, wide: false);
        Asm.AluConstant(AND, D, HostFlags.SF | HostFlags.ZF, wide: false);
        Asm.Move(A, B, wide: false);
        Asm.Unary(2, A, wide: false);
        Asm.Shift(5, A, 21, wide: false);
        Asm.AluConstant(AND, A, HostFlags.CF, wide: false);
        Asm.Alu(OR, D, A, wide: false);
        Asm.Move(A, B, wide: false);
        Asm.Shift(5, A, 28, wide: false);
        Asm.AluConstant(AND, A, HostFlags.OF, wide: false);
        Asm.Alu(OR, D, A, wide: false);
        Asm.RegMem(0x89, (int)D, Cpu0, CpuOffset.HostFlags, wide: false, prefix: 0x66);
    }
}
