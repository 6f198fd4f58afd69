using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using Supermachine.Plugins.VirtioBlk;
using Supermachine.Testing;

namespace VirtioBlk.Tests;

public class OverlayTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChangesStayAboveTheBase(bool inFile)
    {
        using var image = new TempImage(300);
        VirtioBlkOptions options = Options(image, inFile);
        byte[] data = new byte[3 * 512];
        new Random(3).NextBytes(data);
        await using var guest = new BlkGuest(options);
        Assert.Equal(0, guest.Write(130, data));
        Assert.Equal(0, guest.Zero(11, (200, 16, 0)));
        Assert.Equal(0, guest.Zero(13, (0, 1, 1)));
        byte[] expected = [.. image.Contents];
        data.CopyTo(expected, 130 * 512);
        expected.AsSpan(200 * 512, 16 * 512).Clear();
        expected.AsSpan(0, 512).Clear();
        Assert.Equal(expected, guest.Read(0, 300, pieces: 9));
        Assert.Equal(image.Contents, File.ReadAllBytes(image.File));
    }

    [Fact]
    public async Task AnOverlayFileIsFoundAgain()
    {
        using var image = new TempImage(300);
        VirtioBlkOptions options = Options(image, inFile: true);
        byte[] data = new byte[512];
        data.AsSpan().Fill(0xa5);
        for (int round = 0; round < 3; round++)
        {
            await using var guest = new BlkGuest(options);
            for (int i = 0; i < round; i++) Assert.Equal(data, guest.Read((ulong)(i * 7), 1));
            Assert.Equal(0, guest.Write((ulong)(round * 7), data));
            Assert.Equal(0, guest.Sync());
        }
    }

    /// <summary>What was flushed survives the process; what was not may be gone, but then it is as it was.</summary>
    [Fact]
    public void ACrashKeepsWhatWasFlushed()
    {
        using var image = new TempImage(64);
        string path = Path.Combine(image.Folder, "overlay");
        string crashed = path + ".crashed";
        byte[] data = new byte[512];
        data.AsSpan().Fill(0x77);
        using (var disk = new OverlayDisk(new FileDisk(image.File, writable: false), new FileLayer(path, image.Contents.Length)))
        {
            disk.Write(512, [data]);
            disk.Flush();
            disk.Write(1024, [data]);
            // The file as a crash would leave it: copied before the layer is closed.
            using var copy = new FileStream(crashed, FileMode.CreateNew);
            CopyLocked(path, copy);
        }

        using var again = new OverlayDisk(new FileDisk(image.File, writable: false), new FileLayer(crashed, image.Contents.Length));
        byte[] found = new byte[image.Contents.Length];
        again.Read(0, [found]);
        data.CopyTo(image.Contents, 512);
        Assert.Equal(image.Contents, found);
    }

    [Fact]
    public void AnOverlayOfAnotherDiskIsRefused()
    {
        using var image = new TempImage(64);
        string path = Path.Combine(image.Folder, "overlay");
        new FileLayer(path, 64 * 512).Dispose();
        Assert.Contains("32768", Assert.Throws<InvalidDataException>(() => new FileLayer(path, 128 * 512)).Message, StringComparison.Ordinal);
        Assert.Contains("not an overlay", Assert.Throws<InvalidDataException>(() => new FileLayer(image.File, 64 * 512)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOverlayFileIsSparse()
    {
        using var image = new TempImage(8);
        string path = Path.Combine(image.Folder, "overlay");
        using var layer = new FileLayer(path, 10L << 30);
        Assert.True(new FileInfo(path).Length > 10L << 30);
        Assert.True(new DriveInfo(image.Folder).AvailableFreeSpace > 0);
        layer.Write(9L << 30, new byte[512]);
        layer.Sectors.Add((9L << 30) / 512, 1);
        layer.Flush(new Lock());
        Assert.Equal(1, layer.Sectors.Run((9L << 30) / 512, 100, out bool present));
        Assert.True(present);
    }

    [Fact]
    public void ABaseChangedAfterItsOverlayIsMentioned()
    {
        using var image = new TempImage(64);
        VirtioBlkOptions options = Options(image, inFile: true);
        DiskFactory.Open(options, new RecordingLogger()).Dispose();
        var log = new RecordingLogger();
        File.SetLastWriteTimeUtc(image.File, File.GetLastWriteTimeUtc(image.File).AddDays(1));
        DiskFactory.Open(options, log).Dispose();
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.Contains("disk.img", StringComparison.Ordinal));
    }

    /// <summary>Any history of writes and zeroes reads as the same history on a plain array, with buffers cut anywhere.</summary>
    [Fact]
    public void AnOverlayIsAnArray() => Prop.ForAll<int, bool>((seed, inFile) =>
    {
        var random = new Random(seed);
        using var image = new TempImage(400, seed);
        using IDisk disk = DiskFactory.Open(Options(image, inFile), new RecordingLogger());
        byte[] model = [.. image.Contents];
        for (int i = 0; i < 40; i++)
        {
            int sector = random.Next(400), count = random.Next(1, 401 - sector);
            byte[] data = new byte[count * 512];
            int cut = random.Next(data.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    random.NextBytes(data);
                    disk.Write(sector * 512, [data.AsMemory(0, cut), data.AsMemory(cut)]);
                    data.CopyTo(model, sector * 512);
                    break;
                case 1:
                    disk.Zero(sector * 512, data.Length, deallocate: random.Next(2) == 0);
                    model.AsSpan(sector * 512, data.Length).Clear();
                    break;
                default:
                    disk.Read(sector * 512, [data.AsMemory(0, cut), data.AsMemory(cut)]);
                    Assert.Equal(model[(sector * 512)..((sector + count) * 512)], data);
                    break;
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void ASectorMapIsASet() => Prop.ForAll<int>(seed =>
    {
        const int Sectors = 70_000; // three pages
        var random = new Random(seed);
        var map = new SectorMap(Sectors);
        var model = new bool[Sectors];
        for (int i = 0; i < 30; i++)
        {
            int start = random.Next(Sectors), count = Math.Min(random.Next(random.Next(2) == 0 ? 100 : 40_000), Sectors - start);
            map.Add(start, count);
            model.AsSpan(start, count).Fill(true);
            int at = random.Next(Sectors), limit = random.Next(1, Sectors - at + 1);
            int alike = 1;
            while (alike < limit && model[at + alike] == model[at]) alike++;
            Assert.Equal(alike, map.Run(at, limit, out bool present));
            Assert.Equal(model[at], present);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static VirtioBlkOptions Options(TempImage image, bool inFile) => new()
    {
        Path = image.File,
        Mode = DiskMode.Overlay,
        OverlayPath = inFile ? Path.Combine(image.Folder, "overlay") : null,
    };

    /// <summary>Reads a file that somebody has locked; the locks are advisory and a copy by other means is what a crash leaves.</summary>
    private static void CopyLocked(string path, Stream to)
    {
        using var cat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true })!;
        cat.StandardOutput.BaseStream.CopyTo(to);
        cat.WaitForExit();
    }
}
