using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// Runs cases on the software engine: at EL0, from Normal memory, with the layout of <see cref="CaseLayout"/>. Every exception
/// goes to a vector that holds an HVC, which ends the run.
/// </summary>
// SAFETY: _memory is RamSize bytes that live as long as the partition that maps them; all offsets into it are constants below.
internal sealed unsafe class EngineRunner : IDisposable
{
    private const ulong Ram = 0x4000_0000;
    private const int RamSize = 0x1_0000;
    private const ulong Tables = Ram, WindowPage = Ram + 0x4000, CodePage = Ram + 0x6000, VectorPage = Ram + 0x7000;
    private const ulong VectorAddress = 0x1010_0000;
    private const uint Hvc = 0xD400_0002;

    private readonly byte* _memory;
    private readonly SoftwarePartition _partition;
    private readonly SoftwareVcpu _vcpu;

    public EngineRunner(GuestExecution execution = GuestExecution.Translated)
    {
        _memory = (byte*)NativeMemory.AlignedAlloc(RamSize, 0x1_0000);
        NativeMemory.Clear(_memory, RamSize);
        _partition = (SoftwarePartition)new SoftwareEngine(execution: execution).CreatePartition(new PartitionOptions(1, new GuestAddress(0x0800_0000), new GuestAddress(0x080A_0000)));
        _partition.Map(new GuestAddress(Ram), (nint)_memory, RamSize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        _vcpu = (SoftwareVcpu)_partition.CreateVcpu(0);
        Words(CodePage, CaseLayout.PageSize / 4).Fill(CaseLayout.Brk);
        Words(VectorPage, CaseLayout.PageSize / 4).Fill(Hvc);
        CaseLayout.Pristine.CopyTo(WindowWords);
        MapPages();
        SetRegisters();
    }

    private Span<ulong> WindowWords => new(_memory + (WindowPage - Ram), CaseLayout.WindowSize / 8);

    /// <summary>How many ops of the last case translated code had interpreted, not counting the BRK and the HVC that end it.</summary>
    public int Interpreted { get; private set; }

    /// <summary>Runs one case from a state into a result.</summary>
    public void Run(ReadOnlySpan<uint> code, MachineState input, CaseResult result)
    {
        Span<uint> place = Words(CodePage + CaseLayout.CaseOffset, CaseLayout.MaxInstructions + 1);
        code.CopyTo(place);
        place[code.Length..].Fill(CaseLayout.Brk);
        _partition.Code.Invalidate(CodePage);
        Load(input);
        long before = _vcpu.Cpu->Counters.Interpreted;
        VcpuExit exit = _vcpu.Run(VcpuEntry.Resume);
        if (exit.Kind != VcpuExitKind.FirmwareCall) throw new InvalidOperationException($"a case ended in {exit.Kind}");
        Save(result);
        Interpreted = (int)(_vcpu.Cpu->Counters.Interpreted - before) - 2;
    }

    public void Dispose()
    {
        _vcpu.Dispose();
        _partition.Dispose();
        NativeMemory.AlignedFree(_memory);
    }

    private Span<uint> Words(ulong address, int count) => new(_memory + (address - Ram), count);

    private void MapPages()
    {
        const ulong Table = 3, Page = 3 | 1 << 10, EL0 = 1 << 6, PXN = 1ul << 53, UXN = 1ul << 54;
        Span<ulong> tables = new(_memory, 4 * 512);
        tables[0] = Tables + 0x1000 | Table;
        tables[512] = Tables + 0x2000 | Table;
        tables[1024 + (int)(CaseLayout.Window >> 21)] = Tables + 0x3000 | Table;
        Span<ulong> leaves = tables[1536..];
        leaves[0] = WindowPage | Page | EL0 | PXN | UXN;
        leaves[1] = WindowPage + 0x1000 | Page | EL0 | PXN | UXN;
        leaves[(int)(CaseLayout.Code - CaseLayout.Window >> 12)] = CodePage | Page | EL0 | PXN;
        leaves[(int)(VectorAddress - CaseLayout.Window >> 12)] = VectorPage | Page | UXN;
    }

    // 48-bit addresses in TTBR0 only, whose top byte is ignored, as Linux has it; attribute 0 is Normal memory. SP alignment is not
    // checked, because qemu-aarch64 does not.
    private void SetRegisters()
    {
        ref SystemState registers = ref _vcpu.Cpu->Sys;
        registers.MAIR_EL1 = 0xFF;
        registers.TCR_EL1 = 16 | 16 << 16 | 1 << 23 | 2ul << 30 | 2ul << 32 | 1ul << 37;
        registers.TTBR0_EL1 = Tables;
        registers.VBAR_EL1 = VectorAddress;
        registers.CPACR_EL1 = 3 << 20;
        registers.SCTLR_EL1 = Sctlr.RES1 | Sctlr.M | Sctlr.C | Sctlr.I;
        Tlb.Flush(_vcpu.Cpu);
    }

    private void Load(MachineState state)
    {
        Cpu* cpu = _vcpu.Cpu;
        ProcessState.Set(cpu, ProcessState.AllMasked | (uint)state[MachineState.NZCV]);
        for (int i = 0; i <= MachineState.SP; i++) cpu->X[i] = state[i];
        for (int i = 0; i < 64; i++) cpu->V0[i] = state[MachineState.V0 + i];
        cpu->Fpcr = (uint)state[MachineState.FPCR];
        cpu->Fpsr = (uint)state[MachineState.FPSR];
        cpu->ExclusiveAddress = Cpu.NoReservation;
        _vcpu.WriteRegister(VcpuRegister.PC, state[MachineState.PC]);
    }

    private void Save(CaseResult result)
    {
        Cpu* cpu = _vcpu.Cpu;
        MachineState state = result.State;
        for (int i = 0; i < MachineState.SP; i++) state[i] = cpu->X[i];
        state[MachineState.SP] = cpu->Sys.SP_EL0;
        state[MachineState.PC] = cpu->Sys.ELR_EL1;
        state[MachineState.NZCV] = cpu->Sys.SPSR_EL1 & 0xF000_0000;
        for (int i = 0; i < 64; i++) state[MachineState.V0 + i] = cpu->V0[i];
        state[MachineState.FPCR] = cpu->Fpcr;
        state[MachineState.FPSR] = cpu->Fpsr;
        result.Outcome = Outcome((uint)cpu->Sys.ESR_EL1);
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
        ExceptionClass.PcAlignment => CaseOutcome.Alignment,
        ExceptionClass.DataAbortLower when (syndrome & 0x3F) == FaultStatus.Alignment => CaseOutcome.Alignment,
        ExceptionClass.DataAbortLower or ExceptionClass.InstructionAbortLower => CaseOutcome.Abort,
        _ => throw new InvalidOperationException($"a case ended with ESR_EL1 0x{syndrome:x}"),
    };
}
