using System.Globalization;
using System.Security.Cryptography;
using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Tests;

/// <summary>
/// Random sequences on translator and interpreter. Each run draws others; a failure names the seed, and SUPERMACHINE_FUZZ_SEED with it
/// runs the same once more. docs/reference/differential-test.md has the command for long runs.
/// </summary>
public sealed class FuzzTests
{
    private const string SeedVariable = "SUPERMACHINE_FUZZ_SEED";
    private const int Sequences = 25_000;

    [Theory]
    [InlineData(FuzzMode.User)]
    [InlineData(FuzzMode.Kernel)]
    internal void The_translator_does_what_the_interpreter_does(FuzzMode mode)
    {
        ulong seed = Seed();
        var random = new Xorshift(seed);
        using FuzzPair pair = new();
        for (int i = 0; i < Sequences; i++)
        {
            FuzzSequence sequence = FuzzGenerator.Make(mode, (uint)random.Next());
            if (pair.Agrees(sequence)) continue;
            FuzzSequence shortest = FuzzShrinker.Shrink(sequence, one => !pair.Agrees(one));
            Assert.False(pair.Agrees(shortest));
            Assert.Fail($"{SeedVariable}={seed}\n{FuzzReport.Describe(shortest, pair.Interpreted, pair.Translated, ("interpreter", "translator"))}");
        }
    }

    [Theory]
    [InlineData(FuzzMode.User)]
    [InlineData(FuzzMode.Kernel)]
    internal void Sequences_meet_every_row_and_mostly_run_to_their_end(FuzzMode mode)
    {
        const int Count = 8000;
        using EngineRunner engine = new(GuestExecution.Interpreted);
        MachineState input = new();
        CaseResult result = new();
        HashSet<Row> met = [];
        Dictionary<CaseOutcome, int> outcomes = [];
        for (uint seed = 0; seed < Count; seed++)
        {
            uint[] code = FuzzGenerator.Make(mode, seed).Assemble();
            foreach (uint word in code)
                if (DecodeTable.Find(word) is { } row) met.Add(row);
            FuzzInput.Fill(mode, seed, input);
            engine.Run(code, input, result);
            outcomes[result.Outcome] = outcomes.GetValueOrDefault(result.Outcome) + 1;
        }

        Assert.Empty(DecodeTable.Rows.Where(row => (row.Traits & RowTraits.System) == 0 && !met.Contains(row)).Select(row => row.Name));
        Assert.InRange(outcomes[CaseOutcome.Completed], Count / 2, Count - 1);
        Assert.InRange(outcomes[CaseOutcome.Abort], Count / 40, Count / 3);
        Assert.False(outcomes.ContainsKey(CaseOutcome.Endless));
    }

    [Fact]
    public void A_failing_sequence_shrinks_to_what_fails()
    {
        FuzzSequence sequence = FuzzGenerator.Make(FuzzMode.User, 12);
        FuzzItem culprit = sequence.Items[sequence.Items.Length / 2];
        FuzzSequence shortest = FuzzShrinker.Shrink(sequence, one => one.Items.Any(item => (item.Kind, item.Word) == (culprit.Kind, culprit.Word)));
        Assert.Equal((culprit.Kind, culprit.Word), Assert.Single(shortest.Items) is var item ? (item.Kind, item.Word) : default);
    }

    [Fact]
    public void A_seed_makes_the_same_sequence_always()
    {
        for (uint seed = 0; seed < 100; seed++)
            Assert.Equal(FuzzGenerator.Make(FuzzMode.Kernel, seed).Assemble(), FuzzGenerator.Make(FuzzMode.Kernel, seed).Assemble());
    }

    private static ulong Seed() => Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture)
        : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
