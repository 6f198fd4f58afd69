using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>One case on both machines.</summary>
internal sealed record Comparison(TestCase Case, CaseResult Ours, CaseResult? Theirs)
{
    public bool Agree => Theirs is not null && Ours.Hash() == Theirs.Hash();

    /// <summary>Cases on both machines, those left out whose difference is known.</summary>
    public static Comparison[] Run(QemuRunner qemu, EngineRunner engine, IReadOnlyList<TestCase> cases)
    {
        CaseResult?[] theirs = qemu.Run(cases);
        return [.. cases.Select((one, i) => Of(engine, one, theirs[i])).Where(one => !KnownDifferences.Explain(one.Case, one.Ours))];
    }

    /// <summary>A case on our engine, beside QEMU's result.</summary>
    public static Comparison Of(EngineRunner engine, TestCase one, CaseResult? theirs)
    {
        MachineState input = new();
        CaseResult ours = new();
        InputState.Fill(one.Code, one.Seed, input);
        engine.Run(one.Code, input, ours);
        return new Comparison(one, ours, theirs);
    }

    public string Describe() => Theirs is null
        ? $"{Case}: qemu-aarch64 gave no answer"
        : $"{Case}: ours, QEMU's: {string.Join("; ", Ours.Differences(Theirs))}";
}
