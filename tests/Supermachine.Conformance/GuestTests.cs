using Supermachine.Engine.Software;
using Xunit.Abstractions;

namespace Supermachine.Conformance;

/// <summary>Every guest of the folder on the software engine. A guest checks itself and says what was wrong.</summary>
public sealed class GuestTests(ITestOutputHelper log)
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
        { "ordering", 2 },
        { "iriw", 4 },
        { "selfmodifying", 1 },
        { "selfmodifying_smp", 4 },
        { "jit", 2 },
        { "tlb", 4 },
        { "reclaim", 2 },
        { "power", 4 },
    };

    /// <summary>All but the one that has a quarter of a million blocks of the same two instructions.</summary>
    public static IEnumerable<object[]> WorthVerifying => Guests.Where(row => (string)row[0] != "reclaim");

    [Theory]
    [MemberData(nameof(Guests))]
    public void Passes_translated(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine { Code = new CodeOptions { InterpretedRuns = 0 } });

    [Theory]
    [MemberData(nameof(Guests))]
    public void Passes_translated_where_that_is_worth_it(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine());

    [Theory]
    [MemberData(nameof(Guests))]
    public void Passes_interpreted(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine(execution: GuestExecution.Interpreted));

    /// <summary>Translated, with blocks compared with the interpreter meanwhile.</summary>
    [Theory]
    [MemberData(nameof(WorthVerifying))]
    public void Passes_verified(string guest, int vcpuCount) => Pass(guest, vcpuCount, new SoftwareEngine(verify: true));

    /// <summary>Translated into code memory so small that it is thrown away again and again while CPUs run in it.</summary>
    [Theory]
    [InlineData("reclaim", 2, 0)]
    [InlineData("jit", 2, 0)]
    [InlineData("selfmodifying_smp", 4, 0)]
    [InlineData("jit", 2, 1)]
    [InlineData("selfmodifying_smp", 4, 1)]
    public void Passes_with_little_code_memory(string guest, int vcpuCount, int interpretedRuns)
    {
        SoftwareEngine engine = new(statistics: true) { Code = new CodeOptions { MemorySize = 3 << 20, InterpretedRuns = interpretedRuns } };
        Pass(guest, vcpuCount, engine);
        if (engine.Execution == GuestExecution.Translated && guest == "reclaim")
            Assert.InRange(engine.Counters.Single(counter => counter.Name == "flushes of all code memory").Value, 50, long.MaxValue);
    }

    /// <summary>Two CPUs that really run at once see store buffering, which is allowed: what is forbidden had its chance to be seen.</summary>
    [Theory]
    [InlineData(GuestExecution.Translated)]
    [InlineData(GuestExecution.Interpreted)]
    public void Plain_stores_are_seen_late(GuestExecution execution)
    {
        if (Environment.ProcessorCount < 2) return;
        string output = Pass("ordering", 2, new SoftwareEngine(execution: execution));
        Assert.Matches("(?m)^SB, plain: allowed, seen 0x[1-9a-f]", output);
    }

    private string Pass(string guest, int vcpuCount, SoftwareEngine engine)
    {
        string output = GuestRun.Run(engine, guest, vcpuCount, Limit);
        log.WriteLine(output);
        if (!GuestRun.HasPassed(output)) Assert.Fail(output);
        return output;
    }
}
