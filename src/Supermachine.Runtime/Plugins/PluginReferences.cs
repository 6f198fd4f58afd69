using System.Reflection;

namespace Supermachine.Runtime;

/// <summary>Finds references that nothing satisfies, before any code runs into them.</summary>
internal static class PluginReferences
{
    /// <summary>The first assembly, among all that a plugin references directly or not, that would not be found; null when all would.</summary>
    /// <param name="path">The plugin's assembly.</param>
    /// <param name="context">The plugin's context.</param>
    /// <param name="own">Takes the files of the plugin's own assemblies, the plugin first.</param>
    public static (string Name, Version Version, string NeededBy)? FirstMissing(string path, PluginLoadContext context, ICollection<string> own)
    {
        HashSet<string> seen = [path];
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? file))
        {
            own.Add(file);
            foreach (AssemblyName reference in PluginMetadata.TryRead(file)?.References ?? [])
            {
                if (!context.CanResolve(reference, out string? found)) return (reference.Name!, reference.Version!, Path.GetFileName(file));
                if (found is not null && seen.Add(found)) open.Enqueue(found);
            }
        }

        return null;
    }
}
