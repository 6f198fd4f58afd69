using System.Reflection.PortableExecutable;

namespace Supermachine.Runtime.Tests;

/// <summary>The metadata found in a file is what the framework's reader finds.</summary>
public sealed class MetadataSectionTests : IDisposable
{
    private static readonly string Own = typeof(MetadataSectionTests).Assembly.Location;
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void What_is_found_is_what_the_framework_finds_in_each_of_its_assemblies()
    {
        string[] assemblies = [.. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll"), Own];
        Assert.All(assemblies, path =>
        {
            using PEReader image = new(File.OpenRead(path));
            byte[] expected = [.. image.GetMetadata().GetContent()];
            Assert.Equal(expected, MetadataSection.TryRead(path));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ")]
    [InlineData("a text of more bytes than the header of a program for DOS has, and nothing else")]
    public void A_file_that_is_no_program_has_none(string content)
    {
        File.WriteAllText(file, content);
        Assert.Null(PluginMetadata.TryRead(file));
    }

    [Fact]
    public void A_file_that_ends_early_is_no_assembly()
    {
        byte[] whole = File.ReadAllBytes(Own);
        for (int length = 0; length < whole.Length / 2; length += length < 1024 ? 1 : 997)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Null(PluginMetadata.TryRead(file));
        }
    }

    [Fact]
    public void A_broken_header_throws_nothing()
    {
        byte[] whole = File.ReadAllBytes(Own);
        for (int i = 0; i < 512; i++)
        {
            byte[] broken = [.. whole];
            broken[i] ^= 0xFF;
            File.WriteAllBytes(file, broken);
            _ = PluginMetadata.TryRead(file);
        }
    }
}
