using System.Text.Json;

namespace Supermachine.Toml.Tests.Corpus;

/// <summary>Every case of toml-test's list for TOML 1.1.0, from its bytes.</summary>
public sealed class TomlTestCorpusTests
{
    private const int ValidCases = 220;
    private const int InvalidCases = 492;
    private const string Absent = "The toml-test corpus is absent: set TOML_TEST_DIR or put it at ../shared/toml-test beside the repository. None of its 712 cases ran.";

    public static TheoryData<string> Valid() => Cases("valid/");

    public static TheoryData<string> Invalid() => Cases("invalid/");

    [CorpusFact(Absent)]
    public void TheWholeListIsThere()
    {
        Assert.True(TomlTestCorpus.Files("valid/", ".toml").Count >= ValidCases);
        Assert.True(TomlTestCorpus.Files("invalid/", ".toml").Count >= InvalidCases);
    }

    [CorpusTheory(Absent)]
    [MemberData(nameof(Valid))]
    public void ReadsWhatIsValid(string file)
    {
        TomlTable table = TomlSerializer.Deserialize<TomlTable>(Bytes(file))!;
        using JsonDocument expected = JsonDocument.Parse(Bytes(Path.ChangeExtension(file, ".json")));
        Assert.Null(TaggedJson.Difference(table, expected.RootElement));
    }

    [CorpusTheory(Absent)]
    [MemberData(nameof(Invalid))]
    public void RefusesWhatIsInvalid(string file)
    {
        TomlException refusal = Assert.Throws<TomlException>(() => TomlSerializer.Deserialize<TomlTable>(Bytes(file)));
        Assert.All(refusal.Diagnostics, diagnostic => Assert.NotEmpty(diagnostic.Message));
    }

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(TomlTestCorpus.Directory!, file));

    private static TheoryData<string> Cases(string start) => new(TomlTestCorpus.Files(start, ".toml"));
}
