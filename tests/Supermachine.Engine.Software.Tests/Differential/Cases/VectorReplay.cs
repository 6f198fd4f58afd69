namespace Supermachine.Engine.Software.Differential;

/// <summary>Runs vectors on our engine.</summary>
internal sealed class VectorReplay(GuestExecution execution = GuestExecution.Translated) : IDisposable
{
    private readonly EngineRunner _engine = new(execution);
    private readonly MachineState _input = new();

    /// <summary>What the last vector gave.</summary>
    public CaseResult Result { get; } = new();

    /// <summary>What the last vector started from.</summary>
    public MachineState Input => _input;

    /// <summary>Whether the last vector ran in translated code alone.</summary>
    public bool RanTranslated => _engine.Interpreted == 0;

    public bool Agrees(Vector vector)
    {
        InputState.Fill(vector.Case.Code, vector.Case.Seed, _input);
        _engine.Run(vector.Case.Code, _input, Result);
        return Result.Hash() == vector.Hash;
    }

    public void Dispose() => _engine.Dispose();
}
