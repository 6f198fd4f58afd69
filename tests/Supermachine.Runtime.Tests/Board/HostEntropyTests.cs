namespace Supermachine.Runtime.Tests;

public sealed class HostEntropyTests
{
    [Fact]
    public void Fills_the_whole_buffer_and_never_with_the_same()
    {
        const int Half = 2048;
        byte[] first = new byte[2 * Half];
        byte[] second = new byte[2 * Half];

        HostEntropy.Fill(first);
        HostEntropy.Fill(second);

        // 2^-16384 of all buffers have a half that is zero or the same.
        Assert.Contains(first[..Half], each => each != 0);
        Assert.Contains(first[Half..], each => each != 0);
        Assert.NotEqual(first[..Half], second[..Half]);
        Assert.NotEqual(first[Half..], second[Half..]);
    }
}
