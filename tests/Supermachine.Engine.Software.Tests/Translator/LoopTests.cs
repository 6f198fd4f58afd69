using static Supermachine.Engine.Software.Tests.TranslatedMachine;

namespace Supermachine.Engine.Software.Tests;

/// <summary>
/// Loops of one block, which use other registers than those that are pinned: however such a loop is left, every register is where it
/// belongs. X6 counts, X7 and X8 follow it, X9 is an address, X10 decides.
/// </summary>
public sealed class LoopTests
{
    private const uint Count = 0x9100_04C6; // ADD X6, X6, #1
    private const uint AddThree = 0x9100_0CE7; // ADD X7, X7, #3
    private const uint AddCount = 0x8B06_0108; // ADD X8, X8, X6
    private const uint Put = 0xF900_0127; // STR X7, [X9]
    private const uint PutNext = 0xF800_8527; // STR X7, [X9], #8
    private const uint Compare = 0xEB0A_00DF; // CMP X6, X10
    private const uint Again = 0x54FF_FF61; // B.NE .-20
    private const uint AgainIfAny = 0xB5FF_FF8A; // CBNZ X10, .-16
    private const ulong DataAbort = 0x25ul << 26 | 1 << 25, Write = 1 << 6, TranslationLevel3 = 7;
    private const ulong Place = BareMachine.Ram + 0x2_0000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_loop_that_ends_leaves_every_register_where_it_belongs(int turns)
    {
        using BareMachine machine = new();
        Begin(machine, Place, (ulong)turns);
        machine.Add(Count, AddThree, AddCount, PutNext, Compare, Again, BareMachine.Hvc(1));
        Assert.Equal(1ul, machine.Run());
        CheckSums(machine, (ulong)turns);
        Assert.Equal((Place + 8 * (ulong)turns, (ulong)turns), (machine.X(9), machine.X(10)));
        for (ulong i = 0; i < (ulong)turns; i++) Assert.Equal(3 * (i + 1), machine.Load(Place + 8 * i));
    }

    [Fact]
    public void A_fault_in_a_loop_finds_every_register_where_it_belongs()
    {
        using TranslatedMachine machine = new();
        BareMachine bare = machine.Page(0x3000).Machine;
        Begin(bare, 0x3000, ulong.MaxValue);
        ulong body = bare.Here;
        bare.Add(Count, AddThree, AddCount, PutNext, Compare, Again);
        Assert.Equal(CurrentSync, bare.Run());
        Assert.Equal((DataAbort | Write | TranslationLevel3, 0x4000ul, body + 12), (bare.Esr, bare.Far, bare.Elr));
        CheckSums(bare, 513); // 512 words fit into the page
        Assert.Equal(0x4000ul, bare.X(9));
    }

    [Fact]
    public void A_request_to_leave_a_loop_finds_every_register_where_it_belongs()
    {
        BareMachine machine = new();
        ulong body = BeginEndless(machine);
        for (int run = 0; run < 3; run++)
        {
            Assert.Equal(VcpuExitKind.Canceled, machine.RunUntil(Place, 3000, machine.Vcpu.RequestExit).Kind);
            Assert.Equal(body, machine.Vcpu.ReadRegister(VcpuRegister.PC));
            CheckSums(machine, machine.X(6));
        }

        machine.Dispose(); // only now: where an assertion fails the thread may still be in it
    }

    [Fact]
    public void A_loop_whose_code_is_changed_does_not_go_on()
    {
        BareMachine machine = new();
        ulong body = BeginEndless(machine);
        VcpuExit exit = machine.RunUntil(Place, 3000, () =>
        {
            machine.Store(body + 16, BareMachine.Hvc(9));
            Assert.True(((SoftwareVcpu)machine.Vcpu).Partition.Code.Invalidate(body + 16));
        });
        Assert.Equal((VcpuExitKind.FirmwareCall, 9ul), (exit.Kind, exit.Value));
        CheckSums(machine, machine.X(6));
        machine.Dispose();
    }

    private static ulong BeginEndless(BareMachine machine)
    {
        Begin(machine, Place, 1);
        ulong body = machine.Here;
        machine.Add(Count, AddThree, AddCount, Put, AgainIfAny, BareMachine.Hvc(1)).Assemble();
        machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        return body;
    }

    /// <summary>Values for all registers: a number of their own, but for those that the loop uses.</summary>
    private static void Begin(BareMachine machine, ulong address, ulong limit)
    {
        for (int n = 0; n <= 30; n++) machine.Vcpu.WriteRegister(VcpuRegister.X0 + (byte)n, Own(n));
        machine.Vcpu.WriteRegister(VcpuRegister.SP_EL1, Own(31));
        machine.Move(6, 0).Move(7, 0).Move(8, 0).Move(9, address).Move(10, limit);
    }

    private static void CheckSums(BareMachine machine, ulong turns)
    {
        Assert.Equal((turns, 3 * turns, turns * (turns + 1) / 2), (machine.X(6), machine.X(7), machine.X(8)));
        foreach (int n in (int[])[0, 1, 2, 3, 4, 5, 11, 19, 20, 21, 22, 30]) Assert.Equal(Own(n), machine.X(n));
        Assert.Equal(Own(31), machine.Vcpu.ReadRegister(VcpuRegister.SP_EL1));
    }

    private static ulong Own(int n) => 0x1000_0010ul * (ulong)(n + 1);
}
