using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Assets;

public sealed class AssetStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeGuestSource source = new();

    public void Dispose() => folder.Dispose();

    private AssetStore Store() => new(folder.Path, source, new FakeDiskBuilder(), new PlainProgress(TextWriter.Null));

    private string Asset(string name) => Path.Combine(folder.Path, AssetStore.Guest, name);

    [Fact]
    public void FetchesOnce()
    {
        Assert.Null(Store().Ready());
        AssetManifest manifest = Store().Ensure();
        Store().Ensure();

        Assert.Equal(1, source.Fetches);
        Assert.Equal(AssetStore.Names, manifest.Files.Select(file => file.Name));
        Assert.Equal(["a fake"], manifest.Sources);
        Assert.NotNull(Store().Ready(thorough: true));
    }

    [Fact]
    public async Task ManyAtOnceFetchOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store().Ensure())));
        Assert.Equal(1, source.Fetches);
    }

    [Fact]
    public void GoesOnAfterBeingCut()
    {
        source.BreaksOff = true;
        Assert.Throws<AssetException>(() => Store().Ensure());
        Assert.Null(Store().Ready());

        source.BreaksOff = false;
        Store().Ensure();
        Assert.Equal("half", source.Found);
        Assert.NotNull(Store().Ready(thorough: true));
        Assert.False(Directory.Exists(Asset("scratch")));
    }

    [Fact]
    public void NoticesAChangedFile()
    {
        Store().Ensure();
        File.WriteAllText(Asset("kernel"), "kernex");
        Assert.Null(Store().Ready());

        // What was fetched is still right: nothing needs the network.
        Store().Ensure();
        Assert.Equal("kernel", File.ReadAllText(Asset("kernel")));
        Assert.Equal(1, source.Fetches);
    }

    [Fact]
    public void ThoroughnessReadsWhatTimeAndSizeHide()
    {
        Store().Ensure();
        DateTime modified = File.GetLastWriteTimeUtc(Asset("kernel"));
        File.WriteAllText(Asset("kernel"), "kernex");
        File.SetLastWriteTimeUtc(Asset("kernel"), modified);
        Assert.NotNull(Store().Ready());
        Assert.Null(Store().Ready(thorough: true));
    }

    [Fact]
    public void AChangedInputIsFetchedAgain()
    {
        Store().Ensure();
        File.Delete(Asset("kernel"));
        File.WriteAllText(Asset("inputs/busybox"), "other");
        Store().Ensure();
        Assert.Equal(2, source.Fetches);
    }

    [Fact]
    public void AnotherRecipeBuildsAgainWithoutFetching()
    {
        Store().Ensure();
        string manifest = Asset("manifest");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(GuestFiles.Recipe(), "older", StringComparison.Ordinal));
        Assert.Null(Store().Ready());
        Store().Ensure();
        Assert.NotNull(Store().Ready());
        Assert.Equal(1, source.Fetches);
    }

    [Fact]
    public void UpdatesWhenAsked()
    {
        Store().Ensure();
        source.Kernel = "newer";
        Store().Ensure(again: true);
        Assert.Equal("newer", File.ReadAllText(Asset("kernel")));
    }

    [Fact]
    public void TheInitrdIsTheSameEachTimeAndHoldsWhatTheGuestNeeds()
    {
        Store().Ensure();
        byte[] first = File.ReadAllBytes(Asset("initrd"));
        Store().Ensure(rebuild: true);
        Assert.Equal(first, File.ReadAllBytes(Asset("initrd")));

        Dictionary<string, CpioEntry> entries = CpioArchive.Read(first).ToDictionary(entry => entry.Name);
        Assert.Equal("virtio_ring\nvirtio\n"u8.ToArray(), entries["lib/modules/order"].Content);
        Assert.Equal(0x81edu, entries["init"].Mode);
        Assert.Equal("busybox"u8.ToArray(), entries["bin/cat"].Content);
        Assert.DoesNotContain("bin/awk", entries.Keys);
        Assert.Equal((5u, 1u), (entries["dev/console"].Major, entries["dev/console"].Minor));
    }

    [Fact]
    public void CleanForgetsTheGuestAndKeepsTheMachinesDisks()
    {
        Store().Ensure();
        Directory.CreateDirectory(folder["disks"]);
        File.WriteAllText(folder["disks/mine"], "");
        Store().Clean();
        Assert.Null(Store().Ready());
        Assert.False(File.Exists(Asset("kernel")));
        Assert.True(File.Exists(folder["disks/mine"]));
    }

    [Fact]
    public void AWritableDiskIsACopyThatStays()
    {
        Store().Ensure();
        var resolver = new AssetResolver(folder.Path);
        Assert.Null(resolver.TryFind("debian-arm64/disk.ext4@mine"));
        string path = resolver.Resolve("debian-arm64/disk.ext4@mine", CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(Asset("disk.ext4")), File.ReadAllBytes(path));

        File.WriteAllText(path, "written");
        Assert.Equal(path, resolver.Resolve("debian-arm64/disk.ext4@mine", CancellationToken.None));
        Assert.Equal("written", File.ReadAllText(path));
        Assert.Equal(path, resolver.TryFind("debian-arm64/disk.ext4@mine"));
    }

    [Theory]
    [InlineData("debian-arm64/kernel", true)]
    [InlineData("debian-arm64/disk.ext4@a-1_b.c", true)]
    [InlineData("debian-arm64/disk.ext4@", false)]
    [InlineData("debian-arm64/disk.ext4@../x", false)]
    [InlineData("debian-arm64/disk.ext4@.x", false)]
    [InlineData("debian-arm64/kernel@copy", false)]
    [InlineData("debian-arm64/kernels", false)]
    [InlineData("fedora/kernel", false)]
    public void KnowsItsNames(string asset, bool known) => Assert.Equal(known, new AssetResolver(folder.Path).IsKnown(asset));
}
