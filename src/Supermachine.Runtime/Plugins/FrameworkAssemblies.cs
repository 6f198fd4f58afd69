namespace Supermachine.Runtime;

/// <summary>The assemblies of .NET itself, as opposed to those of the program that runs.</summary>
internal static class FrameworkAssemblies
{
    private static readonly HashSet<string> Names = Find();

    public static bool Contains(string name) => Names.Contains(name);

    private static HashSet<string> Find()
    {
        // The host lists every assembly it may load: the program's own are beside the program, the others are the framework's.
        string listed = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        string program = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (string path in listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.GetDirectoryName(path) is not { } folder) continue;
            if (folder == framework || (folder != program && folder.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal))) names.Add(Path.GetFileNameWithoutExtension(path));
        }

        return names;
    }
}
