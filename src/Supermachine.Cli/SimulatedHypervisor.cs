using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Supermachine.Engine.Hvf.Simulator;
using Supermachine.Runtime;

namespace Supermachine.Cli;

/// <summary>
/// A tool for who works on the HVF engine: that engine over a simulated Hypervisor.framework. It is there only for a command line that
/// names it, and nothing of it is loaded before.
/// </summary>
internal sealed class SimulatedHypervisor : IDisposable
{
    private const string Name = "hvf-simulator";

    private readonly HypervisorSimulator _simulator;
    private readonly ILogger _logger;

    private SimulatedHypervisor(SimulatorOptions options, ILogger logger)
    {
        _logger = logger;
        _simulator = HypervisorSimulator.Install(options);
        _simulator.OnViolation = violation => Told(logger, violation.ToString(), null);
    }

    private static Action<ILogger, string, Exception?> Told { get; } = LoggerMessage.Define<string>(LogLevel.Warning, default, "{Violation}");

    /// <summary>Adds the engine where the command line asks for it, by the name and modes that it was asked for with.</summary>
    public static void Register(IServiceCollection services, string? engine)
    {
        if (engine == Name || engine?.StartsWith($"{Name}:", StringComparison.Ordinal) == true) Add(services, engine, modes: engine[Name.Length..].TrimStart(':'));
    }

    private IEngine CreateEngine() => _simulator.CreateEngine(logger: _logger);

    /// <summary>Ends the simulated process: what the machine left behind is told now.</summary>
    public void Dispose() => _simulator.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)] // what it names is loaded with it
    private static void Add(IServiceCollection services, string engine, string modes)
    {
        services.AddSingleton(provider => new SimulatedHypervisor(SimulatorOptions.Parse(modes), provider.GetRequiredService<ILoggerFactory>().CreateLogger(Name)));
        services.AddSupermachineEngine(engine, provider => provider.GetRequiredService<SimulatedHypervisor>().CreateEngine(), () => Problem(modes));
    }

    private static string? Problem(string modes)
    {
        try
        {
            SimulatorOptions.Parse(modes);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
