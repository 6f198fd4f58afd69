namespace Supermachine.Runtime.Tests;

public sealed unsafe class GuestRamTests
{
    [Fact]
    public void RAM_begins_at_a_page_of_the_largest_granule()
    {
        GuestRam[] several = [.. Enumerable.Range(1, 9).Select(pages => GuestRam.Allocate((ulong)pages * 0x1000))];

        foreach (GuestRam ram in several)
        {
            Assert.Equal(0, ram.Address % 0x4000);
            byte* bytes = (byte*)ram.Address;
            Assert.Equal(0, bytes[0] | bytes[ram.Length - 1]);
            bytes[0] = bytes[ram.Length - 1] = 0xff;
        }

        foreach (GuestRam ram in several)
        {
            ram.Clear();
            Assert.Equal(0, *(byte*)ram.Address);
            ram.Dispose();
        }
    }

    public static TheoryData<Func<ulong, object>> Kinds => new() { length => GuestRam.Allocate(length), length => new HeapRam(length) };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_part_becomes_what_a_file_holds(Func<ulong, object> allocate)
    {
        string path = Path.GetTempFileName();
        byte[] content = [.. Enumerable.Range(0, 0xc000).Select(i => (byte)(i / 0x1000 + 1))];
        File.WriteAllBytes(path, content);
        using GuestRam ram = (GuestRam)allocate(0x10000);
        Span<byte> bytes = new((void*)ram.Address, 0x10000);
        bytes.Fill(0xee);

        using (var file = File.OpenHandle(path))
        {
            ram.MapFile(0x4000, 0x8000, file, 0x4000);
            Assert.Throws<ArgumentOutOfRangeException>(() => ram.MapFile(0xc000, 0x8000, file, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => ram.MapFile(0x14000, 0, file, 0));
        }

        Assert.Equal([0xee, 5, 12, 0xee], (byte[])[bytes[0x3fff], bytes[0x4000], bytes[0xbfff], bytes[0xc000]]);
        bytes[0x4000] = 99;
        Assert.Equal(content, File.ReadAllBytes(path));
        File.Delete(path);
    }

    [Fact]
    public void What_cannot_be_mapped_is_told()
    {
        using GuestRam ram = GuestRam.Allocate(0x4000), heap = new HeapRam(0x8000);
        using var file = File.OpenHandle(typeof(GuestRamTests).Assembly.Location);

        if (!OperatingSystem.IsWindows()) Assert.Contains("cannot map 16KiB of a file at 0x1", Assert.Throws<IOException>(() => ram.MapFile(0, 0x4000, file, 1)).Message, StringComparison.Ordinal);
        long end = RandomAccess.GetLength(file);
        Assert.Contains($"the file ends at 0x{end:x}, before", Assert.Throws<IOException>(() => heap.MapFile(0, 0x8000, file, end - 0x100)).Message, StringComparison.Ordinal);
    }
}
