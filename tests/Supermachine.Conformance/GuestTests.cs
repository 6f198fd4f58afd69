using Supermachine.Engine.Software;

namespace Supermachine.Conformance;

/// <summary>Every guest of the folder on the software engine. A guest checks itself and says what was wrong.</summary>
public sealed class GuestTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>The guests, and how many vCPUs each wants.</summary>
    public static TheoryData<string, int> Guests => new()
    {
        { "exceptions", 1 },
        { "translation", 1 },
        { "interrupts", 1 },
        { "maintenance", 1 },
        { "timer", 1 },
        { "waiting", 4 },
        { "atomics", 4 },
        { "litmus", 2 },
        { "selfmodifying", 1 },
        { "selfmodifying_smp", 4 },
        { "tlb", 4 },
        { "reclaim", 2 },
        { "power", 4 },
    };

    [Theory]
    [MemberData(nameof(Guests))]
    public void Passes_translated(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine());

    [Theory]
    [MemberData(nameof(Guests))]
    public void Passes_interpreted(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine(execution: GuestExecution.Interpreted));

    [Theory]
    [MemberData(nameof(Guests))]
    public void Passes_verified(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine(verify: true));

    private static void Pass(string guest, int vcpuCount, SoftwareEngine engine)
    {
        string output = GuestRun.Run(engine, guest, vcpuCount, Limit);
        if (!output.StartsWith("passed 0x", StringComparison.Ordinal)) Assert.Fail(output);
    }
}
