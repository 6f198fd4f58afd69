namespace Supermachine.Engine.Software.Tests.Code;

/// <summary>When a block is worth translating.</summary>
public sealed unsafe class InterpretedRunsTests
{
    private const uint Add = 0x9100_0400, Umulh = 0x9BC0_7C00, AddVector = 0x4E20_8400;

    [Theory]
    [InlineData(Add, 1, 1)]
    [InlineData(Add, 2, 2)]
    [InlineData(Add, 5, 2)]
    [InlineData(Umulh, 5, 0)]
    [InlineData(AddVector, 5, 0)]
    public void A_block_is_interpreted_twice_unless_the_jit_would_have_to_compile_its_instructions(uint instruction, int runs, int interpreted)
    {
        if (SoftwareEngine.TranslationRefusal is not null) return;
        using BareMachine machine = new(code: new CodeOptions());
        machine.Set("CPACR_EL1", 3 << 20).Add(BareMachine.Hvc(1));
        ulong block = machine.Here;
        machine.Add(instruction, BareMachine.Hvc(2));
        Assert.Equal(1ul, machine.Run());
        long before = machine.Cpu->Counters.InterpretedBlocks;
        for (int run = 0; run < runs; run++)
        {
            machine.Vcpu.WriteRegister(VcpuRegister.PC, block);
            Assert.Equal(2ul, machine.Resume());
        }

        Assert.Equal(interpreted, machine.Cpu->Counters.InterpretedBlocks - before);
    }
}
