using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Supermachine.Runtime;

/// <summary>Loads plugins: each assembly once in a process, in a load context of its own; each plugin object once for every machine.</summary>
internal sealed class PluginHost(ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>What plugins and the runtime have in common: the contracts and the Microsoft.Extensions contracts they are made of.</summary>
    public static readonly Type[] SharedTypes = [typeof(ISupermachinePlugin), typeof(IServiceCollection), typeof(ILogger), typeof(IOptions<>)];

    private readonly ConcurrentDictionary<string, Lazy<Assembly>> assemblies = new(StringComparer.Ordinal);

    /// <summary>Loads a plugin for one machine and lets it register its kinds.</summary>
    /// <exception cref="PluginException">It cannot be used; the message names it and says why.</exception>
    public LoadedPlugin Load(PluginInfo plugin)
    {
        if (plugin.Refusal is { } refusal) throw new PluginException(refusal.Code, $"{plugin.Label} {refusal.Message}");
        PluginBuilder builder = new(plugin);
        builder.Services.AddSingleton(loggers).AddSingleton(time);
        builder.Services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        ISupermachinePlugin instance = Create(plugin);
        try
        {
            instance.Configure(builder);
        }
        catch (Exception e)
        {
            throw new PluginException(DiagnosticCodes.ConfigureFailed, $"{plugin.Label} failed in Configure: {e.GetType().Name}: {e.Message}", e);
        }

        builder.CheckAnnouncements();
        return new LoadedPlugin(plugin, builder.Kinds, builder.Services.BuildServiceProvider());
    }

    private ISupermachinePlugin Create(PluginInfo plugin)
    {
        try
        {
            Assembly assembly = assemblies.GetOrAdd(plugin.Path, path => new Lazy<Assembly>(() => LoadAssembly(plugin))).Value;
            // By its token where it has one: the first look for a name has the framework's parser of names compiled.
            Type type = plugin.EntryToken != 0 ? assembly.ManifestModule.ResolveType(plugin.EntryToken) : assembly.GetType(plugin.EntryType!, throwOnError: true)!;
            if (Activator.CreateInstance(type) is ISupermachinePlugin instance) return instance;
            throw new PluginException(DiagnosticCodes.Unloadable, $"{plugin.Label} names {type.FullName}, which is not an {nameof(ISupermachinePlugin)}");
        }
        catch (Exception e) when (e is not PluginException)
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw new PluginException(DiagnosticCodes.Unloadable, $"{plugin.Label} cannot be loaded: {cause.GetType().Name}: {cause.Message}", cause);
        }
    }

    private static Assembly LoadAssembly(PluginInfo plugin)
    {
        PluginLoader loader = PluginLoader.CreateFromAssemblyFile(plugin.Path, isUnloadable: false, SharedTypes);
        List<string> own = [];
        if (PluginReferences.FirstMissing(plugin.Path, (PluginLoadContext)loader.LoadContext, own) is { } missing)
        {
            throw new PluginException(
                DiagnosticCodes.MissingDependency,
                $"{plugin.Label} needs the assembly \"{missing.Name} {missing.Version}\" (for {missing.NeededBy}), which is neither in its folder nor part of .NET");
        }

        Assembly assembly = loader.LoadDefaultAssembly();
        own.Remove(plugin.Path);
        foreach (string file in own) LoadAhead(file, loader.LoadContext);
        return assembly;
    }

    // What is there already the runtime does not ask the context for, whose answer it compares by the rules of a culture: making those takes longer than to load.
    private static void LoadAhead(string file, AssemblyLoadContext context)
    {
        try
        {
            context.LoadFromAssemblyPath(file);
        }
        catch (Exception e) when (e is BadImageFormatException or IOException)
        {
            // Who needs it comes upon it.
        }
    }
}
