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
}
