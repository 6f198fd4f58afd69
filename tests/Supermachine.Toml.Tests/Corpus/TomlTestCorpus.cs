namespace Supermachine.Toml.Tests.Corpus;

/// <summary>
/// Finds the toml-test corpus (github.com/toml-lang/toml-test): the folder in TOML_TEST_DIR, or <c>shared/toml-test</c> beside the
/// project's root or beside one of the folders above it. It is not part of this repository.
/// </summary>
internal static class TomlTestCorpus
{
    public const string List = "files-toml-1.1.0";

    public static string? Directory { get; } = Find();

    public static IReadOnlyList<string> Files(string start, string end) =>
        Directory is null ? [] : [.. File.ReadLines(Path.Combine(Directory, List)).Where(line => line.StartsWith(start, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal))];

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TOML_TEST_DIR") is { Length: > 0 } named)
            return Tests(named) ?? throw new DirectoryNotFoundException($"TOML_TEST_DIR is '{named}', where there is no tests/{List}.");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Supermachine.sln"))) folder = folder.Parent;
        string? found = null;
        for (folder = folder?.Parent; folder is not null && found is null; folder = folder.Parent)
            found = Tests(Path.Combine(folder.FullName, "shared", "toml-test"));
        return found;
    }

    private static string? Tests(string root) =>
        new[] { Path.Combine(root, "tests"), root }.FirstOrDefault(folder => File.Exists(Path.Combine(folder, List)));
}
