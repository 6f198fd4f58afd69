using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// Runs cases on the software engine: at EL0 or EL1, from Normal memory, with the layouts of <see cref="CaseLayout"/> and
/// <see cref="FuzzLayout"/>. Every exception goes to a vector that holds an HVC, which ends the run.
/// </summary>
// SAFETY: _memory is RamSize bytes that live as long as the partition that maps them; all offsets into it are constants below.
internal sealed unsafe class EngineRunner : IDisposable
{
    private const ulong Ram = 0x4000_0000;
    private const int RamSize = 0x1_0000;
    private const ulong Tables = Ram, WindowPage = Ram + 0x4000, CodePage = Ram + 0x6000, VectorPage = Ram + 0x7000, FuzzPages = Ram + 0x8000;
    private const ulong VectorAddress = 0x1010_0000;
    private const uint Hvc = 0xD400_0002;

    // Far more than a case takes: one that runs through the whole of it has lost its way.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte* _memory;
    private readonly SoftwarePartition _partition;
    private readonly SoftwareVcpu _vcpu;
    private readonly SystemState _registers;
    private readonly Timer _watchdog;
    private long _runs, _runsSeen;

    public EngineRunner(GuestExecution execution = GuestExecution.Translated)
    {
        _memory = (byte*)NativeMemory.AlignedAlloc(RamSize, 0x1_0000);
        NativeMemory.Clear(_memory, RamSize);
        _partition = (SoftwarePartition)new SoftwareEngine(execution: execution) { Code = new CodeOptions { InterpretedRuns = 0 } }.CreatePartition(new PartitionOptions(1, new GuestAddress(0x0800_0000), new GuestAddress(0x080A_0000)));
        _partition.Map(new GuestAddress(Ram), (nint)_memory, RamSize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        _vcpu = (SoftwareVcpu)_partition.CreateVcpu(0);
        Words(CodePage, CaseLayout.PageSize / 4).Fill(CaseLayout.Brk);
        Words(VectorPage, CaseLayout.PageSize / 4).Fill(Hvc);
        CaseLayout.Pristine.CopyTo(WindowWords);
        MapPages();
        SetRegisters();
        _registers = _vcpu.Cpu->Sys;
        _watchdog = new Timer(StopEndless, null, Patience, Patience);
    }

    private Span<ulong> WindowWords => new(_memory + (WindowPage - Ram), CaseLayout.WindowSize / 8);

    /// <summary>How many ops of the last case translated code had interpreted, not counting the BRK and the HVC that end it.</summary>
    public int Interpreted { get; private set; }

    /// <summary>Runs one case from a state into a result.</summary>
    public void Run(ReadOnlySpan<uint> code, MachineState input, CaseResult result)
    {
        ulong at = Physical(input[MachineState.PC]);
        Span<uint> place = Words(at, CaseLayout.MaxInstructions + 1);
        code.CopyTo(place);
        place[code.Length..].Fill(CaseLayout.Brk);
        for (ulong line = at & ~63ul; line <= at + 4 * CaseLayout.MaxInstructions; line += 64) _partition.Code.Invalidate(line);
        long before = _vcpu.Cpu->Counters.Interpreted;
        RunAgain(input, result);
        Interpreted = (int)(_vcpu.Cpu->Counters.Interpreted - before) - 2;
    }

    /// <summary>Runs the same instructions from a state once more: what was made of them is there already.</summary>
    public void RunAgain(MachineState input, CaseResult result)
    {
        Load(input);
        Interlocked.Increment(ref _runs);
        VcpuExit exit = _vcpu.Run(VcpuEntry.Resume);
        Interlocked.Increment(ref _runs);
        if (exit.Kind is not (VcpuExitKind.FirmwareCall or VcpuExitKind.Canceled)) throw new InvalidOperationException($"a case ended in {exit.Kind}");
        Save(result, ended: exit.Kind == VcpuExitKind.FirmwareCall);
    }

    /// <summary>Has the next run find nothing in the TLB.</summary>
    public void ForgetTranslations() => Tlb.Flush(_vcpu.Cpu);

    public void Dispose()
    {
        _watchdog.Dispose();
        _vcpu.Dispose();
        _partition.Dispose();
        NativeMemory.AlignedFree(_memory);
    }

    private Span<uint> Words(ulong address, int count) => new(_memory + (address - Ram), count);

    private static ulong Physical(ulong pc) =>
        pc / CaseLayout.PageSize == CaseLayout.Code / CaseLayout.PageSize ? pc - CaseLayout.Code + CodePage : FuzzPages + pc % (2 * CaseLayout.PageSize);

    // An odd count: a case is running.
    private void StopEndless(object? state)
    {
        long runs = Interlocked.Read(ref _runs);
        if (Interlocked.Exchange(ref _runsSeen, runs) == runs && (runs & 1) != 0) _vcpu.RequestExit();
    }

    private ref ulong Leaf(ulong va) => ref ((ulong*)_memory)[1536 + (va - CaseLayout.Window >> 12)];

    private void MapPages()
    {
        const ulong Table = 3, Page = 3 | 1 << 10, EL0 = 1 << 6, ReadOnly = 1 << 7, PXN = 1ul << 53, UXN = 1ul << 54;
        Span<ulong> tables = new(_memory, 4 * 512);
        tables[0] = Tables + 0x1000 | Table;
        tables[512] = Tables + 0x2000 | Table;
        tables[1024 + (int)(CaseLayout.Window >> 21)] = Tables + 0x3000 | Table;
        Span<ulong> leaves = tables[1536..];
        leaves[0] = WindowPage | Page | EL0 | PXN | UXN;
        leaves[1] = WindowPage + 0x1000 | Page | EL0 | PXN | UXN;
        leaves[(int)(CaseLayout.Code - CaseLayout.Window >> 12)] = CodePage | Page | EL0 | PXN;
        leaves[(int)(VectorAddress - CaseLayout.Window >> 12)] = VectorPage | Page | UXN;
        for (uint page = 0; page < 2; page++)
        {
            ulong window = WindowPage + 0x1000 * page, code = FuzzPages + 0x1000 * page;
            Leaf(FuzzLayout.Fenced + 0x1000 * page) = window | Page | EL0 | PXN | UXN | (page == 1 ? ReadOnly : 0);
            Leaf(FuzzLayout.Privileged + 0x1000 * page) = window | Page | PXN | UXN;
            // What a sequence makes of its PC may be a pointer. Nothing there is for loads at EL0 and for stores at all.
            Leaf(FuzzLayout.Code + 0x1000 * page) = code | Page | ReadOnly | PXN;
            Leaf(FuzzLayout.PrivilegedCode + 0x1000 * page) = code | Page | ReadOnly | UXN;
        }
    }

    // 48-bit addresses in TTBR0 only, whose top byte is ignored, as Linux has it; attribute 0 is Normal memory. SP alignment is not
    // checked at EL0, because qemu-aarch64 does not.
    private void SetRegisters()
    {
        ref SystemState registers = ref _vcpu.Cpu->Sys;
        registers.MAIR_EL1 = 0xFF;
        registers.TCR_EL1 = 16 | 16 << 16 | 1 << 23 | 2ul << 30 | 2ul << 32 | 1ul << 37;
        registers.TTBR0_EL1 = Tables;
        registers.VBAR_EL1 = VectorAddress;
        registers.CPACR_EL1 = 3 << 20;
        registers.SCTLR_EL1 = Sctlr.RES1 | Sctlr.M | Sctlr.C | Sctlr.I | Sctlr.SA;
        registers.SP_EL0 = CaseLayout.Window + 0x800;
        Tlb.Flush(_vcpu.Cpu);
    }

    private void Load(MachineState state)
    {
        Cpu* cpu = _vcpu.Cpu;
        cpu->X[Cpu.SP] = 0; // which is banked first
        cpu->Sys = _registers;
        ProcessState.Set(cpu, ProcessState.AllMasked | (uint)state[MachineState.NZCV]);
        for (int i = 0; i <= MachineState.SP; i++) cpu->X[i] = state[i];
        for (int i = 0; i < 64; i++) cpu->V0[i] = state[MachineState.V0 + i];
        cpu->Fpcr = (uint)state[MachineState.FPCR];
        cpu->Fpsr = (uint)state[MachineState.FPSR];
        cpu->ExclusiveAddress = Cpu.NoReservation;
        _vcpu.WriteRegister(VcpuRegister.PC, state[MachineState.PC]);
    }

    private void Save(CaseResult result, bool ended)
    {
        Cpu* cpu = _vcpu.Cpu;
        MachineState state = result.State;
        uint level = (uint)cpu->Sys.SPSR_EL1 & 15;
        for (int i = 0; i < MachineState.SP; i++) state[i] = cpu->X[i];
        state[MachineState.SP] = level == MachineState.EL1h ? cpu->X[Cpu.SP] : cpu->Sys.SP_EL0;
        state[MachineState.PC] = ended ? cpu->Sys.ELR_EL1 : cpu->Pc;
        state[MachineState.NZCV] = cpu->Sys.SPSR_EL1 & 0xF000_0000;
        for (int i = 0; i < 64; i++) state[MachineState.V0 + i] = cpu->V0[i];
        state[MachineState.FPCR] = cpu->Fpcr;
        state[MachineState.FPSR] = cpu->Fpsr;
        MemoryMarshal.Cast<SystemState, ulong>(new ReadOnlySpan<SystemState>(in cpu->Sys)).CopyTo(result.System);
        result.Outcome = ended ? Outcome((uint)cpu->Sys.ESR_EL1) : CaseOutcome.Endless;
        SaveChanges(result);
    }

    private void SaveChanges(CaseResult result)
    {
        result.Changes.Clear();
        Span<ulong> window = WindowWords;
        if (window.SequenceEqual(CaseLayout.Pristine)) return;
        for (int i = 0; i < window.Length; i++)
        {
            if (window[i] == CaseLayout.Pristine[i]) continue;
            result.Changes.Add(new MemoryChange(i, window[i]));
            window[i] = CaseLayout.Pristine[i];
        }
    }

    private static CaseOutcome Outcome(uint syndrome) => (syndrome >> 26) switch
    {
        ExceptionClass.Brk64 => CaseOutcome.Completed,
        ExceptionClass.Unknown => CaseOutcome.Undefined,
        ExceptionClass.PcAlignment or ExceptionClass.SpAlignment => CaseOutcome.Alignment,
        ExceptionClass.DataAbortLower or ExceptionClass.DataAbort when (syndrome & 0x3F) == FaultStatus.Alignment => CaseOutcome.Alignment,
        ExceptionClass.DataAbortLower or ExceptionClass.InstructionAbortLower or ExceptionClass.DataAbort or ExceptionClass.InstructionAbort => CaseOutcome.Abort,
        _ => CaseOutcome.Other,
    };
}
