using System.Reflection;

namespace Supermachine.Runtime;

/// <summary>Paths of a machine definition: relative to the file they were written in, or <c>asset:NAME/FILE</c>.</summary>
internal static class HostPaths
{
    public const string AssetPrefix = "asset:";

    /// <summary>The asset's name; null for an ordinary path.</summary>
    public static string? AssetOf(string path) => path.StartsWith(AssetPrefix, StringComparison.Ordinal) ? path[AssetPrefix.Length..] : null;

    /// <summary>The full path of what was written at <paramref name="place"/>; assets stay as they are.</summary>
    public static string FullPath(string path, SourcePlace place) => AssetOf(path) is null ? Path.GetFullPath(path, place.Folder) : path;

    /// <summary>The path as the person would find it from where they stand: beside the file they named.</summary>
    public static string Shown(string path, SourcePlace place) => Path.Combine(Path.GetDirectoryName(place.File) ?? "", path);

    /// <summary>Puts real files in the place of assets, in every <see cref="HostPathAttribute"/> property of <paramref name="options"/>.</summary>
    /// <param name="options">Bound options.</param>
    /// <param name="find">Gives the file of an asset; null leaves the asset's name in place.</param>
    /// <returns>The assets that were left in place.</returns>
    public static IReadOnlyList<string> Materialize(object options, Func<string, string?> find)
    {
        List<string> left = [];
        foreach (PropertyInfo property in options.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<HostPathAttribute>() is null) continue;
            if (property.GetValue(options) is string path) property.SetValue(options, File(path));
            else if (property.GetValue(options) is IReadOnlyList<string> paths) property.SetValue(options, paths.Select(File).ToArray());
        }

        return left;

        string File(string path)
        {
            if (AssetOf(path) is not { } asset) return path;
            if (find(asset) is { } file) return file;
            left.Add(asset);
            return path;
        }
    }
}
