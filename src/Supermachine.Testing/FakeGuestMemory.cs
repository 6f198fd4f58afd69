using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Supermachine.Testing;

/// <summary>One region of guest RAM in a managed array. Any thread may use it, with the ordering that <see cref="IGuestMemory"/> promises.</summary>
public sealed class FakeGuestMemory : IGuestMemory
{
    private readonly byte[] bytes;

    /// <summary>RAM of zeroes.</summary>
    /// <param name="length">Bytes.</param>
    /// <param name="start">The address of its first byte, even; 0x40000000 unless told.</param>
    public FakeGuestMemory(int length, ulong start = 0x4000_0000)
    {
        // Pinned, so that host I/O into it behaves as it does with real guest memory.
        bytes = GC.AllocateArray<byte>(length, pinned: true);
        Start = new GuestAddress(start);
    }

    /// <summary>The address of the first byte.</summary>
    public GuestAddress Start { get; }

    /// <summary>The first address behind the RAM.</summary>
    public GuestAddress End => Start + (ulong)bytes.Length;

    /// <summary>All the bytes, for a test to fill or compare.</summary>
    public Span<byte> Bytes => bytes;

    /// <inheritdoc/>
    public bool TryRead(GuestAddress address, Span<byte> destination)
    {
        if (!TryFind(address, destination.Length, out int offset)) return false;
        bytes.AsSpan(offset, destination.Length).CopyTo(destination);
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(GuestAddress address, ReadOnlySpan<byte> source)
    {
        if (!TryFind(address, source.Length, out int offset)) return false;
        source.CopyTo(bytes.AsSpan(offset));
        return true;
    }

    /// <inheritdoc/>
    public bool TryGetMemory(GuestAddress address, int length, out Memory<byte> memory)
    {
        bool found = TryFind(address, length, out int offset);
        memory = found ? bytes.AsMemory(offset, length) : default;
        return found;
    }

    /// <inheritdoc/>
    public bool TryLoadAcquire(GuestAddress address, out ushort value)
    {
        bool found = TryFind(address, sizeof(ushort), out int offset) && address.Value % 2 == 0;
        value = found ? LittleEndian(Volatile.Read(ref Index(offset))) : (ushort)0;
        return found;
    }

    /// <inheritdoc/>
    public bool TryStoreRelease(GuestAddress address, ushort value)
    {
        if (address.Value % 2 != 0 || !TryFind(address, sizeof(ushort), out int offset)) return false;
        Volatile.Write(ref Index(offset), LittleEndian(value));
        return true;
    }

    /// <summary>The bytes of a range that must lie within RAM.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public Span<byte> Slice(GuestAddress address, int length) =>
        TryFind(address, length, out int offset)
            ? bytes.AsSpan(offset, length)
            : throw new ArgumentOutOfRangeException(nameof(address), $"{address} + {length} is outside RAM");

    private bool TryFind(GuestAddress address, int length, out int offset)
    {
        offset = 0;
        if (length < 0 || address < Start || address.Value - Start.Value > (ulong)bytes.Length) return false;
        offset = (int)(address.Value - Start.Value);
        return length <= bytes.Length - offset;
    }

    private ref ushort Index(int offset) => ref MemoryMarshal.AsRef<ushort>(bytes.AsSpan(offset, sizeof(ushort)));

    private static ushort LittleEndian(ushort value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
}
