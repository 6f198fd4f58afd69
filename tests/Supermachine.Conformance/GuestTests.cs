using Supermachine.Engine.Software;

namespace Supermachine.Conformance;

/// <summary>Every guest of the folder on the software engine. A guest checks itself and says what was wrong.</summary>
public sealed class GuestTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("exceptions", 1)]
    [InlineData("translation", 1)]
    [InlineData("interrupts", 1)]
    [InlineData("maintenance", 1)]
    [InlineData("timer", 1)]
    [InlineData("waiting", 4)]
    [InlineData("atomics", 4)]
    [InlineData("litmus", 2)]
    [InlineData("selfmodifying", 1)]
    [InlineData("selfmodifying_smp", 4)]
    [InlineData("tlb", 4)]
    [InlineData("power", 4)]
    public void Passes(string guest, int vcpuCount)
    {
        string output = GuestRun.Run(new SoftwareEngine(), guest, vcpuCount, Limit);
        if (!output.StartsWith("passed 0x", StringComparison.Ordinal)) Assert.Fail(output);
    }
}
