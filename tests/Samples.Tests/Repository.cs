using System.Reflection;

namespace Samples.Tests;

/// <summary>Where the sources of this build are.</summary>
internal static class Repository
{
    public static string Folder { get; } = Metadata("RepositoryPath");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Where a sample was built to: a folder to name in <c>plugins.paths</c>.</summary>
    public static string BuiltSample(string sample) => PathOf(Path.Combine("samples", sample, Metadata("SampleOutput")));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
