namespace Supermachine.Engine.Software.Tests;

/// <summary>Comparing translated blocks with the interpreter while a machine runs.</summary>
public sealed unsafe class VerificationTests
{
    private const uint Movz5 = 0xD280_00A0; // MOVZ X0, #5
    private const uint Movz0 = 0xD280_0000; // MOVZ X0, #0
    private const uint StorePostIndexed = 0xF800_8440; // STR X0, [X2], #8
    private const uint SubtractOne = 0xF100_0421; // SUBS X1, X1, #1
    private const uint LoopBack = 0x54FF_FFA1; // B.NE .-12
    private const uint BranchNext = 0x1400_0001; // B .+4
    private const ulong Data = BareMachine.Ram + 0x8000;

    public static bool CannotTranslate => SoftwareEngine.TranslationRefusal is not null;

    [Fact]
    public void Blocks_are_compared_and_still_run_once()
    {
        if (CannotTranslate) return;
        using BareMachine machine = new(verify: true);
        machine.Move(1, 1000).Move(2, Data).Add(Movz5, StorePostIndexed, SubtractOne, LoopBack, BareMachine.Hvc(7));
        Assert.Equal(7ul, machine.Run());
        Assert.Equal(Data + 8000, machine.X(2));
        Assert.Equal(5ul, machine.Load(Data + 7992));
        Assert.Equal(0ul, machine.Load(Data + 8000));
        Assert.InRange(Count(machine, "executions compared, no difference"), 8, 100);
    }

    [Fact]
    public void Damaged_code_stops_the_machine_and_says_where()
    {
        if (CannotTranslate) return;
        using BareMachine machine = new(verify: true);
        machine.Add(Movz5, BranchNext, BareMachine.Hvc(7));
        Assert.Equal(7ul, machine.Run());
        Damage(machine, BareMachine.Ram, 5, 6);
        machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        string message = Assert.Throws<InvalidOperationException>(() => machine.Vcpu.Run(VcpuEntry.Resume)).Message;
        Assert.Contains("translated block at 0x40000000", message, StringComparison.Ordinal);
        Assert.Contains("40000000  d28000a0  MOVZ", message, StringComparison.Ordinal);
        Assert.Contains("X0: 0000000000000005 0000000000000005 0000000000000006", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_in_memory_alone_is_found_too()
    {
        if (CannotTranslate) return;
        using TranslatedMachine translated = new(verify: true);
        BareMachine machine = translated.Machine;
        ulong block = machine.Here;
        machine.Add(Movz5, TranslatedMachine.Store(0, 2), Movz0, BranchNext, BareMachine.Hvc(7));
        machine.Vcpu.WriteRegister(VcpuRegister.X2, Data);
        Assert.Equal(7ul, machine.Run());
        Damage(machine, block, 5, 6);
        machine.Vcpu.WriteRegister(VcpuRegister.PC, block);
        string message = Assert.Throws<InvalidOperationException>(() => machine.Vcpu.Run(VcpuEntry.Resume)).Message;
        Assert.Matches("memory, host [0-9a-f]+: 0000000000000005 0000000000000005 0000000000000006", message);
        Assert.DoesNotContain("X0:", message, StringComparison.Ordinal);
        Assert.Equal(5ul, machine.Load(Data));
    }

    [Fact]
    public void Comparing_goes_on_after_changes_of_level_and_masks()
    {
        if (CannotTranslate) return;
        using BareMachine machine = new(verify: true);
        const ulong Svc = BareMachine.Vectors + 0x400, Loop = BareMachine.Ram + 0x1000;
        uint[] loop = [SubtractOne, 0x54FF_FFE1 /* B.NE .-4 */, BareMachine.Hvc(7)];
        for (int i = 0; i < loop.Length; i++) machine.Store(Loop + (4 * (ulong)i), loop[i]);
        machine.Move(1, 100).Add(0xD503_4FDF /* MSR DAIFSet, #15 */, 0xD503_4FFF /* MSR DAIFClr, #15 */, BareMachine.Msr(SystemRegisters.DAIF, 3));
        machine.Move(2, Loop).EnterEl0().Add(BareMachine.Svc(0));
        machine.Store(Svc, BareMachine.Msr(BareMachine.Of("ELR_EL1"), 2));
        machine.Store(Svc + 4, 0xD280_00A9u /* MOVZ X9, #5: EL1h */);
        machine.Store(Svc + 8, BareMachine.Msr(BareMachine.Of("SPSR_EL1"), 9));
        machine.Store(Svc + 12, BareMachine.Eret);
        Assert.Equal(7ul, machine.Run());
        Assert.Equal(0ul, machine.X(1));
        Assert.InRange(Count(machine, "blocks compared"), 8, 100);
        Assert.Equal((int)ProcessState.NeverMasked, machine.Cpu->SignalMask & (int)ProcessState.NeverMasked);
        BlockHeader* header = BlockHeader.Of(Find(machine, Loop));
        Assert.Equal(100, header->Executions);
    }

    [Fact]
    public void A_block_that_has_become_stale_is_not_judged()
    {
        if (CannotTranslate) return;
        using BareMachine machine = new(verify: true);
        machine.Add(Movz5, BranchNext, BareMachine.Hvc(7));
        Assert.Equal(7ul, machine.Run());
        Op* block = Find(machine, BareMachine.Ram);
        machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        machine.Vcpu.WriteRegister(VcpuRegister.X0, 0);
        VerificationCounters counters = new();
        using BlockVerifier verifier = new((SoftwareVcpu)machine.Vcpu, counters);
        verifier.Compare(block);
        BlockBuilder.MarkStale(block);
        verifier.Compare(block);
        Assert.Equal([1, 1], counters.Counters().Skip(1).Select(counter => counter.Value));
        Assert.Equal(BareMachine.Ram, machine.Vcpu.ReadRegister(VcpuRegister.PC));
        Assert.Equal(0ul, machine.X(0));
    }

    [Fact]
    public void Blocks_that_touch_a_device_are_run_once()
    {
        if (CannotTranslate) return;
        using BareMachine machine = new(verify: true);
        machine.Move(2, 0x900_0000).Add(0xF940_0043, BranchNext, BareMachine.Hvc(7)); // LDR X3, [X2]
        machine.Assemble();
        machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        Assert.Equal(VcpuExitKind.MmioRead, machine.Vcpu.Run(VcpuEntry.Resume).Kind);
        Assert.Equal(VcpuExitKind.FirmwareCall, machine.Vcpu.Run(VcpuEntry.Complete(42)).Kind);
        Assert.Equal(42ul, machine.X(3));
        Assert.Equal(1, Count(machine, "executions abandoned: a device, or code that was written or is stale"));
    }

    /// <summary>Changes a constant in the translation of a block.</summary>
    private static void Damage(BareMachine machine, ulong block, int from, int to)
    {
        BlockHeader* header = BlockHeader.Of(Find(machine, block));
        Span<byte> code = new(((SoftwareVcpu)machine.Vcpu).Partition.Code.Writable(header->Body), (int)(header->Stale - header->Body));
        int at = code.IndexOf(BitConverter.GetBytes(from));
        Assert.InRange(at, 0, code.Length);
        BitConverter.GetBytes(to).CopyTo(code[at..]);
    }

    private static Op* Find(BareMachine machine, ulong block)
    {
        PhysicalMap.Region region = ((SoftwareVcpu)machine.Vcpu).Partition.Memory.Find(BareMachine.Ram)!;
        return CodeCache.Find(region, (block - BareMachine.Ram) >> 12, (uint)block & 0xFFF);
    }

    private static long Count(BareMachine machine, string name) => machine.Engine.Counters.Single(counter => counter.Name == name).Value;
}
