using System.Reflection;
using System.Runtime.Loader;

namespace Supermachine.Runtime;

/// <summary>
/// Loads an assembly with its own dependencies into a context of its own. Has the shape of McMaster.NETCore.Plugins, so that the
/// package can take its place. Stricter in one thing: of the host, only the framework and what is shared can be seen.
/// </summary>
public sealed class PluginLoader : IDisposable
{
    private readonly PluginConfig config;
    private readonly PluginLoadContext context;

    /// <summary>A loader for a configuration. Loads nothing yet.</summary>
    public PluginLoader(PluginConfig config)
    {
        this.config = config;
        context = new PluginLoadContext(config);
    }

    /// <summary>Whether <see cref="Dispose"/> unloads the assembly.</summary>
    public bool IsUnloadable => context.IsCollectible;

    internal AssemblyLoadContext LoadContext => context;

    /// <summary>A loader for an assembly.</summary>
    /// <param name="assemblyFile">The full path of the assembly.</param>
    /// <param name="isUnloadable">Whether <see cref="Dispose"/> unloads it.</param>
    /// <param name="sharedTypes">The assemblies of these types, and everything they reference, are the host's own.</param>
    /// <param name="configure">Changes the configuration before it is used.</param>
    public static PluginLoader CreateFromAssemblyFile(string assemblyFile, bool isUnloadable, Type[] sharedTypes, Action<PluginConfig> configure)
    {
        PluginConfig config = new(assemblyFile) { IsUnloadable = isUnloadable };
        foreach (Type type in sharedTypes) config.SharedAssemblies.Add(type.Assembly.GetName());
        configure(config);
        return new PluginLoader(config);
    }

    /// <summary>A loader for an assembly.</summary>
    public static PluginLoader CreateFromAssemblyFile(string assemblyFile, bool isUnloadable, Type[] sharedTypes) =>
        CreateFromAssemblyFile(assemblyFile, isUnloadable, sharedTypes, static _ => { });

    /// <summary>A loader for an assembly that is never unloaded.</summary>
    public static PluginLoader CreateFromAssemblyFile(string assemblyFile, Type[] sharedTypes) => CreateFromAssemblyFile(assemblyFile, false, sharedTypes);

    /// <summary>Loads the assembly itself.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="BadImageFormatException">It is not an assembly.</exception>
    public Assembly LoadDefaultAssembly() => context.LoadFromAssemblyPath(config.MainAssemblyPath);

    /// <summary>Loads an assembly as the plugin sees it.</summary>
    public Assembly LoadAssembly(AssemblyName assemblyName) => context.LoadFromAssemblyName(assemblyName);

    /// <summary>Loads an assembly as the plugin sees it.</summary>
    public Assembly LoadAssembly(string assemblyName) => LoadAssembly(new AssemblyName(assemblyName));

    /// <summary>Makes the plugin's context the one that reflection by name uses, until the result is disposed of.</summary>
    public AssemblyLoadContext.ContextualReflectionScope EnterContextualReflection() => context.EnterContextualReflection();

    /// <summary>Unloads the assembly, if that was asked for, as soon as nothing of it is in use.</summary>
    public void Dispose()
    {
        if (context.IsCollectible) context.Unload();
    }
}
