using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Supermachine.Runtime;

/// <summary>Registers the runtime, and what a program adds to it.</summary>
public static class SupermachineServices
{
    /// <summary>
    /// Registers the runtime: <see cref="MachineDefinitionReader"/>, <see cref="MachineComposer"/>, <see cref="MachineChecker"/>,
    /// <see cref="MachineDescriber"/>, <see cref="EngineRegistry"/>. Engines are added by <see cref="AddSupermachineEngine"/>; logging,
    /// time and assets are taken from <see cref="ILoggerFactory"/>, <see cref="TimeProvider"/> and <see cref="IAssetResolver"/> where registered.
    /// </summary>
    public static IServiceCollection AddSupermachine(this IServiceCollection services, Action<SupermachineOptions>? configure = null)
    {
        SupermachineOptions options = new();
        configure?.Invoke(options);
        // Each by a delegate: finding constructors is a large part of a container's first use, and an instance that is asked for twice has it compile code.
        services.TryAddSingleton(_ => options);
        services.TryAddSingleton<ILoggerFactory>(_ => NullLoggerFactory.Instance);
        services.TryAddSingleton(_ => TimeProvider.System);
        services.TryAddSingleton<IAssetResolver>(_ => new NoAssets());
        services.TryAddSingleton(s => new EngineRegistry(s));
        services.TryAddSingleton(s => new MachineDefinitionReader(s.GetRequiredService<IAssetResolver>()));
        services.TryAddSingleton(s => new PluginHost(s.GetRequiredService<ILoggerFactory>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(s => new MachinePlanner(
            s.GetRequiredService<SupermachineOptions>(), s.GetRequiredService<EngineRegistry>(), s.GetServices<IConsoleFactory>(), s.GetRequiredService<IAssetResolver>(), s.GetRequiredService<PluginHost>()));
        services.TryAddSingleton(s => new PartFactory(s.GetRequiredService<EngineRegistry>(), s));
        services.TryAddSingleton(s => new AssetFetcher(s.GetRequiredService<IAssetResolver>()));
        services.TryAddSingleton(s => new MachineComposer(s.GetRequiredService<MachinePlanner>(), s.GetRequiredService<PartFactory>(), s.GetRequiredService<AssetFetcher>()));
        services.TryAddSingleton(s => new MachineChecker(s.GetRequiredService<MachinePlanner>(), s.GetRequiredService<PartFactory>(), s.GetRequiredService<AssetFetcher>()));
        services.TryAddSingleton(s => new MachineDescriber(s.GetRequiredService<MachinePlanner>(), s.GetRequiredService<PartFactory>(), s.GetRequiredService<AssetFetcher>()));
        return services;
    }

    /// <summary>Registers an engine that machine files can name. The order of registration is the order of preference of <c>auto</c>.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="name">The word that machine files use.</param>
    /// <param name="create">Makes one; called for every machine.</param>
    /// <param name="whyUnavailable">Says what keeps the engine from working on this host; null when nothing does.</param>
    public static IServiceCollection AddSupermachineEngine(this IServiceCollection services, string name, Func<IServiceProvider, IEngine> create, Func<string?>? whyUnavailable = null) =>
        services.AddSingleton(new EngineRegistration(name, create, whyUnavailable ?? (static () => null)));

    /// <summary>Registers a kind of console. Of two with the same kind the last one wins.</summary>
    /// <typeparam name="TOptions">What the keys of <c>[console]</c> are bound to; <see cref="NoOptions"/> for none.</typeparam>
    /// <param name="services">The program's services.</param>
    /// <param name="kind">The word that machine files use.</param>
    /// <param name="create">Makes one; called for every machine.</param>
    public static IServiceCollection AddSupermachineConsole<TOptions>(this IServiceCollection services, string kind, Func<TOptions, IServiceProvider, IConsoleBackend> create)
        where TOptions : class, new() =>
        services.AddSingleton<IConsoleFactory>(provider => new ConsoleFactory<TOptions>(kind, create, provider));
}
