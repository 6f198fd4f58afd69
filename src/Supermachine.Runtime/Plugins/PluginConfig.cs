using System.Reflection;
using System.Runtime.Loader;

namespace Supermachine.Runtime;

/// <summary>How an assembly is loaded. Has the shape of McMaster.NETCore.Plugins, so that the package can take its place.</summary>
public class PluginConfig
{
    /// <summary>A configuration for an assembly.</summary>
    /// <param name="mainAssemblyPath">The full path of the assembly.</param>
    /// <exception cref="ArgumentException">The path is not a full path.</exception>
    public PluginConfig(string mainAssemblyPath)
    {
        if (!Path.IsPathRooted(mainAssemblyPath)) throw new ArgumentException($"the path of a plugin must be a full path, was '{mainAssemblyPath}'", nameof(mainAssemblyPath));
        MainAssemblyPath = mainAssemblyPath;
    }

    /// <summary>The full path of the assembly.</summary>
    public string MainAssemblyPath { get; }

    /// <summary>Assemblies that are never shared, whatever <see cref="SharedAssemblies"/> reference.</summary>
    public ICollection<AssemblyName> PrivateAssemblies { get; } = [];

    /// <summary>Assemblies whose types are the host's own; everything they reference is shared as well.</summary>
    public ICollection<AssemblyName> SharedAssemblies { get; } = [];

    /// <summary>Whether the host's copy of an assembly is used wherever the host has one.</summary>
    public bool PreferSharedTypes { get; set; }

    /// <summary>Whether <see cref="PluginLoader.Dispose"/> unloads the assembly.</summary>
    public bool IsUnloadable { get; set; }

    /// <summary>Where shared assemblies come from.</summary>
    public AssemblyLoadContext DefaultContext { get; set; } = AssemblyLoadContext.GetLoadContext(typeof(PluginConfig).Assembly) ?? AssemblyLoadContext.Default;
}
