namespace Supermachine.Cli.Commands;

/// <summary>What a command line asks of a run.</summary>
internal sealed record RunRequest
{
    public required MachineChoice Machine { get; init; }

    public bool IsVerbose { get; init; }

    /// <summary>Print how long each step of the start takes.</summary>
    public bool Timings { get; init; }

    /// <summary>Print what the engine counted.</summary>
    public bool EngineStats { get; init; }

    /// <summary>Compare translated code with the interpreter.</summary>
    public bool EngineVerify { get; init; }
}
