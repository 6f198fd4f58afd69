using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Supermachine.Runtime;

/// <summary>The load context of one plugin: what is shared comes from the host, what is private from the plugin's folder, the rest from the framework.</summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly PluginConfig config;
    private readonly AssemblyDependencyResolver resolver;
    private readonly string folder;
    private readonly Dictionary<string, Version?> shared;

    public PluginLoadContext(PluginConfig config)
        : base(Path.GetFileNameWithoutExtension(config.MainAssemblyPath), config.IsUnloadable)
    {
        this.config = config;
        resolver = new AssemblyDependencyResolver(config.MainAssemblyPath);
        folder = Path.GetDirectoryName(config.MainAssemblyPath)!;
        shared = WithReferences(config);
    }

    /// <summary>Whether an assembly would be found, and where: the host, the framework or a file of the plugin.</summary>
    public bool CanResolve(AssemblyName name, out string? privatePath)
    {
        privatePath = null;
        if (shared.ContainsKey(name.Name!) || FrameworkAssemblies.Contains(name.Name!)) return true;
        privatePath = FindPrivate(name);
        return privatePath is not null || (config.PreferSharedTypes && FromHost(name) is not null);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (shared.TryGetValue(assemblyName.Name!, out Version? version))
        {
            // Null has the runtime look in the default context by itself, which takes no older version, and has it compare no names by the rules of a culture.
            return config.DefaultContext == Default && assemblyName.Version <= version ? null : config.DefaultContext.LoadFromAssemblyName(new AssemblyName { Name = assemblyName.Name });
        }

        if (config.PreferSharedTypes && FromHost(assemblyName) is { } host) return host;
        if (FindPrivate(assemblyName) is { } path) return LoadFromAssemblyPath(path);
        if (FrameworkAssemblies.Contains(assemblyName.Name!)) return null;

        // Null would let the host's own private assemblies in by the back door: a plugin that works beside one host only.
        // The binder would take a FileNotFoundException for the same invitation.
        throw new FileLoadException($"plugin \"{Name}\" needs the assembly \"{assemblyName.Name} {assemblyName.Version}\", which is not in {folder}", assemblyName.Name);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string? path = resolver.ResolveUnmanagedDllToPath(unmanagedDllName) ?? NativeCandidates(unmanagedDllName).FirstOrDefault(File.Exists);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private string? FindPrivate(AssemblyName name)
    {
        if (resolver.ResolveAssemblyToPath(name) is { } listed) return listed;
        string beside = Path.Combine(folder, $"{name.Name}.dll");
        return File.Exists(beside) && !FrameworkAssemblies.Contains(name.Name!) ? beside : null;
    }

    private Assembly? FromHost(AssemblyName name)
    {
        if (IsPrivate(name, config)) return null;
        try
        {
            return config.DefaultContext.LoadFromAssemblyName(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private IEnumerable<string> NativeCandidates(string name) =>
        from place in new[] { folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native") }
        from file in new[] { name, $"lib{name}.so", $"{name}.so", $"lib{name}.dylib", $"{name}.dylib", $"{name}.dll" }
        select Path.Combine(place, file);

    /// <summary>The shared assemblies and everything they reference, short of the framework, which is everybody's anyway; with their versions.</summary>
    private static Dictionary<string, Version?> WithReferences(PluginConfig config)
    {
        Dictionary<string, Version?> shared = new(StringComparer.OrdinalIgnoreCase);
        Queue<AssemblyName> open = new(config.SharedAssemblies);
        while (open.TryDequeue(out AssemblyName? name))
        {
            if (shared.ContainsKey(name.Name!) || FrameworkAssemblies.Contains(name.Name!) || IsPrivate(name, config)) continue;
            Assembly assembly = config.DefaultContext.LoadFromAssemblyName(name);
            shared.Add(name.Name!, assembly.GetName().Version);
            foreach (AssemblyName reference in assembly.GetReferencedAssemblies()) open.Enqueue(reference);
        }

        return shared;
    }

    private static bool IsPrivate(AssemblyName name, PluginConfig config)
    {
        foreach (AssemblyName each in config.PrivateAssemblies)
        {
            if (each.Name == name.Name) return true;
        }

        return false;
    }
}
