namespace Supermachine.Runtime.Tests;

/// <summary>Machine files with mistakes, and everything that is said about each, beside them in <c>Broken/</c>.</summary>
public sealed class BrokenFileTests
{
    private static readonly string Broken = Path.Combine(AppContext.BaseDirectory, "Definition", "Broken");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Broken, "*.toml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_mistake_of_a_file_is_reported_at_once_and_in_order(string file)
    {
        using TestRuntime runtime = new();
        MachineDefinition definition = runtime.Get<MachineDefinitionReader>().ReadText(File.ReadAllText(Path.Combine(Broken, file)), $"machines/{file}", Broken);

        string[] said = await runtime.Check(definition);

        string expected = Path.Combine(Broken, Path.ChangeExtension(file, ".txt"));
        Assert.Equal(File.ReadAllText(expected).ReplaceLineEndings("\n"), string.Join("", said.Select(line => line + "\n")));
    }

    [Fact]
    public void There_are_at_least_ten_of_them() => Assert.True(Files.Count >= 10);
}
