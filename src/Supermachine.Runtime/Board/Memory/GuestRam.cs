using Microsoft.Win32.SafeHandles;

namespace Supermachine.Runtime;

/// <summary>
/// Host memory that stands for guest RAM. The seam between the board and where the bytes come from: anonymous pages at a cold boot,
/// a private mapping of a file at a restore.
/// </summary>
internal abstract class GuestRam(nint address, ulong length) : IDisposable
{
    /// <summary>The first byte in the host; constant, whatever <see cref="Clear"/> and <see cref="MapFile"/> do.</summary>
    public nint Address { get; } = address;

    /// <summary>Bytes.</summary>
    public ulong Length { get; } = length;

    /// <summary>Allocates RAM of zeros that costs no host memory until touched.</summary>
    public static GuestRam Allocate(ulong length) => OperatingSystem.IsWindows() ? new HeapRam(length) : new AnonymousRam(length);

    /// <summary>Makes every byte zero and gives the host its memory back. The caller has taken the range out of the guest first.</summary>
    public abstract void Clear();

    /// <summary>
    /// Puts bytes of a file in place of a part, to be written without the file being changed. They are read when they are first used, so
    /// the file must not change while they may be. The caller has taken the part out of the guest first.
    /// </summary>
    /// <param name="at">The first byte, from the beginning of RAM.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="file">Open for reading; can be closed afterwards.</param>
    /// <param name="offset">Where they are in the file; a multiple of the host's page.</param>
    /// <exception cref="IOException">The host refuses.</exception>
    public abstract void MapFile(ulong at, ulong length, SafeFileHandle file, long offset);

    public abstract void Dispose();
}
