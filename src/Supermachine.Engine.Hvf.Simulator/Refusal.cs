namespace Supermachine.Engine.Hvf.Simulator;

#pragma warning disable CA1032, CA1064 // Thrown and caught within one call of the simulator, and nowhere else.

/// <summary>Ends a call of the framework with an error. With a rule it is the caller's mistake; without, an answer that callers expect.</summary>
internal sealed class Refusal(hv_return_t code, SimulatorRule? rule, string message) : Exception(message)
{
    public hv_return_t Code { get; } = code;

    public SimulatorRule? Rule { get; } = rule;
}
