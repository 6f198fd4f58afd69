using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>Sequences on qemu-aarch64 and on our translator.</summary>
internal sealed class FuzzQemu : IDisposable
{
    private static readonly int FaultAddress = Array.IndexOf(CaseResult.SystemNames, nameof(SystemState.FAR_EL1));
    private readonly QemuRunner _qemu = new(FuzzInput.FillUser, "fenced");
    private readonly EngineRunner _engine = new();
    private readonly MachineState _input = new();
    private readonly CaseResult _ours = new();

    /// <summary>Those on which the two differ, but for what is known.</summary>
    public FuzzSequence[] Failing(FuzzSequence[] sequences)
    {
        TestCase[] cases = [.. sequences.Select(one => new TestCase(one.Assemble(), one.Seed))];
        CaseResult?[] theirs = _qemu.Run(cases);
        return [.. sequences.Where((_, i) => !Agrees(cases[i], theirs[i]))];
    }

    public string Describe(FuzzSequence sequence)
    {
        TestCase one = new(sequence.Assemble(), sequence.Seed);
        if (_qemu.Run([one])[0] is not { } theirs) return $"{one}: qemu-aarch64 gave no answer";
        Agrees(one, theirs);
        _ours.System.CopyTo(theirs.System, 0); // of which QEMU tells nothing
        return FuzzReport.Describe(sequence, theirs, _ours, ("QEMU", "translator"));
    }

    public void Dispose()
    {
        _qemu.Dispose();
        _engine.Dispose();
    }

    private bool Agrees(TestCase one, CaseResult? theirs)
    {
        FuzzInput.FillUser(one.Code, one.Seed, _input);
        _engine.Run(one.Code, _input, _ours);
        if (theirs is null) return false;
        if (KnownDifferences.Covers(one.Code) || ReadsCode(_ours)) return true;
        return _ours.Hash() == theirs.Hash() || KnownDifferences.Explain(one, _ours, _input[MachineState.PC]);
    }

    /// <summary>Whether it ended at an access to its own code, which nobody stops under QEMU.</summary>
    private static bool ReadsCode(CaseResult result) =>
        result.Outcome == CaseOutcome.Abort && result.System[FaultAddress] - FuzzLayout.Code < 2 * CaseLayout.PageSize;
}
