namespace Supermachine.Engine.Software.Tests;

/// <summary>Comparing translated blocks with the interpreter while a machine runs.</summary>
public sealed unsafe class VerificationTests
{
    private const uint Movz5 = 0xD280_00A0; // MOVZ X0, #5
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
    public void A_difference_stops_the_machine_and_says_where()
    {
        if (CannotTranslate) return;
        using BareMachine machine = new(verify: true);
        machine.Add(Movz5, BranchNext, BareMachine.Hvc(7));
        Assert.Equal(7ul, machine.Run());
        Tamper(machine, BareMachine.Ram, 6);
        machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        string message = Assert.Throws<InvalidOperationException>(() => machine.Vcpu.Run(VcpuEntry.Resume)).Message;
        Assert.Contains("translated block at 0x40000000", message, StringComparison.Ordinal);
        Assert.Contains("40000000  d28000a0  MOVZ", message, StringComparison.Ordinal);
        Assert.Contains("X0: 0000000000000005 0000000000000006 0000000000000005", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_in_memory_is_found_too()
    {
        if (CannotTranslate) return;
        using TranslatedMachine translated = new(verify: true);
        BareMachine machine = translated.Machine;
        ulong block = machine.Here;
        machine.Add(TranslatedMachine.Store(2, 2), BranchNext, BareMachine.Hvc(7));
        machine.Vcpu.WriteRegister(VcpuRegister.X2, Data);
        Assert.Equal(7ul, machine.Run());
        Tamper(machine, block, 8);
        machine.Vcpu.WriteRegister(VcpuRegister.PC, block);
        string message = Assert.Throws<InvalidOperationException>(() => machine.Vcpu.Run(VcpuEntry.Resume)).Message;
        Assert.Contains("memory, host", message, StringComparison.Ordinal);
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

    /// <summary>Changes the immediate of the first op: the interpreter's alone, as the translation is made.</summary>
    private static void Tamper(BareMachine machine, ulong block, ulong immediate)
    {
        PhysicalMap.Region region = ((SoftwareVcpu)machine.Vcpu).Partition.Memory.Find(BareMachine.Ram)!;
        CodeCache.Find(region, (block - BareMachine.Ram) >> 12, (uint)block & 0xFFF)->Imm = immediate;
    }

    private static long Count(BareMachine machine, string name) => machine.Engine.Counters.Single(counter => counter.Name == name).Value;
}
