using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Assets;

public sealed class CpioWriterTests
{
    private static byte[] Sample()
    {
        using var output = new MemoryStream();
        using (var writer = new CpioWriter(output))
        {
            writer.Directory("dev");
            writer.CharacterDevice("dev/console", 5, 1, 0x180);
            // Lengths of every remainder by four, of names and of content.
            for (int length = 0; length < 9; length++) writer.File(new string('n', length + 1), new byte[length], 0x1ed);
            writer.SymbolicLink("bin", "usr/bin");
        }
        return output.ToArray();
    }

    [Fact]
    public void ReadsBackAsWritten()
    {
        List<CpioEntry> entries = CpioArchive.Read(Sample());

        Assert.Equal(12, entries.Count);
        Assert.Equal(("dev", 0x41edu), (entries[0].Name, entries[0].Mode));
        Assert.Equal(("dev/console", 0x2180u, 5u, 1u), (entries[1].Name, entries[1].Mode, entries[1].Major, entries[1].Minor));
        for (int length = 0; length < 9; length++)
        {
            Assert.Equal(0x81edu, entries[2 + length].Mode);
            Assert.Equal(length, entries[2 + length].Content.Length);
        }
        Assert.Equal(0xa1ffu, entries[11].Mode);
        Assert.Equal("usr/bin"u8.ToArray(), entries[11].Content);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Inode).Distinct().Count());
    }

    [Fact]
    public void TheSameCallsGiveTheSameBytes() => Assert.Equal(Sample(), Sample());

    [Fact]
    public void EndsAtAMultipleOfABlock() => Assert.Equal(0, Sample().Length % 512);

    [Fact]
    public void TheSystemsOwnCpioReadsIt()
    {
        // Not every system has one; where there is none the reader above is the only judge.
        if (HostCommand.Find("cpio") is not { } cpio) return;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["archive"], Sample());
        var names = new List<string>();
        HostCommand.Run(cpio, ["-t", "--quiet", "-F", folder["archive"]], new HostCommandOptions(), names.Add);
        Assert.Equal(CpioArchive.Read(Sample()).Select(entry => entry.Name), names);
    }
}
