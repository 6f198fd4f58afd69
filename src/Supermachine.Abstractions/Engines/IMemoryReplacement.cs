namespace Supermachine;

/// <summary>
/// An ability of an <see cref="IPartition"/>: the host memory under a mapping becomes other memory at the same host address. Of an engine
/// without it, a mapping is taken back, replaced and mapped anew.
/// </summary>
public interface IMemoryReplacement
{
    /// <summary>
    /// Has all memory under one earlier <see cref="IPartition.Map"/> replaced. The guest sees none of it while it is, and afterwards only
    /// what is there then. No vCPU may be inside <see cref="IVcpu.Run"/>.
    /// </summary>
    /// <param name="address">As given to <see cref="IPartition.Map"/>.</param>
    /// <param name="length">As given to <see cref="IPartition.Map"/>.</param>
    /// <param name="replace">Replaces a part, by its offset in the mapping and its length in bytes, both multiples of the granule. Called once or
    /// more, until all parts are replaced.</param>
    /// <exception cref="ArgumentException">There is no such mapping; nothing was replaced.</exception>
    /// <remarks>When <paramref name="replace"/> throws, or the host refuses, the partition can only be disposed of.</remarks>
    void Replace(GuestAddress address, ulong length, Action<ulong, ulong> replace);
}
