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
        MachineState input = new();
        Comparison[] all = new Comparison[cases.Count];
        for (int i = 0; i < all.Length; i++)
        {
            CaseResult ours = new();
            InputState.Fill(cases[i].Code, cases[i].Seed, input);
            engine.Run(cases[i].Code, input, ours);
            all[i] = new Comparison(cases[i], ours, theirs[i]);
        }

        return [.. all.Where(one => !KnownDifferences.Explain(one.Case, one.Ours))];
    }

    public string Describe() => Theirs is null
        ? $"{Case}: qemu-aarch64 gave no answer"
        : $"{Case}: ours, QEMU's: {string.Join("; ", Ours.Differences(Theirs))}";
}
