using Microsoft.Extensions.Logging;

namespace Supermachine.Engine.Hvf.Simulator;

/// <content>The engine over it.</content>
public sealed partial class HypervisorSimulator
{
    /// <summary>What command lines call the engine.</summary>
    public const string EngineName = "hvf-simulator";

    /// <summary>The HVF engine with this framework below it, all of its own code included.</summary>
    /// <param name="options">What can be chosen about it; the environment's choice by default.</param>
    /// <param name="logger">Told what the engine finds odd about the framework.</param>
    public IEngine CreateEngine(HvfOptions? options = null, ILogger? logger = null) => new HvfEngine(Api, EngineName, options, logger);
}
