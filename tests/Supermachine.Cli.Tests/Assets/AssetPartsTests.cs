using System.Text;
using Supermachine.Cli.Assets;

namespace Supermachine.Cli.Tests.Assets;

public sealed class AssetPartsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AManifestReadsBack()
    {
        File.WriteAllText(folder["a file"], "abc");
        var manifest = new AssetManifest("r", ["one source", "two"], [AssetManifest.Describe(folder.Path, "a file")]);
        manifest.Write(folder["manifest"]);

        AssetManifest read = AssetManifest.Read(folder["manifest"])!;
        Assert.Equal((manifest.Recipe, manifest.Sources.ToArray(), manifest.Files.ToArray()), (read.Recipe, read.Sources.ToArray(), read.Files.ToArray()), new ManifestComparer());
        // FIPS 180-2, appendix B.1.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", read.Files[0].Sha256);
    }

    [Fact]
    public void NoPrefixOfAManifestIsTakenForAWholeOne()
    {
        File.WriteAllText(folder["f"], "abc");
        new AssetManifest("r", ["s"], [AssetManifest.Describe(folder.Path, "f")]).Write(folder["manifest"]);
        string text = File.ReadAllText(folder["manifest"]);
        // Without its last newline it is whole all the same.
        for (int length = 0; length < text.Length - 1; length++)
        {
            File.WriteAllText(folder["torn"], text[..length]);
            Assert.Null(AssetManifest.Read(folder["torn"]));
        }
    }

    [Fact]
    public void ALockThatCannotBeHadIsNotWaitedFor()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(folder["lock"], folder["lock"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.ThrowsAny<IOException>(() => AssetLock.Acquire(folder.Path, new PlainProgress(TextWriter.Null), limit.Token).Dispose());
    }

    [Fact]
    public void ALockIsWaitedForUntilItsHolderLetsGo()
    {
        AssetLock held = AssetLock.Acquire(folder.Path, new PlainProgress(TextWriter.Null), CancellationToken.None);
        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300)))
            Assert.Throws<OperationCanceledException>(() => AssetLock.Acquire(folder.Path, new PlainProgress(TextWriter.Null), limit.Token));
        held.Dispose();
        AssetLock.Acquire(folder.Path, new PlainProgress(TextWriter.Null), CancellationToken.None).Dispose();
    }

    [Fact]
    public void AptTellsAddressSizeAndHash()
    {
        const string line = "'http://host/pool/b/busybox-static_1%3a1.35.0_arm64.deb' busybox-static_1%3a1.35.0_arm64.deb 822236 SHA256:732c";
        Assert.Equal(new AptPackage(folder["busybox-static_1%3a1.35.0_arm64.deb"], 822236, "732c"), AptPackage.Parse(line, folder.Path));
        Assert.Null(AptPackage.Parse("Reading package lists...", folder.Path));
        Assert.Null(AptPackage.Parse("'http://host/x' x 12 MD5Sum:00", folder.Path));
        Assert.Equal(folder["passwd"], AptPackage.Parse("'http://host/x' ../../etc/passwd 1 SHA256:0", folder.Path)!.Path);
    }

    [Fact]
    public void ModulesComeAfterWhatTheyDependOn()
    {
        WriteModule("virtio_blk", "virtio,virtio_ring");
        WriteModule("virtio", "virtio_ring");
        WriteModule("virtio_ring", "");
        WriteModule("unwanted", "");
        Assert.Equal(["virtio_ring", "virtio", "virtio_blk"], KernelModules.InOrder(folder.Path));
    }

    [Fact]
    public void AModuleWhoseDependencyIsMissingIsNamed()
    {
        WriteModule("virtio_blk", "virtio");
        Assert.Contains("virtio.ko", Assert.Throws<AssetException>(() => KernelModules.InOrder(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lib/modules/6/kernel/drivers/virtio/virtio.ko", true)]
    [InlineData("lib/modules/6/kernel/drivers/virtio/virtio.ko.xz", true)]
    [InlineData("lib/modules/6/kernel/drivers/virtio/virtio_pci.ko", false)]
    [InlineData("lib/modules/6/virtio.txt", false)]
    public void PicksTheModulesOfOurDevices(string path, bool wanted) => Assert.Equal(wanted, KernelModules.IsWanted(path));

    [Fact]
    public void CompressedModulesAreDecompressed()
    {
        if (HostCommand.Find("gzip") is not { } gzip) return;
        WriteModule("virtio", "virtio_ring");
        byte[] plain = File.ReadAllBytes(folder["virtio.ko"]);
        HostCommand.Run(gzip, [folder["virtio.ko"]], new HostCommandOptions(), _ => { });
        KernelModules.Decompress(folder.Path, CancellationToken.None);
        Assert.Equal(plain, File.ReadAllBytes(folder["virtio.ko"]));
    }

    [Fact]
    public void ASparseCopyHasTheSameContent()
    {
        byte[] content = new byte[300_000];
        content[0] = 1;
        content[200_000] = 2;
        File.WriteAllBytes(folder["a"], content);
        SparseFile.Copy(folder["a"], folder["b"]);
        Assert.Equal(content, File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void AFailedProgramIsToldWithWhatItSaid()
    {
        AssetException failure = Assert.Throws<AssetException>(() => HostCommand.Run("/bin/sh", ["-c", "echo why >&2; exit 3"], new HostCommandOptions(), _ => { }));
        Assert.Contains("status 3: why", failure.Message, StringComparison.Ordinal);
        Assert.Throws<AssetException>(() => HostCommand.Run("/nowhere/program", [], new HostCommandOptions(), _ => { }));
    }

    [Fact]
    public void AMissingFileToImportIsNamed()
    {
        var store = new AssetStore(folder.Path, new FileGuestSource(folder["nokernel"], null, folder["nobusybox"]), new FakeDiskBuilder(), new PlainProgress(TextWriter.Null));
        Assert.Contains("nokernel", Assert.Throws<AssetException>(() => store.Ensure(again: true)).Message, StringComparison.Ordinal);
    }

    private void WriteModule(string name, string dependencies) =>
        File.WriteAllBytes(folder[name + ".ko"], Encoding.ASCII.GetBytes($"\x7f ELF\0license=GPL\0depends={dependencies}\0vermagic=6\0"));

    private sealed class ManifestComparer : IEqualityComparer<(string, string[], AssetFile[])>
    {
        public bool Equals((string, string[], AssetFile[]) x, (string, string[], AssetFile[]) y) =>
            x.Item1 == y.Item1 && x.Item2.SequenceEqual(y.Item2) && x.Item3.SequenceEqual(y.Item3);

        public int GetHashCode((string, string[], AssetFile[]) obj) => 0;
    }
}
