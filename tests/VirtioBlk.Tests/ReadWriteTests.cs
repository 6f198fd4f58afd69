using Supermachine.Plugins.VirtioBlk;
using Supermachine.Testing;

namespace VirtioBlk.Tests;

public class ReadWriteTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 7)]
    [InlineData(true, 100)]
    public async Task ReadsWhatTheFileHas(bool indirect, int pieces)
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, Mode = DiskMode.ReadOnly });
        Assert.Equal(image.Contents[(3 * 512)..(43 * 512)], guest.Read(3, 40, indirect, pieces));
        Assert.Equal(image.Contents, guest.Read(0, 64, indirect, pieces));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 33)]
    public async Task WritesGoToTheFile(bool indirect, int pieces)
    {
        using var image = new TempImage(64);
        byte[] data = new byte[16 * 512];
        new Random(2).NextBytes(data);
        await using (var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File }))
        {
            Assert.Equal(0, guest.Write(5, data, indirect, pieces));
            Assert.Equal(0, guest.Sync());
            Assert.Equal(data, guest.Read(5, 16));
        }

        data.CopyTo(image.Contents, 5 * 512);
        Assert.Equal(image.Contents, File.ReadAllBytes(image.File));
    }

    [Theory]
    [InlineData(0u, 64ul, 1)]
    [InlineData(0u, 60ul, 5)]
    [InlineData(0u, ulong.MaxValue, 1)]
    [InlineData(1u, 64ul, 1)]
    [InlineData(1u, 0x0080_0000_0000_0000ul, 1)]
    public async Task OutsideTheDiskIsAnError(uint type, ulong sector, int sectors)
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        Assert.Equal(1, guest.Request(type, sector, new byte[sectors * 512], fillsGuest: type == 0));
    }

    [Fact]
    public async Task APartOfASectorIsAnError()
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File });
        Assert.Equal(1, guest.Request(0, 0, new byte[100], fillsGuest: true));
        Assert.Equal(1, guest.Request(1, 0, new byte[513], fillsGuest: false));
    }

    [Fact]
    public async Task AReadOnlyDiskRefusesWhatWouldChangeIt()
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, Mode = DiskMode.ReadOnly });
        Assert.Equal(BlkGuest.ReadOnlyFeature, guest.Driver.Offered & BlkGuest.ReadOnlyFeature);
        Assert.Equal(0ul, guest.Driver.Offered & (BlkGuest.Discard | BlkGuest.WriteZeroes));
        Assert.Equal(1, guest.Write(0, new byte[512]));
        Assert.Equal(1, guest.Zero(11, (0, 8, 0)));
        Assert.Equal(1, guest.Zero(13, (0, 8, 0)));
        Assert.Equal(0, guest.Sync());
        Assert.Equal(image.Contents, File.ReadAllBytes(image.File));
    }

    [Fact]
    public async Task GivesItsSerialAndNothingElse()
    {
        using var image = new TempImage(8);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, Serial = "web-0" });
        byte[] id = new byte[20];
        Array.Fill(id, (byte)0x55);
        Assert.Equal(0, guest.Request(8, 0, id, fillsGuest: true));
        Assert.Equal("web-0".PadRight(20, '\0'), System.Text.Encoding.ASCII.GetString(id));
        Assert.Equal(2, guest.Request(10, 0, new byte[24], fillsGuest: true));
        Assert.Equal(2, guest.Request(0xdead_beef, 0, [], fillsGuest: false));
    }

    [Fact]
    public async Task ManyRequestsAtOnceAllComeBack()
    {
        using var image = new TempImage(256);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, Threads = 4 });
        var expected = new Dictionary<ushort, (GuestAddress Data, int Sector)>();
        for (int i = 0; i < 40; i++)
        {
            (ushort head, GuestAddress data, _) = guest.Submit(0, (ulong)(i * 5), new byte[1024], fillsGuest: true, pieces: 1);
            expected.Add(head, (data, i * 5));
        }

        guest.Queue.Kick();
        while (expected.Count > 0)
        {
            (ushort head, uint written) = guest.Queue.Reap();
            Assert.True(expected.Remove(head, out (GuestAddress Data, int Sector) request));
            Assert.Equal(1025u, written);
            Assert.Equal(image.Contents.AsSpan(request.Sector * 512, 1024), guest.Driver.Memory.Slice(request.Data, 1024));
        }

        Assert.True(guest.Context.Line("virtio").IsAsserted);
        Assert.Equal(1u, guest.Driver.AcknowledgeInterrupts());
        Assert.False(guest.Context.Line("virtio").IsAsserted);
    }

    [Fact]
    public async Task AnnouncesItsGeometry()
    {
        using var image = new TempImage(64);
        await using var guest = new BlkGuest(new VirtioBlkOptions { Path = image.File, QueueSize = 64 });
        Assert.Equal(2u, guest.Driver.Read(0x008));
        Assert.Equal(64u, guest.Driver.Read(0x034));
        Assert.Equal(64ul, guest.Driver.ReadConfig(0, Supermachine.AccessWidth.Word));
        Assert.Equal(0ul, guest.Driver.ReadConfig(4, Supermachine.AccessWidth.Word));
        Assert.Equal(62ul, guest.Driver.ReadConfig(12, Supermachine.AccessWidth.Word));
        Assert.Equal(512ul, guest.Driver.ReadConfig(20, Supermachine.AccessWidth.Word));
        Assert.Equal(3ul, guest.Driver.ReadConfig(24, Supermachine.AccessWidth.Byte));
        Assert.Equal(8ul, guest.Driver.ReadConfig(26, Supermachine.AccessWidth.HalfWord));
    }
}
