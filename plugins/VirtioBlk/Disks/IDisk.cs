namespace Supermachine.Plugins.VirtioBlk;

/// <summary>
/// A disk's contents on the host. Any thread, several at once. Ranges lie within <see cref="Length"/> and are whole sectors; what
/// the host refuses is an <see cref="IOException"/> or another exception of System.IO.
/// </summary>
internal interface IDisk : IDisposable
{
    /// <summary>Bytes, a multiple of 512. Constant.</summary>
    long Length { get; }

    /// <summary>Fills the buffers, one after the other.</summary>
    void Read(long offset, ReadOnlySpan<Memory<byte>> buffers);

    /// <summary>Writes the buffers, one after the other. Durable after the next <see cref="Flush"/>.</summary>
    void Write(long offset, ReadOnlySpan<Memory<byte>> buffers);

    /// <summary>Makes a range read as zeroes.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="deallocate">Whether the host may give the space back.</param>
    void Zero(long offset, long length, bool deallocate);

    /// <summary>Returns once everything written before the call is on the medium.</summary>
    void Flush();
}
