namespace Supermachine.Runtime;

/// <summary>
/// Host memory that stands for guest RAM. The seam between the board and where the bytes come from: anonymous pages at a cold boot,
/// a private mapping of a file at a restore.
/// </summary>
internal abstract class GuestRam(nint address, ulong length) : IDisposable
{
    /// <summary>The first byte in the host; constant, whatever <see cref="Clear"/> does.</summary>
    public nint Address { get; } = address;

    /// <summary>Bytes.</summary>
    public ulong Length { get; } = length;

    /// <summary>Allocates RAM of zeros that costs no host memory until touched.</summary>
    public static GuestRam Allocate(ulong length) => OperatingSystem.IsWindows() ? new HeapRam(length) : new AnonymousRam(length);

    /// <summary>Makes every byte zero and gives the host its memory back. The caller has taken the range out of the guest first.</summary>
    public abstract void Clear();

    public abstract void Dispose();
}
