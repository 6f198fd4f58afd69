using System.Reflection;

namespace Supermachine.Runtime;

/// <summary>Finds references that nothing satisfies, before any code runs into them.</summary>
internal static class PluginReferences
{
    /// <summary>The first assembly, among all that a plugin references directly or not, that would not be found; null when all would.</summary>
    public static (string Name, Version Version, string NeededBy)? FirstMissing(string path, PluginLoadContext context)
    {
        HashSet<string> seen = [path];
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? file))
        {
            foreach (AssemblyName reference in PluginMetadata.TryRead(file)?.References ?? [])
            {
                if (!context.CanResolve(reference, out string? found)) return (reference.Name!, reference.Version!, Path.GetFileName(file));
                if (found is not null && seen.Add(found)) open.Enqueue(found);
            }
        }

        return null;
    }
}
