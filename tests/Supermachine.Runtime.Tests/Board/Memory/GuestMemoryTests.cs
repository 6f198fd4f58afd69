using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Runtime.Tests;

public sealed class GuestMemoryTests : IDisposable
{
    private const ulong Base = 0x4000_0000;
    private const int Size = 0x8000;

    private readonly GuestRam _ram = GuestRam.Allocate(Size);
    private readonly GuestMemory _memory = new();

    public GuestMemoryTests() => _memory.Attach(new GuestAddress(Base), _ram);

    public void Dispose() => _ram.Dispose();

    [Theory]
    [InlineData(Base, 0, true)]
    [InlineData(Base, Size, true)]
    [InlineData(Base + Size, 0, true)]
    [InlineData(Base + Size - 1, 1, true)]
    [InlineData(Base + Size - 1, 2, false)]
    [InlineData(Base + Size, 1, false)]
    [InlineData(Base - 1, 1, false)]
    [InlineData(Base - 1, 2, false)]
    [InlineData(0, 1, false)]
    [InlineData(ulong.MaxValue, 1, false)]
    [InlineData(ulong.MaxValue, 2, false)]
    public void An_access_is_taken_only_when_every_byte_is_in_RAM(ulong address, int length, bool taken)
    {
        byte[] buffer = new byte[length];
        Assert.Equal(taken, _memory.TryRead(new(address), buffer));
        Assert.Equal(taken, _memory.TryWrite(new(address), buffer));
        Assert.Equal(taken, _memory.TryGetMemory(new(address), length, out Memory<byte> memory));
        Assert.Equal(taken ? length : 0, memory.Length);
    }

    [Fact]
    public void A_negative_length_is_refused() => Assert.False(_memory.TryGetMemory(new(Base), -1, out _));

    [Fact]
    public void Reads_and_writes_agree_with_a_plain_array()
    {
        byte[] model = new byte[Size];
        Gen<(int Offset, byte[] Bytes)> write =
            from offset in Gen.Choose(-64, Size + 64)
            from length in Gen.Choose(0, 128)
            from seed in Gen.Choose(0, 255)
            select (offset, Enumerable.Range(seed, length).Select(value => (byte)value).ToArray());
        Prop.ForAll(write.ToArbitrary(), step =>
        {
            bool inside = step.Offset >= 0 && step.Offset + step.Bytes.Length <= Size;
            var address = new GuestAddress(Base + (ulong)(long)step.Offset);
            Assert.Equal(inside, _memory.TryWrite(address, step.Bytes));
            if (inside) step.Bytes.CopyTo(model, step.Offset);
            byte[] all = new byte[Size];
            Assert.True(_memory.TryRead(new(Base), all));
            Assert.Equal(model, all);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_memory_itself_is_the_guests_and_costs_no_allocation()
    {
        _memory.TryGetMemory(new(Base), 8, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(_memory.TryGetMemory(new(Base + 16), 4, out Memory<byte> memory));
        memory.Span.Fill(0xab);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        byte[] seen = new byte[6];
        _memory.TryRead(new(Base + 15), seen);
        Assert.Equal([0, 0xab, 0xab, 0xab, 0xab, 0], seen);
    }

    [Fact]
    public void Indices_are_little_endian_and_aligned()
    {
        Assert.True(_memory.TryStoreRelease(new(Base + 2), 0x1234));
        byte[] bytes = new byte[2];
        _memory.TryRead(new(Base + 2), bytes);
        Assert.Equal([0x34, 0x12], bytes);
        Assert.True(_memory.TryLoadAcquire(new(Base + 2), out ushort value));
        Assert.Equal(0x1234, value);
        Assert.False(_memory.TryLoadAcquire(new(Base + 1), out _));
        Assert.False(_memory.TryStoreRelease(new(Base + Size - 1), 0));
        Assert.False(_memory.TryLoadAcquire(new(Base + Size), out _));
    }

    [Fact]
    public void RAM_beyond_the_reach_of_one_span_is_whole()
    {
        const ulong large = 5UL << 30;
        using GuestRam ram = GuestRam.Allocate(large);
        var memory = new GuestMemory();
        memory.Attach(new GuestAddress(Base), ram);
        foreach (ulong offset in new ulong[] { 0, (1UL << 30) - 2, (2UL << 30) - 2, (3UL << 30) + 7, large - 4 })
        {
            Assert.True(memory.TryGetMemory(new(Base + offset), 4, out Memory<byte> place));
            BitConverter.TryWriteBytes(place.Span, (uint)(offset >> 2) ^ 0x5aa5);
            byte[] seen = new byte[4];
            Assert.True(memory.TryRead(new(Base + offset), seen));
            Assert.Equal((uint)(offset >> 2) ^ 0x5aa5, BitConverter.ToUInt32(seen));
        }

        Assert.True(memory.TryGetMemory(new(Base + (1UL << 30) - 1), 1 << 30, out Memory<byte> longest));
        Assert.Equal(1 << 30, longest.Length);
        Assert.True(memory.TryGetMemory(new(Base + (1UL << 29)), int.MaxValue, out longest));
        Assert.Equal(int.MaxValue, longest.Length);
    }

    [Fact]
    public void Cleared_RAM_is_zero_at_the_same_place()
    {
        _memory.TryWrite(new(Base + 100), [1, 2, 3]);
        nint before = _ram.Address;
        _ram.Clear();
        byte[] seen = new byte[3];
        _memory.TryRead(new(Base + 100), seen);
        Assert.Equal([0, 0, 0], seen);
        Assert.Equal(before, _ram.Address);
    }

    [Fact]
    public void Heap_RAM_behaves_the_same()
    {
        using var heap = new HeapRam(Size);
        var memory = new GuestMemory();
        memory.Attach(new GuestAddress(Base), heap);
        byte[] all = new byte[Size];
        Assert.True(memory.TryRead(new(Base), all));
        Assert.DoesNotContain(all, each => each != 0);
        Assert.Equal(0, heap.Address % 0x4000);
        memory.TryWrite(new(Base), [9]);
        heap.Clear();
        memory.TryRead(new(Base), all);
        Assert.Equal(0, all[0]);
    }

    [Fact]
    public void Without_RAM_every_access_is_refused()
    {
        var memory = new GuestMemory();
        Assert.False(memory.TryRead(new(0), new byte[1]));
        _memory.Detach();
        Assert.False(_memory.TryRead(new(Base), new byte[1]));
        Assert.False(_memory.TryGetMemory(new(Base), 1, out _));
    }
}
