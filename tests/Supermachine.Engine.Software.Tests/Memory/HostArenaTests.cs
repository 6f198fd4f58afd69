namespace Supermachine.Engine.Software.Tests.Memory;

/// <summary>Memory that is taken from its start to its end.</summary>
public sealed unsafe class HostArenaTests
{
    [Fact]
    public void What_is_taken_is_zero_aligned_and_nobody_elses()
    {
        using HostArena arena = new();
        List<(nint Start, int Size)> taken = [];
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            int size = random.Next(1, 5000);
            byte* memory = arena.Allocate(size);
            Assert.Equal(0, (nint)memory & 63);
            Assert.False(new Span<byte>(memory, size).ContainsAnyExcept((byte)0));
            new Span<byte>(memory, size).Fill(0xFF);
            taken.Add(((nint)memory, size));
        }

        taken.Sort();
        for (int i = 1; i < taken.Count; i++) Assert.True(taken[i - 1].Start + taken[i - 1].Size <= taken[i].Start);
    }

    [Theory]
    [InlineData(HostArena.ChunkSize, 3, 3)]
    [InlineData((HostArena.ChunkSize / 2) + 1, 3, 3)]
    [InlineData(HostArena.ChunkSize / 2, 4, 2)]
    [InlineData(64, HostArena.ChunkSize / 64, 1)]
    public void A_chunk_is_added_where_one_has_no_room(int size, int count, int chunks)
    {
        using HostArena arena = new();
        for (int i = 0; i < count; i++) arena.Allocate(size);
        Assert.Equal(chunks, arena.Chunks);
        arena.Dispose();
        Assert.Equal(0, arena.Chunks);
    }
}
