using System.Diagnostics;
using Supermachine.Plugins.VirtioBlk;

namespace VirtioBlk.Tests;

public class DiscardTests
{
    [Theory]
    [InlineData(11u, 0u)]
    [InlineData(13u, 0u)]
    [InlineData(13u, 1u)]
    public async Task MakesRangesZero(uint type, uint flags)
    {
        using var image = new TempImage(256);
        await using (var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File }))
        {
            Assert.Equal(0, guest.Zero(type, (3, 5, flags), (64, 130, flags), (0, 0, flags)));
            image.Contents.AsSpan(3 * 512, 5 * 512).Clear();
            image.Contents.AsSpan(64 * 512, 130 * 512).Clear();
            Assert.Equal(image.Contents, guest.Read(0, 256));
        }

        Assert.Equal(image.Contents, File.ReadAllBytes(image.File));
    }

    [Fact]
    public async Task GivesSpaceBack()
    {
        if (!OperatingSystem.IsLinux()) return; // elsewhere zeroes are written
        using var image = new TempImage(2048);
        long before = Blocks(image.File);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        Assert.Equal(0, guest.Zero(11, (0, 2048, 0)));
        Assert.Equal(0, guest.Sync());
        Assert.Equal(1 << 20, new FileInfo(image.File).Length);
        Assert.InRange(Blocks(image.File), 0, before / 2);
    }

    [Fact]
    public async Task RefusesWhatTheSpecificationRefuses()
    {
        using var image = new TempImage(256);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        Assert.Equal(2, guest.Zero(11, (0, 8, 1))); // unmap in a discard
        Assert.Equal(2, guest.Zero(13, (0, 8, 2))); // an unknown flag
        Assert.Equal(1, guest.Zero(11, (250, 7, 0)));
        Assert.Equal(1, guest.Zero(13, (ulong.MaxValue, 1, 0)));
        Assert.Equal(1, guest.Zero(13, (0, (1 << 21) + 1, 0)));
        Assert.Equal(1, guest.Zero(11));
        Assert.Equal(1, guest.Zero(11, Enumerable.Repeat((0ul, 1u, 0u), 17).ToArray()));
        Assert.Equal(1, guest.Request(11, 0, new byte[15], fillsGuest: false));
        // One bad segment among good ones: nothing is done at all.
        Assert.Equal(1, guest.Zero(13, (0, 8, 0), (256, 1, 0)));
        Assert.Equal(image.Contents, guest.Read(0, 256));
    }

    private static long Blocks(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%b", path]) { RedirectStandardOutput = true })!;
        return long.Parse(stat.StandardOutput.ReadToEnd(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
