namespace Supermachine.Engine.Software.Tests;

/// <summary>Blocks that are linked to one another in a circle never come back by themselves: a request has to be seen in all of them.</summary>
public sealed class ExitRequestTests
{
    private const ulong Counter = BareMachine.Ram + 0x8000, Other = BareMachine.Ram + 0x3000;
    private const uint AddOne = 0x9100_0400; // ADD X0, X0, #1
    private const uint StoreCount = 0xF900_0020; // STR X0, [X1]

    /// <summary>How a circle is closed.</summary>
    public enum Circle
    {
        /// <summary>B to the block's own start.</summary>
        Itself,

        /// <summary>CBNZ likewise.</summary>
        ItselfIf,

        /// <summary>Two blocks of one page.</summary>
        TwoInAPage,

        /// <summary>Two blocks in different pages, by B.</summary>
        AcrossPages,

        /// <summary>Likewise by BR.</summary>
        ByRegister,

        /// <summary>EL0 and EL1, by SVC and ERET.</summary>
        ThroughLevels,
    }

    public static TheoryData<GuestExecution, Circle> Circles()
    {
        TheoryData<GuestExecution, Circle> all = [];
        foreach (GuestExecution execution in Enum.GetValues<GuestExecution>())
            foreach (Circle circle in Enum.GetValues<Circle>()) all.Add(execution, circle);
        return all;
    }

    [Theory]
    [MemberData(nameof(Circles))]
    public void A_request_ends_a_run_of_linked_blocks(GuestExecution execution, Circle circle)
    {
        BareMachine machine = new(execution: execution);
        machine.Move(1, Counter);
        Close(machine, circle);
        machine.Assemble();
        machine.Vcpu.WriteRegister(VcpuRegister.PC, BareMachine.Ram);
        for (int run = 0; run < 3; run++) Assert.Equal(VcpuExitKind.Canceled, machine.RunUntil(Counter, 1000, machine.Vcpu.RequestExit).Kind);
        machine.Dispose(); // only now: where an assertion fails the thread may still be in it
    }

    private static void Close(BareMachine machine, Circle circle)
    {
        ulong start = machine.Here;
        switch (circle)
        {
            case Circle.Itself:
                machine.Add(AddOne, StoreCount).Add(Branch(machine.Here, start));
                break;
            case Circle.ItselfIf:
                machine.Add(AddOne, StoreCount, 0xB5FF_FFC1); // CBNZ X1, .-8
                break;
            case Circle.TwoInAPage:
                machine.Add(AddOne, StoreCount, 0x1400_0002, BareMachine.Nop).Add(Branch(machine.Here, start)); // B .+8
                break;
            case Circle.AcrossPages:
                machine.Add(AddOne, StoreCount).Add(Branch(machine.Here, Other));
                machine.Store(Other, Branch(Other, start));
                break;
            case Circle.ByRegister:
                machine.Move(2, Other).Move(3, machine.Here + 16).Add(AddOne, StoreCount, TranslatedMachine.Branch(2));
                machine.Store(Other, TranslatedMachine.Branch(3));
                break;
            default:
                machine.EnterEl0();
                start = machine.Here;
                machine.Add(AddOne, StoreCount, BareMachine.Svc(0)).Add(Branch(machine.Here, start));
                machine.Store(BareMachine.Vectors + 0x400, BareMachine.Eret);
                break;
        }
    }

    private static uint Branch(ulong from, ulong to) => 0x1400_0000 | (uint)((long)(to - from) >> 2) & 0x03FF_FFFF;
}
