namespace Supermachine;

/// <summary>
/// The guest's memory as devices see it. An address from a guest is data, so an address outside RAM is a result and never an
/// exception. Any thread may call. vCPUs run meanwhile: copy once, validate the copy, use the copy.
/// </summary>
public interface IGuestMemory
{
    /// <summary>Copies from guest memory.</summary>
    /// <returns>False, with nothing copied, when any byte lies outside RAM.</returns>
    bool TryRead(GuestAddress address, Span<byte> destination);

    /// <summary>Copies to guest memory.</summary>
    /// <returns>False, with nothing copied, when any byte lies outside RAM.</returns>
    bool TryWrite(GuestAddress address, ReadOnlySpan<byte> source);

    /// <summary>The memory itself, for host I/O without a copy. It stays mapped until the machine is disposed of.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">Bytes; a negative length is refused.</param>
    /// <param name="memory">The bytes; empty when refused.</param>
    /// <returns>False when any byte lies outside RAM.</returns>
    bool TryGetMemory(GuestAddress address, int length, out Memory<byte> memory);

    /// <summary>Loads a 16-bit little-endian index with acquire semantics, as a virtqueue's <c>avail.idx</c> needs.</summary>
    /// <returns>False when the address is odd or outside RAM.</returns>
    bool TryLoadAcquire(GuestAddress address, out ushort value);

    /// <summary>Stores a 16-bit little-endian index with release semantics, as a virtqueue's <c>used.idx</c> needs.</summary>
    /// <returns>False when the address is odd or outside RAM.</returns>
    bool TryStoreRelease(GuestAddress address, ushort value);
}
