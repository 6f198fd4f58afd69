namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Where an overlay keeps what differs from its base. The overlay's lock is held around every call but <see cref="Flush"/>.</summary>
internal interface ILayer : IDisposable
{
    /// <summary>The sectors that the layer has.</summary>
    SectorMap Sectors { get; }

    /// <summary>Reads sectors that the layer has.</summary>
    void Read(long offset, Span<byte> destination);

    /// <summary>Writes sectors; the overlay then adds them to the map.</summary>
    void Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>Makes sectors zeroes; the overlay then adds them to the map.</summary>
    void Zero(long offset, long length);

    /// <summary>Returns once everything written before the call is durable, as far as the layer is.</summary>
    /// <param name="gate">The overlay's lock, not held.</param>
    void Flush(Lock gate);
}
