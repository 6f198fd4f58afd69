namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// A sequence on the interpreter, which is right, and on the translator: twice, because the second time its blocks are linked and
/// found in the jump cache.
/// </summary>
internal sealed class FuzzPair : IDisposable
{
    private readonly EngineRunner _interpreter = new(GuestExecution.Interpreted);
    private readonly EngineRunner _translator = new(GuestExecution.Translated);

    public MachineState Input { get; } = new();

    public CaseResult Interpreted { get; } = new();

    public CaseResult Translated { get; } = new();

    /// <summary>Whether both do the same; where not, the results are those that differ.</summary>
    public bool Agrees(FuzzSequence sequence)
    {
        uint[] code = sequence.Assemble();
        FuzzInput.Fill(sequence.Mode, sequence.Seed, Input);
        if (sequence.Seed % 4 == 0) _translator.ForgetTranslations();
        _interpreter.Run(code, Input, Interpreted);
        _translator.Run(code, Input, Translated);
        if (!Translated.Matches(Interpreted)) return false;
        _translator.RunAgain(Input, Translated);
        return Translated.Matches(Interpreted);
    }

    public void Dispose()
    {
        _interpreter.Dispose();
        _translator.Dispose();
    }
}
