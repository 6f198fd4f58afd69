using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Supermachine.Plugins.VirtioBlk;
using Supermachine.Testing;

namespace VirtioBlk.Tests;

/// <summary>What the host's files may and may not be.</summary>
public class HostTests
{
    [Fact]
    public void ASizeThatIsNoDisksIsRefusedByName()
    {
        using var image = new TempImage(1);
        File.WriteAllBytes(image.File, new byte[1000]);
        string message = Assert.Throws<InvalidDataException>(() => Open(image, DiskMode.ReadWrite)).Message;
        Assert.Contains(image.File, message, StringComparison.Ordinal);
        Assert.Contains("1000", message, StringComparison.Ordinal);
        File.WriteAllBytes(image.File, []);
        Assert.Contains("empty", Assert.Throws<InvalidDataException>(() => Open(image, DiskMode.ReadOnly)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DiskMode.ReadWrite, DiskMode.ReadWrite, false)]
    [InlineData(DiskMode.ReadWrite, DiskMode.ReadOnly, false)]
    [InlineData(DiskMode.ReadWrite, DiskMode.Overlay, false)]
    [InlineData(DiskMode.ReadOnly, DiskMode.ReadWrite, false)]
    [InlineData(DiskMode.Overlay, DiskMode.ReadWrite, false)]
    [InlineData(DiskMode.ReadOnly, DiskMode.ReadOnly, true)]
    [InlineData(DiskMode.ReadOnly, DiskMode.Overlay, true)]
    [InlineData(DiskMode.Overlay, DiskMode.Overlay, true)]
    public void OneWriterOrManyReaders(DiskMode first, DiskMode second, bool together)
    {
        using var image = new TempImage(8);
        using IDisk holder = Open(image, first);
        if (together) Open(image, second).Dispose();
        else Assert.Contains(image.File, Assert.Throws<IOException>(() => Open(image, second)).Message, StringComparison.Ordinal);
        holder.Dispose();
        Open(image, second).Dispose();
    }

    [Fact]
    public void TheLockHoldsAgainstOtherProcesses()
    {
        if (!OperatingSystem.IsLinux()) return; // flock(1) is util-linux's
        using var image = new TempImage(8);
        using (Open(image, DiskMode.ReadWrite)) Assert.NotEqual(0, Flock("--exclusive", image.File));
        using (Open(image, DiskMode.ReadOnly))
        {
            Assert.NotEqual(0, Flock("--exclusive", image.File));
            Assert.Equal(0, Flock("--shared", image.File));
        }

        Assert.Equal(0, Flock("--exclusive", image.File));
    }

    [Fact]
    public async Task AFileThatIsCutIsAnErrorOfTheGuestAndALine()
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, Mode = DiskMode.ReadOnly });
        using (var cut = Process.Start("truncate", ["-s", "512", image.File])) cut.WaitForExit();
        for (int i = 0; i < 20; i++) Assert.Equal(1, guest.Request(0, 8, new byte[4096], fillsGuest: true));
        Assert.Equal(0, guest.Request(0, 0, new byte[512], fillsGuest: true));
        (_, string message) = Assert.Single(guest.Context.Log.Entries);
        Assert.Contains(image.File, message, StringComparison.Ordinal);
        guest.Context.WallTime.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, guest.Request(0, 8, new byte[4096], fillsGuest: true));
        Assert.Contains("19 such", guest.Context.Log.Entries[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsNameKeyAndValue()
    {
        Assert.Empty(Check(new VirtioBlkOptions { Path = "x" }));
        Assert.Contains("queue_size must be a power of two between 1 and 256, was 300", Check(new VirtioBlkOptions { Path = "x", QueueSize = 300 }));
        Assert.Contains(Check(new VirtioBlkOptions { Path = "x", QueueSize = 0 }), error => error.EndsWith("was 0", StringComparison.Ordinal));
        Assert.Contains(Check(new VirtioBlkOptions { Path = "x", Serial = new string('s', 21) }), error => error.StartsWith("serial", StringComparison.Ordinal));
        Assert.Contains(Check(new VirtioBlkOptions { Path = "x", Serial = "käse" }), error => error.StartsWith("serial", StringComparison.Ordinal));
        Assert.Contains(Check(new VirtioBlkOptions { Path = "x", OverlayPath = "y" }), error => error.StartsWith("overlay_path", StringComparison.Ordinal));
        Assert.Contains(Check(new VirtioBlkOptions { Path = "x", Threads = 9 }), error => error.StartsWith("threads", StringComparison.Ordinal));
        Assert.NotEmpty(Check(new VirtioBlkOptions()));
    }

    private static IDisk Open(TempImage image, DiskMode mode) =>
        DiskFactory.Open(new VirtioBlkOptions { Path = image.File, Mode = mode }, new RecordingLogger());

    private static int Flock(string mode, string path)
    {
        using var flock = Process.Start("flock", [mode, "--nonblock", path, "true"]);
        flock.WaitForExit();
        return flock.ExitCode;
    }

    private static List<string> Check(VirtioBlkOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage!)];
    }
}
