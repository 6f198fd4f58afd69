namespace Supermachine.Runtime.Tests;

public sealed class BootLoaderTests : IDisposable
{
    private const ulong RamBase = 0x4000_0000;
    private readonly string _kernel = Path.GetTempFileName();
    private readonly string _initrd = Path.GetTempFileName();

    public void Dispose()
    {
        File.Delete(_kernel);
        File.Delete(_initrd);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(0x8_0000ul)]
    public void An_Image_lies_where_its_header_says_with_the_others_above_all_it_needs(ulong textOffset)
    {
        byte[] image = KernelFileTests.Image(5000, textOffset, 0x30_0000, 0xa);
        byte[] initrd = [.. Enumerable.Range(0, 70_000).Select(value => (byte)value)];
        using var loaded = new Loaded(16 << 20, Boot(image, initrd));

        LoadedImages images = loaded.Images;
        Assert.Equal(RamBase + textOffset, images.Entry.Value);
        Assert.Equal(image, loaded.Read(images.Entry, image.Length));
        Assert.True(images.DeviceTree.Value >= RamBase + textOffset + 0x30_0000);
        Assert.Equal(0ul, images.DeviceTree.Value % 8);
        Assert.Equal(initrd, loaded.Read(images.Initrd, initrd.Length));
        Assert.Equal(0ul, images.Initrd.Value % 0x1000);
        Dictionary<string, byte[]> tree = TreeReader.Read(loaded.Tree());
        Assert.Equal((uint)images.Initrd.Value, TreeReader.Cells(tree["/chosen:linux,initrd-start"])[1]);
        Assert.True(images.Initrd.Value >= images.DeviceTree.Value + (ulong)loaded.Tree().Length);
    }

    [Fact]
    public void A_flat_image_lies_at_512_KiB_with_room_above_it()
    {
        byte[] image = [0x5f, 0x20, 0x03, 0xd5];
        using var loaded = new Loaded(256 << 20, Boot(image));
        Assert.Equal(RamBase + 0x8_0000, loaded.Images.Entry.Value);
        Assert.Equal(image, loaded.Read(loaded.Images.Entry, 4));
        Assert.True(loaded.Images.DeviceTree.Value - loaded.Images.Entry.Value >= 32 << 20);
    }

    [Fact]
    public void A_flat_image_fits_in_a_small_machine()
    {
        using var loaded = new Loaded(8 << 20, Boot([0x5f, 0x20, 0x03, 0xd5]));
        Assert.True(loaded.Images.DeviceTree.Value < RamBase + (8 << 20));
        Assert.NotEmpty(TreeReader.Read(loaded.Tree()));
    }

    [Fact]
    public void An_initrd_that_does_not_fit_is_told_with_its_size_and_what_is_left()
    {
        BootOptions boot = Boot(KernelFileTests.Image(5000, 0, 0x30_0000, 0xa), new byte[11 << 20]);
        var failure = Assert.Throws<KernelLoadException>(() => new Loaded(16 << 20, boot).Dispose());
        Assert.Equal(_initrd, failure.Path);
        Assert.Contains("does not fit", failure.Reason, StringComparison.Ordinal);
        Assert.Contains($"{11 << 20} bytes", failure.Reason, StringComparison.Ordinal);
        Assert.Contains($"{10 << 20} of", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0ul, 0x200_0000ul, "more than the machine's RAM")]
    [InlineData(0xffff_ffff_ffff_0000ul, 0x1000ul, "more than the machine's RAM")]
    [InlineData(0x0ul, 0xf0_0000ul, "no room for the device tree")]
    public void An_image_larger_than_RAM_is_told(ulong textOffset, ulong imageSize, string reason)
    {
        BootOptions boot = Boot(KernelFileTests.Image(5000, textOffset, imageSize, 0xa));
        var failure = Assert.Throws<KernelLoadException>(() => new Loaded(16 << 20, boot).Dispose());
        Assert.Equal(_kernel, failure.Path);
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_empty_initrds_and_endless_command_lines_are_told()
    {
        BootOptions boot = Boot(KernelFileTests.Image(5000, 0, 0x30_0000, 0xa));
        Assert.Contains("does not exist", Reason(boot with { InitrdPath = _initrd + ".no" }), StringComparison.Ordinal);
        Assert.Contains("is empty", Reason(boot with { InitrdPath = _initrd }), StringComparison.Ordinal);
        Assert.Contains("command line has 2048", Reason(boot with { CommandLine = new string('x', 2048) }), StringComparison.Ordinal);

        static string Reason(BootOptions boot) => Assert.Throws<KernelLoadException>(() => new Loaded(16 << 20, boot).Dispose()).Reason;
    }

    private BootOptions Boot(byte[] kernel, byte[]? initrd = null)
    {
        File.WriteAllBytes(_kernel, kernel);
        if (initrd is not null) File.WriteAllBytes(_initrd, initrd);
        return new BootOptions { KernelPath = _kernel, InitrdPath = initrd is null ? null : _initrd, CommandLine = "quiet" };
    }

    private sealed class Loaded : IDisposable
    {
        private readonly GuestRam _ram;
        private readonly GuestMemory _memory = new();

        public Loaded(ulong ramSize, BootOptions boot)
        {
            _ram = GuestRam.Allocate(ramSize);
            _memory.Attach(new(RamBase), _ram);
            var geometry = new InterruptControllerGeometry(0x1_0000, 0x200_0000, 0x2_0000, 0x1_0000, 32, 988);
            var board = new BoardDescription(1, new(RamBase), ramSize, geometry, new(29, 30, 27, 26), [], bytes => bytes.Clear());
            Images = BootLoader.Load(board, _memory, boot);
        }

        public LoadedImages Images { get; }

        public byte[] Read(GuestAddress address, int length)
        {
            byte[] bytes = new byte[length];
            Assert.True(_memory.TryRead(address, bytes));
            return bytes;
        }

        public byte[] Tree() => Read(Images.DeviceTree, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Read(Images.DeviceTree, 8).AsSpan(4)));

        public void Dispose() => _ram.Dispose();
    }
}
