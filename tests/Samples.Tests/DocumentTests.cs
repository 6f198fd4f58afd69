using System.Text.RegularExpressions;

namespace Samples.Tests;

/// <summary>What documents show is what is compiled, and what they point to is there.</summary>
public sealed partial class DocumentTests
{
    private const int MaxLines = 400;

    public static TheoryData<string> Documents =>
    [
        .. Directory.GetFiles(Repository.Folder, "*.md").Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Folder, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("README.md", "samples/SmallestDevice/Tally.cs")]
    [InlineData("docs/guide/writing-a-plugin.md", "samples/SmallestDevice/SmallestDevice.csproj")]
    [InlineData("docs/guide/writing-a-plugin.md", "samples/SmallestDevice/tally.toml")]
    [InlineData("docs/guide/writing-a-virtio-device.md", "samples/SmallestVirtioDevice/VirtioRng.cs")]
    [InlineData("docs/guide/writing-a-virtio-device.md", "samples/SmallestVirtioDevice/VirtioRngPlugin.cs")]
    [InlineData("docs/guide/writing-a-virtio-device.md", "samples/SmallestVirtioDevice/VirtioRngState.cs")]
    public void A_sample_is_shown_as_it_is(string document, string sample) =>
        Assert.Contains(Repository.Read(sample).Trim(), Blocks().Matches(Repository.Read(document)).Select(block => block.Groups[1].Value.Trim()));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_link_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        IEnumerable<string> targets = Links().Matches(Blocks().Replace(Repository.Read(document), "")).Select(link => link.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target.Split('#')[0])), target));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_short_and_begins_with_what_it_is(string document)
    {
        string[] lines = Repository.Read(document).Split('\n');

        Assert.InRange(lines.Length, 4, MaxLines);
        Assert.StartsWith("# ", lines[0], StringComparison.Ordinal);
        Assert.Equal("", lines[1]);
        Assert.Matches("^[A-Z`*].*", lines[2]);
    }

    [Fact]
    public void Decisions_have_numbers_of_their_own_and_are_listed()
    {
        string[] names = [.. Directory.GetFiles(Repository.PathOf("docs/decisions"), "*.md").Select(path => Path.GetFileName(path)!).Where(name => name != "README.md")];

        Assert.All(names, name => Assert.Matches(@"^\d{4}-[a-z0-9-]+\.md$", name));
        Assert.Equal(names.Length, names.Select(name => name[..4]).Distinct().Count());
        Assert.All(names, name => Assert.StartsWith($"# {name[..4]}: ", Repository.Read($"docs/decisions/{name}"), StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains($"({name})", Repository.Read("docs/decisions/README.md"), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^```\w*\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();
}
