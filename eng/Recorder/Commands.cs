using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>The recorder's commands. Each returns the process's exit status: 1 when machines differ.</summary>
internal static class Commands
{
    private const int Block = 16384;

    public static int Usage()
    {
        Console.Error.WriteLine("recorder compare|record|report|explain ROW N|try WORD... SEED|allocation|fuzz [--rows TEXT] [--cases N] [--sequences N] [--seed N] [--vectors FOLDER] [--show N] [--minutes N]");
        return 2;
    }

    /// <summary>Fresh cases on both machines; nothing is written.</summary>
    public static int Compare(Options options)
    {
        using QemuRunner qemu = new();
        using EngineRunner engine = new();
        int cases = 0, mismatches = 0;
        foreach ((string name, List<TestCase> drawn) in Draw(options))
        {
            Comparison[] all = Comparison.Run(qemu, engine, drawn);
            cases += all.Length;
            mismatches += Print(name, all, options.Show);
        }

        Console.WriteLine($"{cases} cases, {mismatches} mismatches");
        return mismatches == 0 ? 0 : 1;
    }

    /// <summary>Writes the vectors anew, with QEMU's results.</summary>
    public static int Record(Options options)
    {
        using QemuRunner qemu = new();
        using EngineRunner engine = new();
        int mismatches = 0;
        Dictionary<string, SortedDictionary<string, Vector[]>> files = [];
        foreach ((string name, List<TestCase> drawn) in Draw(options))
        {
            Comparison[] all = Comparison.Run(qemu, engine, drawn);
            mismatches += Print(name, all, options.Show);
            Vector[] vectors = [.. all.Where(one => one.Theirs is not null).Select(one => new Vector(one.Case, one.Theirs!.Hash()))];
            string file = FileOf(name);
            if (!files.TryGetValue(file, out var rows)) files[file] = rows = new(StringComparer.Ordinal);
            rows[name] = vectors;
        }

        Directory.CreateDirectory(options.Vectors);
        foreach ((string file, var rows) in files) VectorFile.Write(Path.Combine(options.Vectors, file + VectorFile.Extension), rows);
        Console.WriteLine($"{files.Values.Sum(rows => rows.Values.Sum(vectors => vectors.Length))} vectors, {mismatches} mismatches");
        return mismatches == 0 ? 0 : 1;
    }

    /// <summary>What the vectors cover, and whether our engine agrees with them.</summary>
    public static int Report(Options options)
    {
        SortedDictionary<string, Vector[]> vectors = ReadAll(options);
        Row[] rows = [.. DecodeTable.Rows], comparable = [.. rows.Where(IsComparable)];
        int[] counts = [.. comparable.Select(row => vectors.TryGetValue(row.Name, out Vector[]? of) ? of.Length : 0).Order()];
        long bytes = Directory.GetFiles(options.Vectors, "*" + VectorFile.Extension).Sum(file => new FileInfo(file).Length);
        using VectorReplay replay = new();
        int mismatches = vectors.Values.Sum(of => of.Count(vector => !replay.Agrees(vector)));
        Console.WriteLine($"rows in the table: {rows.Length}, of them {rows.Length - comparable.Length} system rows, which user mode cannot compare");
        Console.WriteLine($"vectors: {vectors.Values.Sum(of => of.Length)} in {bytes} bytes; sequences: {vectors.GetValueOrDefault(VectorFile.Sequences)?.Length ?? 0}");
        Console.WriteLine($"vectors per row: min {counts[0]}, median {counts[counts.Length / 2]}, max {counts[^1]}; rows without: {counts.Count(count => count == 0)}");
        Console.WriteLine($"mismatches: {mismatches}");
        return mismatches == 0 ? 0 : 1;
    }

    /// <summary>The whole state of one vector: before, ours, QEMU's.</summary>
    public static int Explain(string row, int number, Options options)
    {
        TestCase one = ReadAll(options)[row][number].Case;
        Console.WriteLine($"{row} {number}");
        return Show(one);
    }

    /// <summary>The same of a case as a mismatch is printed: its instructions and its seed in hexadecimal.</summary>
    public static int Try(string[] words, string seed) =>
        Show(new TestCase([.. words.Select(word => Convert.ToUInt32(word, 16))], Convert.ToUInt32(seed, 16)));

    /// <summary>Random words, and neighbours of rows' instructions: whether both machines call the same ones UNDEFINED.</summary>
    public static int Allocation(Options options)
    {
        using QemuRunner qemu = new();
        using EngineRunner engine = new();
        var random = new Xorshift(options.Seed ?? 0);
        List<TestCase> cases = [];
        while (cases.Count < options.Cases)
        {
            Row row = DecodeTable.Rows[(int)random.Below((uint)DecodeTable.Rows.Count)];
            uint word = (uint)random.Next();
            if (!random.OneIn(3)) word = (word & ~row.Mask | row.Value) ^ 1u << (int)random.Below(32);
            if (Encodings.IsComparableInUserMode(word)) cases.Add(new TestCase([word], (uint)random.Next()));
        }

        int mismatches = 0;
        foreach (TestCase[] block in cases.Chunk(Block))
            foreach (Comparison one in Comparison.Run(qemu, engine, block))
            {
                if (one.Theirs is null || (one.Theirs.Outcome == CaseOutcome.Undefined) == (one.Ours.Outcome == CaseOutcome.Undefined)) continue;
                if (mismatches++ < options.Show) Console.WriteLine($"{one.Case}: ours {one.Ours.Outcome}, QEMU's {one.Theirs.Outcome}");
            }

        Console.WriteLine($"{cases.Count} words, {mismatches} mismatches");
        return mismatches == 0 ? 0 : 1;
    }

    private static int Show(TestCase one)
    {
        using QemuRunner qemu = new();
        using EngineRunner engine = new();
        Comparison comparison = Comparison.Of(engine, one, qemu.Run([one])[0]);
        MachineState input = new();
        InputState.Fill(one.Code, one.Seed, input);
        Console.WriteLine($"{one}: ours {comparison.Ours.Outcome}, QEMU's {comparison.Theirs?.Outcome}");
        Console.WriteLine($"{"",-10} {"before",16} {"ours",16} {"QEMU's",16}");
        for (int i = 0; i < MachineState.Count; i++)
        {
            ulong ours = comparison.Ours.State[i], theirs = comparison.Theirs?.State[i] ?? 0;
            Console.WriteLine($"{MachineState.Name(i),-10} {input[i]:x16} {ours:x16} {theirs:x16}{(ours == theirs ? ours == input[i] ? "" : " changed" : " DIFFERENT")}");
        }

        Print("ours", comparison.Ours);
        if (comparison.Theirs is { } result) Print("QEMU's", result);
        Console.WriteLine(comparison.Agree ? "no difference" : comparison.Describe());
        return comparison.Agree ? 0 : 1;
    }

    private static bool IsComparable(Row row) => (row.Traits & RowTraits.System) == 0;

    private static string FileOf(string name) => name == VectorFile.Sequences ? name : Encodings.Group(DecodeTable.Rows.First(row => row.Name == name).Value);

    private static IEnumerable<(string Name, List<TestCase> Cases)> Draw(Options options)
    {
        Row[] rows = [.. DecodeTable.Rows.Where(row => IsComparable(row) && row.Name.Contains(options.Rows, StringComparison.OrdinalIgnoreCase))];
        foreach (Row row in rows)
        {
            RowCases source = new(row, options.Seed ?? 0);
            List<TestCase> cases = [];
            for (int i = 0; i < options.Cases; i++)
                if (source.Next() is { } one) cases.Add(one);
            yield return (row.Name, cases);
        }

        if (options.Sequences == 0) yield break;
        SequenceCases sequences = new(rows, options.Seed ?? 0);
        yield return (VectorFile.Sequences, [.. Enumerable.Range(0, options.Sequences).Select(_ => sequences.Next())]);
    }

    private static SortedDictionary<string, Vector[]> ReadAll(Options options)
    {
        SortedDictionary<string, Vector[]> all = new(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(options.Vectors, "*" + VectorFile.Extension))
            foreach ((string row, Vector[] vectors) in VectorFile.Read(file)) all.Add(row, vectors);
        return all;
    }

    private static int Print(string name, Comparison[] all, int show)
    {
        Comparison[] wrong = [.. all.Where(one => !one.Agree)];
        if (wrong.Length != 0) Console.WriteLine($"{name}: {wrong.Length} of {all.Length}");
        foreach (Comparison one in wrong.Take(show)) Console.WriteLine($"  {one.Describe()}");
        return wrong.Length;
    }

    private static void Print(string whose, CaseResult result)
    {
        foreach (MemoryChange change in result.Changes)
            Console.WriteLine($"{whose} [{CaseLayout.Window + 8 * (ulong)change.Index:x}] {CaseLayout.Pristine[change.Index]:x16} -> {change.Value:x16}");
    }
}
