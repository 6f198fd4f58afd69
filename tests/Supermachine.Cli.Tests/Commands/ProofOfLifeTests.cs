using Supermachine.Cli.Commands;
using Supermachine.Engine.Software;

namespace Supermachine.Cli.Tests.Commands;

public sealed class ProofOfLifeTests
{
    [Fact]
    public void TheSoftwareEnginePasses()
    {
        using var output = new StringWriter();
        Assert.True(ProofOfLife.Run(new SoftwareEngine(), output));
        Assert.Contains("RAM mapped at GPA 0x40000000, 64 MiB", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("PC set to 0x40080000, CPSR=EL1h (DAIF masked)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("PASS: software round-trip working - guest executed HVC #0", output.ToString(), StringComparison.Ordinal);
    }
}
