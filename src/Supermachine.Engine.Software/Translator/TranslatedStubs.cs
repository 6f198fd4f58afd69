using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>
/// The code around translated blocks: the way in, the way out, and the call that runs one op in the interpreter. Made once for each
/// code memory.
/// </summary>
internal sealed unsafe class TranslatedStubs
{
    private static readonly HostRegister[] CalleeSaved =
        [HostRegister.RBP, HostRegister.RBX, HostRegister.R12, HostRegister.R13, HostRegister.R14, HostRegister.R15];

    public TranslatedStubs(HostAssembler asm)
    {
        asm.Align(16);
        Enter = (delegate* unmanaged<Cpu*, ulong, void>)asm.Here;
        foreach (HostRegister register in CalleeSaved) Push(asm, 0x50, register);
        asm.AluConstant(5, HostRegister.RSP, 8); // calls from here find the stack aligned to 16
        asm.Lea(HostRegister.RBP, HostRegister.RDI, Pinning.Bias);
        asm.Move(HostRegister.RAX, HostRegister.RSI);
        Fill(asm);
        asm.Byte(0xFF);
        asm.ModRm(3, 4, (int)HostRegister.RAX);

        asm.Align(16);
        Leave = asm.Here;
        Spill(asm);
        ulong spilled = asm.Here;
        asm.AluConstant(0, HostRegister.RSP, 8);
        for (int i = CalleeSaved.Length - 1; i >= 0; i--) Push(asm, 0x58, CalleeSaved[i]);
        asm.Byte(0xC3);

        asm.Align(16);
        LeaveToLink = asm.Here;
        asm.Load(HostRegister.RAX, HostRegister.RSP, 0);
        asm.RegMem(0x63, (int)HostRegister.RDX, HostRegister.RAX, 4, wide: true); // MOVSXD
        asm.Lea(HostRegister.RAX, HostRegister.RAX, 4);
        asm.Alu(0, HostRegister.RDX, HostRegister.RAX);
        asm.Store(HostRegister.RBP, CpuOffset.LinkSite, HostRegister.RDX);
        asm.Load(HostRegister.RDX, HostRegister.RAX, 4, wide: false);
        asm.Store(HostRegister.RBP, CpuOffset.LinkPage, HostRegister.RDX, wide: false);
        LeaveAt = asm.Here;
        Push(asm, 0x58, HostRegister.RAX);
        asm.Load(HostRegister.RDX, HostRegister.RAX, 0, wide: false);
        asm.AluMemory(0, HostRegister.RDX, HostRegister.RBP, CpuOffset.PageVa);
        asm.Store(HostRegister.RBP, CpuOffset.Pc, HostRegister.RDX);
        asm.Jump(Leave);

        asm.Align(16);
        Interpret = asm.Here; // RAX has the op
        Spill(asm);
        asm.Lea(HostRegister.RDI, HostRegister.RBP, -Pinning.Bias);
        asm.Move(HostRegister.RSI, HostRegister.RAX);
        asm.AluConstant(5, HostRegister.RSP, 8);
        asm.MoveConstant(HostRegister.RAX, (ulong)(nint)(delegate* unmanaged<Cpu*, Op*, int>)&InterpretOne);
        asm.Byte(0xFF);
        asm.ModRm(3, 2, (int)HostRegister.RAX);
        asm.AluConstant(0, HostRegister.RSP, 8);
        asm.Test(HostRegister.RAX, HostRegister.RAX, wide: false);
        ulong leave = asm.JumpForward(HostCondition.NE);
        Fill(asm);
        asm.Byte(0xC3);
        asm.Bind(leave);
        asm.AluConstant(0, HostRegister.RSP, 8); // the return address
        asm.Jump(spilled);
        FloatingPoint = new FloatingPointStubs(asm);
    }

    /// <summary>Runs translated code from an entry until it leaves, with <see cref="Cpu.Pc"/> set.</summary>
    public delegate* unmanaged<Cpu*, ulong, void> Enter { get; }

    /// <summary>Jumped to, to leave.</summary>
    public ulong Leave { get; }

    /// <summary>Called, to leave. The word behind the call is the offset of the PC in its page.</summary>
    public ulong LeaveAt { get; }

    /// <summary>Likewise, and has a jump pointed at what is at the PC. Two more words: where the jump's displacement is, from there; and the page's number.</summary>
    public ulong LeaveToLink { get; }

    /// <summary>What floating point takes.</summary>
    public FloatingPointStubs FloatingPoint { get; }

    /// <summary>Called with an op in RAX: runs it in the interpreter, and returns unless it ended the block.</summary>
    public ulong Interpret { get; }

    /// <summary>Makes of the guest's state what translated code wants of it beyond registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EnterHost(Cpu* cpu)
    {
        HostFlags.FromGuest(cpu);
        cpu->HostFp = FloatingPointLane.Context(cpu).HostFp;
    }

    /// <summary>Runs one op. 0: go on after it. Nothing may be thrown across translated code.</summary>
    [UnmanagedCallersOnly]
    private static int InterpretOne(Cpu* cpu, Op* op)
    {
        try
        {
            HostFlags.ToGuest(cpu);
            Op* step = cpu->Step;
            step[0] = *op;
            step[1].Offset = op->Offset;
            cpu->StepDone = false;
            cpu->Counters.Interpreted++;
            step->Handler(cpu, step);
            EnterHost(cpu);
            return cpu->StepDone ? 0 : 1;
        }
#pragma warning disable CA1031 // whatever it is, it is thrown again on the managed side
        catch (Exception failure)
#pragma warning restore CA1031
        {
            cpu->Owner.Failure = failure;
            return 1;
        }
    }

    private static void Push(HostAssembler asm, int opcode, HostRegister register)
    {
        asm.Rex(false, 0, 0, (int)register, false);
        asm.Byte(opcode + ((int)register & 7));
    }

    private static void Spill(HostAssembler asm)
    {
        foreach (byte slot in Pinning.Slots) asm.Store(HostRegister.RBP, CpuOffset.X(slot), Pinning.Hosts[slot]);
    }

    private static void Fill(HostAssembler asm)
    {
        foreach (byte slot in Pinning.Slots) asm.Load(Pinning.Hosts[slot], HostRegister.RBP, CpuOffset.X(slot));
    }
}

/// <summary>
/// The guest's flags as translated code keeps them: what LAHF and SETO give, SF ZF CF in the high byte, OF in the low. CF is the
/// opposite of PSTATE.C, as after a subtraction.
/// </summary>
internal static unsafe class HostFlags
{
    public const int SF = 0x8000, ZF = 0x4000, CF = 0x0100, OF = 1;

    /// <summary>From NZCV in bits 31 to 28.</summary>
    public static ushort Pack(uint nzcv) =>
        (ushort)(((nzcv >> 31) * SF) | ((nzcv >> 30 & 1) * ZF) | ((~nzcv >> 29 & 1) * CF) | (nzcv >> 28 & 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromGuest(Cpu* cpu) =>
        cpu->HostFlags = (ushort)((cpu->N < 0 ? SF : 0) | (cpu->Z == 0 ? ZF : 0) | (cpu->C == 0 ? CF : 0) | (cpu->V < 0 ? OF : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToGuest(Cpu* cpu)
    {
        int flags = cpu->HostFlags;
        cpu->N = (long)((ulong)flags << 48);
        cpu->Z = (flags & ZF) != 0 ? 0UL : 1;
        cpu->C = (flags & CF) != 0 ? 0UL : 1;
        cpu->V = (long)((ulong)flags << 63);
    }
}
