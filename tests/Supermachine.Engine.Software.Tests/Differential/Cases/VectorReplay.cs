namespace Supermachine.Engine.Software.Differential;

/// <summary>Runs vectors on our engine.</summary>
internal static class VectorReplay
{
    public static bool Agrees(EngineRunner engine, Vector vector)
    {
        MachineState input = new();
        CaseResult result = new();
        InputState.Fill(vector.Case.Code, vector.Case.Seed, input);
        engine.Run(vector.Case.Code, input, result);
        return result.Hash() == vector.Hash;
    }
}
