using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Supermachine.Cli.Assets;
using Supermachine.Cli.Commands;
using Supermachine.Cli.Terminal;
using Supermachine.Engine.Hvf;
using Supermachine.Engine.Software;
using Supermachine.Runtime;

namespace Supermachine.Cli;

/// <summary>The runtime with what this program adds to it: the engines, the assets, the consoles, logging.</summary>
internal static class RuntimeServices
{
    /// <param name="verbose">Log more.</param>
    /// <param name="engine">The engine that the command line names; null where it names none.</param>
    /// <param name="session">The machine in the foreground; the commands that run none make its console nowhere.</param>
    /// <param name="timeline">Takes the marks of the start.</param>
    /// <param name="statistics">Has the engines count or verify, and keeps them; null where nobody asks.</param>
    public static ServiceProvider Create(bool verbose, string? engine, RunSession? session = null, IStartupTimeline? timeline = null, EngineReport? statistics = null)
    {
        bool counts = statistics?.Counts == true;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_ => new StandardErrorLoggerFactory(verbose ? LogLevel.Debug : LogLevel.Information));
        services.AddSingleton<IAssetResolver>(_ => new AssetResolver(AssetCache.Root()));
        if (timeline is not null) services.AddSingleton(_ => timeline);
        services.AddSupermachine();
        services.AddSupermachineEngine("hvf", provider => new HvfEngine(logger: provider.GetRequiredService<ILoggerFactory>().CreateLogger("hvf")), HvfEngine.WhyUnavailable);
        services.AddSupermachineEngine("software", _ => Counted(new SoftwareEngine(statistics: counts, verify: statistics?.Verifies == true)));
        services.AddSupermachineEngine("interpreter", _ => Counted(new SoftwareEngine(execution: GuestExecution.Interpreted, statistics: counts)));
        SimulatedHypervisor.Register(services, engine);
        services.AddSupermachineConsole<NoOptions>("stdio", (_, _) => session is null ? new NullConsole() : session.CreateConsole());
        services.AddSupermachineConsole<NoOptions>("none", (_, _) => Watched(new NullConsole()));
        services.AddSupermachineConsole<FileConsoleOptions>("file", (options, _) => Watched(new FileConsole(options.Path)));
        services.AddSupermachineConsole<SocketConsoleOptions>("socket", (options, _) => Watched(new SocketConsole(options.Path)));
        return services.BuildServiceProvider();

        IEngine Counted(IEngine engine)
        {
            statistics?.Add(engine);
            return engine;
        }

        IConsoleBackend Watched(IConsoleBackend console) => session is null ? console : session.Watch(console);
    }
}
