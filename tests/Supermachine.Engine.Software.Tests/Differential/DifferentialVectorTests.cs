using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Tests;

/// <summary>Replays what qemu-aarch64 did: docs/reference/differential-test.md.</summary>
public sealed class DifferentialVectorTests
{
    private const int MinVectors = 200;
    private const int MaxReported = 20;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Differential", "Vectors");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*" + VectorFile.Extension).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_translator_does_what_was_recorded(string file) => Replay(file, GuestExecution.Translated);

    [Theory]
    [MemberData(nameof(Files))]
    public void The_interpreter_does_what_was_recorded(string file) => Replay(file, GuestExecution.Interpreted);

    private static void Replay(string file, GuestExecution execution)
    {
        using VectorReplay replay = new(execution);
        List<string> mismatches = [];
        foreach ((string row, Vector[] vectors) in VectorFile.Read(Path.Combine(Folder, file)))
        {
            int completed = 0;
            for (int i = 0; i < vectors.Length; i++)
            {
                if (!replay.Agrees(vectors[i])) mismatches.Add($"{row}, vector {i}: {vectors[i].Case}");
                if (replay.Result.Outcome == CaseOutcome.Completed) completed++;
            }

            // A row whose cases all end in exceptions would be compared in name only.
            Assert.True(completed > vectors.Length / 2, $"{row}: {completed} of {vectors.Length} complete");
        }

        Assert.True(mismatches.Count == 0, $"{mismatches.Count} mismatches:\n{string.Join('\n', mismatches.Take(MaxReported))}");
    }

    [Fact]
    public void Every_row_that_user_mode_can_compare_has_vectors()
    {
        Dictionary<string, Vector[]> vectors = All();
        IEnumerable<string> lacking =
            from row in DecodeTable.Rows
            where (row.Traits & RowTraits.System) == 0
            let count = vectors.TryGetValue(row.Name, out Vector[]? of) ? of.Length : 0
            where count < MinVectors
            select $"{row.Name}: {count}";
        Assert.Empty(lacking);
    }

    [Fact]
    public void No_vectors_are_left_of_rows_that_are_gone()
    {
        HashSet<string> names = [.. DecodeTable.Rows.Select(row => row.Name), VectorFile.Sequences];
        Assert.Subset(names, All().Keys.ToHashSet());
    }

    [Fact]
    public void Floating_point_vectors_meet_every_mode()
    {
        Dictionary<string, Vector[]> vectors = All();
        MachineState input = new();
        foreach (Row row in DecodeTable.Rows.Where(row => (row.Traits & (RowTraits.Fp | RowTraits.Memory | RowTraits.System)) == RowTraits.Fp))
        {
            HashSet<ulong> modes = [];
            foreach (Vector vector in vectors[row.Name])
            {
                InputState.Fill(vector.Case.Code, vector.Case.Seed, input);
                modes.Add(input[MachineState.FPCR] >> 22 & 15);
            }

            Assert.True(modes.Count == 16, $"{row.Name} meets {modes.Count} of the 16 combinations of RMode, FZ and DN");
        }
    }

    [Theory]
    [InlineData("STXR, STLXR")]
    [InlineData("STXP, STLXP")]
    [InlineData("CAS, CASA, CASL, CASAL")]
    [InlineData("CASP, CASPA, CASPL, CASPAL")]
    public void Conditional_stores_both_store_and_do_not(string row)
    {
        using VectorReplay replay = new();
        Vector[] vectors = All()[row];
        int stored = 0;
        foreach (Vector vector in vectors)
        {
            replay.Agrees(vector);
            if (replay.Result.Changes.Count != 0) stored++;
        }

        Assert.InRange(stored, vectors.Length / 8, vectors.Length * 7 / 8);
    }

    private static Dictionary<string, Vector[]> All() =>
        Directory.GetFiles(Folder, "*" + VectorFile.Extension).SelectMany(VectorFile.Read).ToDictionary(StringComparer.Ordinal);
}
